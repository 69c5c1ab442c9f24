import { readCurrent } from '../bundle/index.ts';
import {
  createJob,
  type Job,
  jobId,
  type Latest,
  newJob,
  readJob,
  readLatest,
  updateJob,
  writeLatest,
} from '../documents/index.ts';
import { ConflictError } from '../store/index.ts';
import { about, endedBy, retryRemedy, type StartContext, type Started } from './context.ts';
import type { Uploaded } from './inputs.ts';

/** The dataset's newest job, and whether somebody is working on it. */
export async function newest(context: StartContext, dataset: string) {
  const latest = await readLatest(context.store, dataset);
  const found = latest ? await lookAt(context, dataset, latest.job) : { job: null, executing: false };
  return { latest, ...found };
}

/** The job's document, and whether its execution runs. Where that ended without a word, the document says so then. */
async function lookAt({ store, executions, clock }: StartContext, dataset: string, id: string) {
  const job = await readJob(store, dataset, id);
  if (job?.status !== 'running') return { job, executing: false };
  const state = await executions.state(executionName(job));
  if (state !== 'over') return { job, executing: state === 'running' };
  // It may have ended, and said so, since the document was read.
  const ended = await updateJob(store, dataset, id, endedBy(stopped), new Date(clock()));
  return { job: ended, executing: false };
}

const stopped = {
  code: 'EXECUTION',
  message: 'the execution of the state machine was stopped, or ran out of time',
  remedy: retryRemedy,
};

/**
 * Writes a new job down and gives it to the state machine.
 *
 * @param after the job that did the same before, where it is to be done once more
 */
export async function begin(
  context: StartContext,
  dataset: string,
  { fingerprint, objects }: Uploaded,
  latest: Latest | null,
  before: Job | null,
  after?: string,
): Promise<Started> {
  const { store, clock } = context;
  const parent = (await readCurrent(store, dataset))?.version ?? null;
  const id = jobId(fingerprint, parent, after);
  try {
    await writeLatest(store, dataset, { inputs: fingerprint, job: id }, latest);
  } catch (error) {
    if (error instanceof ConflictError) return { dataset, kind: 'lost' };
    throw error;
  }
  const now = new Date(clock());
  if (before && before.job !== id) await updateJob(store, dataset, before.job, supersede, now);
  const job = await createJob(store, newJob(dataset, id, { fingerprint, objects, parent }, now));
  // Data that come back to what they were find what came of them then.
  return job.status === 'done' || job.status === 'failed'
    ? about(dataset, job.status, job)
    : launch(context, job);
}

/** A job that was written down and never begun. */
const supersede = ({ status }: Job): Partial<Job> | null =>
  status === 'running' ? { status: 'cancelled' } : null;

/** More ends of the same job than can happen by chance. */
const mostAttempts = 20;

const executionName = ({ job, attempt }: Pick<Job, 'job' | 'attempt'>): string =>
  attempt === 1 ? job : `${job}-${attempt}`;

/**
 * Gives a job to the state machine, under the first name that was not used before. One that was cancelled gets
 * another name in any case: its last execution may still be about to end.
 */
export async function launch({ store, executions, clock }: StartContext, job: Job): Promise<Started> {
  const { dataset, job: id } = job;
  const first = job.status === 'running' ? job.attempt : job.attempt + 1;
  for (let attempt = first; attempt < first + mostAttempts; attempt++) {
    if (attempt !== job.attempt) {
      // Written first: who is killed in between leaves a document that names what is to be started.
      const again = { attempt, status: 'running', error: null } as const;
      await updateJob(store, dataset, id, () => again, new Date(clock()));
    }
    if (await executions.start(executionName({ job: id, attempt }), { dataset, job: id })) {
      return { dataset, kind: 'started', job: id };
    }
  }
  throw new Error(`${mostAttempts} executions of job ${id} have ended without a word`);
}
