import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { setting } from '../../shared/documents/index.ts';
import { type Planned, planStep, type StepTask } from '../../shared/jobs/index.ts';
import { s3Store } from '../../shared/store/index.ts';

const logger = new Logger();
const store = s3Store({ bucket: setting('TIDECAST_BUCKET') });

/** The table is read in this process: a function is one that can be ended, and is bounded in memory and time. */
export async function handler({ dataset, job }: StepTask, context: Context): Promise<Planned> {
  logger.addContext(context);
  logger.appendKeys({ dataset, job });
  const gigabytes = Number(context.memoryLimitInMB) / 1024;
  const processes = Number(setting('TIDECAST_PARALLEL_MEMBERS'));
  const planned = await planStep({ store, clock: Date.now, gigabytes }, { dataset, job }, processes);
  logger.info(planned.status, { members: planned.members.length });
  return planned;
}
