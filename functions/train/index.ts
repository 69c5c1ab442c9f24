import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Context } from 'aws-lambda';
import { setting } from '../../shared/documents/index.ts';
import { type Sliced, sliceLength, type TrainTask, timedSlice, trainStep } from '../../shared/jobs/index.ts';
import { s3Store } from '../../shared/store/index.ts';

const logger = new Logger();
const metrics = new Metrics();
const store = s3Store({ bucket: setting('TIDECAST_BUCKET') });

export async function handler({ dataset, job, index, phase }: TrainTask, context: Context): Promise<Sliced> {
  logger.addContext(context);
  logger.appendKeys({ dataset, job, index, phase });
  const began = Date.now();
  const gigabytes = Number(context.memoryLimitInMB) / 1024;
  const length = sliceLength(process.env.TIDECAST_SLICE_SECONDS, context.getRemainingTimeInMillis());
  const sliced = await trainStep(
    { store, clock: Date.now, gigabytes },
    { dataset, job, index, phase },
    timedSlice(length),
  );
  const seconds = (Date.now() - began) / 1000;
  logger.info(sliced.done ? 'trained' : 'slice over', { seconds, loss: sliced.loss });
  metrics.addMetric('SliceSeconds', MetricUnit.Seconds, seconds);
  if (sliced.loss !== null) metrics.addMetric('Loss', MetricUnit.NoUnit, sliced.loss);
  metrics.publishStoredMetrics();
  return sliced;
}
