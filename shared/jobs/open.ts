import { readCurrent } from '../bundle/index.ts';
import {
  decideStart,
  type Job,
  type JobInputs,
  jobId,
  newJob,
  readJob,
  readLatest,
  writeLatest,
} from '../documents/index.ts';
import { ConflictError, type ObjectStore } from '../store/index.ts';
import { type LocalInputs, localInputs } from './inputs.ts';

/** How often others may be faster before that is an error. */
const mostLost = 5;

/**
 * The job that these files and this configuration ask for: the one that was done with just these, the one that was
 * left behind, or a new one that starts from the champion. Where another process begins a job on the dataset at this
 * moment, it decides again by what that has written: two that ask for the same work on the same job.
 *
 * @param again what was done is to be done once more, as another job
 * @throws ConflictError where others were faster time and again
 */
export async function openJob(store: ObjectStore, task: LocalInputs, again = false): Promise<Job> {
  const inputs = await localInputs(task);
  for (let lost = 1; ; lost++) {
    try {
      return await decide(store, task.dataset, inputs, again);
    } catch (error) {
      if (!(error instanceof ConflictError) || lost > mostLost) throw error;
    }
  }
}

async function decide(
  store: ObjectStore,
  dataset: string,
  inputs: Omit<JobInputs, 'parent'>,
  again: boolean,
): Promise<Job> {
  const latest = await readLatest(store, dataset);
  const newest = latest && (await readJob(store, dataset, latest.job));
  const start = decideStart({ inputs: inputs.fingerprint, latest, job: newest, executing: false });
  const repeats = again && start === 'done';
  if (newest && start !== 'begin' && !repeats) return reopened(newest);
  const parent = (await readCurrent(store, dataset))?.version ?? null;
  const id = jobId(inputs.fingerprint, parent, repeats ? newest?.job : undefined);
  await writeLatest(store, dataset, { inputs: inputs.fingerprint, job: id }, latest);
  const known = await readJob(store, dataset, id);
  return known ? reopened(known) : newJob(dataset, id, { ...inputs, parent });
}

/** Who asks on a laptop for a job that has failed or was left behind wants it to run again. */
const reopened = (job: Job): Job =>
  job.status === 'done' ? job : { ...job, status: 'running', error: null };
