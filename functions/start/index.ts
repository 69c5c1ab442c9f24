import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context, SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { setting } from '../../shared/documents/index.ts';
import {
  datasetsIn,
  type Settled,
  type SettleTask,
  type StartContext,
  settle,
  startDataset,
  stepFunctions,
} from '../../shared/start/index.ts';
import { s3Store } from '../../shared/store/index.ts';

const logger = new Logger();
const metrics = new Metrics();
const start: StartContext = {
  store: s3Store({ bucket: setting('TIDECAST_BUCKET') }),
  executions: stepFunctions(setting('TIDECAST_STATE_MACHINE_ARN')),
  quietSeconds: Number(process.env.TIDECAST_QUIET_SECONDS ?? 30),
  clock: Date.now,
};

/** Uploads from the queue, or the last step of an execution. */
type StartEvent = SQSEvent | { readonly settle: SettleTask };

export async function handler(event: StartEvent, context: Context): Promise<SQSBatchResponse | Settled> {
  logger.addContext(context);
  try {
    return 'settle' in event ? await ended(event.settle) : await uploaded(event);
  } finally {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  }
}

async function uploaded({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const { datasets, unreadable } = datasetsIn(Records);
  if (unreadable.length > 0) logger.error('messages that are no event of the bucket', { unreadable });
  const failed = [...unreadable];
  for (const [dataset, messages] of datasets) {
    try {
      const started = await startDataset(start, dataset);
      logger.info('looked at uploads', { ...started, messages: messages.length });
      if (started.kind === 'started') metrics.addMetric('JobsStarted', MetricUnit.Count, 1);
    } catch (error) {
      logger.error('could not look at uploads', { error: error as Error, dataset });
      failed.push(...messages);
    }
  }
  return { batchItemFailures: failed.map((itemIdentifier) => ({ itemIdentifier })) };
}

async function ended(task: SettleTask): Promise<Settled> {
  const settled = await settle(start, task);
  logger.info('settled', { ...settled, error: task.error });
  if (settled.status === 'failed') metrics.addMetric('JobsFailed', MetricUnit.Count, 1);
  if (settled.next.kind === 'started') metrics.addMetric('JobsStarted', MetricUnit.Count, 1);
  return settled;
}
