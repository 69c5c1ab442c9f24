import { readCurrent } from '../bundle/index.ts';
import {
  decideStart,
  type Job,
  jobId,
  newJob,
  readJob,
  readLatest,
  writeLatest,
} from '../documents/index.ts';
import type { ObjectStore } from '../store/index.ts';
import { type LocalInputs, localInputs } from './inputs.ts';

/**
 * The job that these files and this configuration ask for: the one that was done with just these, the one that was
 * left behind, or a new one that starts from the champion.
 *
 * @throws ConflictError where another process begins a job on the same dataset at this moment
 */
export async function openJob(store: ObjectStore, task: LocalInputs): Promise<Job> {
  const { dataset } = task;
  const inputs = await localInputs(task);
  const latest = await readLatest(store, dataset);
  const newest = latest && (await readJob(store, dataset, latest.job));
  const start = decideStart({ inputs: inputs.fingerprint, latest, job: newest, executing: false });
  if (newest && start !== 'begin') return reopened(newest);
  const parent = (await readCurrent(store, dataset))?.version ?? null;
  const id = jobId(inputs.fingerprint, parent);
  await writeLatest(store, dataset, { inputs: inputs.fingerprint, job: id }, latest);
  const known = await readJob(store, dataset, id);
  return known ? reopened(known) : newJob(dataset, id, { ...inputs, parent });
}

/** Who asks on a laptop for a job that has failed or was left behind wants it to run again. */
const reopened = (job: Job): Job =>
  job.status === 'done' ? job : { ...job, status: 'running', error: null };
