import { cancelJob, type Job } from '../../documents/index.ts';
import type { ObjectStore } from '../../store/index.ts';
import type { Grant } from '../access/access.ts';
import { Refusal } from '../problem.ts';
import { findJob } from './jobs.ts';

/** Stops a job; one that was stopped before stays so. @throws Refusal where it has come to another end */
export async function cancelled(
  store: ObjectStore,
  grant: Grant,
  id: string,
  named: string | undefined,
  now: Date,
): Promise<Omit<Job, 'formatVersion'>> {
  const { dataset } = await findJob(store, grant, id, named);
  await cancelJob(store, dataset, id, now);
  const job = await findJob(store, grant, id, dataset);
  if (job.status === 'cancelled') return job;
  throw new Refusal(
    'JOB_ENDED',
    {
      rule: 'a job must be running to be cancelled',
      received: `one that is ${job.status}`,
      remedy: 'leave it: nothing works on it any more',
    },
    { path: 'job' },
  );
}
