import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { setting } from '../../shared/documents/index.ts';
import { assembleStep, type Finished, type StepTask } from '../../shared/jobs/index.ts';
import { s3Store } from '../../shared/store/index.ts';

const logger = new Logger();
const metrics = new Metrics();
const store = s3Store({ bucket: setting('TIDECAST_BUCKET') });

export async function handler({ dataset, job }: StepTask, context: Context): Promise<Finished> {
  logger.addContext(context);
  logger.appendKeys({ dataset, job });
  const gigabytes = Number(context.memoryLimitInMB) / 1024;
  const finished = await assembleStep({ store, clock: Date.now, gigabytes }, { dataset, job });
  const { version, promoted, reason, seconds, cost } = finished;
  logger.info(promoted ? 'promoted' : 'not promoted', { version, reason, seconds, cost });
  metrics.addMetric('JobsDone', MetricUnit.Count, 1);
  metrics.addMetric('JobSeconds', MetricUnit.Seconds, seconds);
  metrics.addMetric('JobCost', MetricUnit.NoUnit, cost);
  metrics.addMetric('Promotions', MetricUnit.Count, promoted ? 1 : 0);
  metrics.publishStoredMetrics();
  return finished;
}
