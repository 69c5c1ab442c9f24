import { TidecastError } from '../errors/index.ts';
import type { ObjectStore } from '../store/index.ts';
import { type Job, updateJob } from './job.ts';

/** What a step meets that works on a job which somebody has stopped. */
export class CancelledError extends TidecastError {
  readonly code = 'CANCELLED';
}

const byHand: NonNullable<Job['error']> = {
  code: 'CANCELLED',
  message: 'somebody has stopped this job',
  remedy: 'POST /v1/datasets/{dataset}/retrain goes on where it was',
};

/** Whether somebody has stopped it; a job that was only overtaken by newer data has no such error. */
export const wasCancelled = ({ status, error }: Job): boolean =>
  status === 'cancelled' && error?.code === byHand.code;

/**
 * Stops a job, which ends where its work next looks at its document; one that has ended stays as it is. Returns what
 * is there then; null where there is no such job.
 */
export const cancelJob = (
  store: ObjectStore,
  dataset: string,
  job: string,
  now: Date = new Date(),
): Promise<Job | null> =>
  updateJob(
    store,
    dataset,
    job,
    ({ status }) => (status === 'running' ? { status: 'cancelled', error: byHand } : null),
    now,
  );

/** @throws CancelledError where the job is not to be worked on any more */
export function checkGoesOn(job: Job | null): void {
  if (job?.status !== 'cancelled') return;
  throw new CancelledError({
    rule: `job ${job.job} must not be cancelled to be worked on`,
    received: job.error?.message ?? 'a job that was overtaken',
    remedy: byHand.remedy ?? '',
  });
}
