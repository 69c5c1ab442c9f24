import { readCurrent } from '../bundle/index.ts';
import {
  createJob,
  decideStart,
  type Job,
  jobId,
  type Latest,
  newJob,
  readJob,
  readLatest,
  updateJob,
  writeLatest,
} from '../documents/index.ts';
import { ConflictError, type ObjectStore } from '../store/index.ts';
import type { Executions } from './executions.ts';
import { readUploads, type Uploaded } from './inputs.ts';

export interface StartContext {
  readonly store: ObjectStore;
  readonly executions: Executions;
  /** How long uploads must have come to rest. */
  readonly quietSeconds: number;
  /** Milliseconds since 1970. */
  clock(): number;
}

/**
 * What was done for a dataset:
 *
 * - `started`: its job was given to the state machine
 * - `empty`: there is no table
 * - `young`: its newest object will bring an event of its own when it has come to rest
 * - `busy`: a job is running; when it ends it looks again
 * - `done`, `failed`: this was done before, with this end
 * - `lost`: another start was faster
 */
export interface Started {
  readonly dataset: string;
  readonly kind: 'started' | 'empty' | 'young' | 'busy' | 'done' | 'failed' | 'lost';
  readonly job?: string;
}

/** How much earlier than its delay an event may come, clocks being what they are. In milliseconds. */
const tolerance = 2_000;

/** Starts the job that a dataset's objects ask for, if they do. Called twice, or by two at once, it starts one. */
export async function startDataset(context: StartContext, dataset: string): Promise<Started> {
  const { store, quietSeconds, clock } = context;
  const uploaded = await readUploads(store, dataset);
  if (!uploaded) return { dataset, kind: 'empty' };
  const age = clock() - uploaded.newest.getTime();
  if (age < 1000 * quietSeconds - tolerance) return { dataset, kind: 'young' };
  const latest = await readLatest(store, dataset);
  const { job, executing } = latest
    ? await lookAt(context, dataset, latest.job)
    : { job: null, executing: false };
  const start = decideStart({ inputs: uploaded.fingerprint, latest, job, executing });
  if (start === 'resume' && job) return launch(context, job);
  if (start === 'begin' || start === 'resume') return begin(context, dataset, uploaded, latest, job);
  return about(dataset, start, job);
}

const about = (dataset: string, kind: Started['kind'], job: Job | null): Started => ({
  dataset,
  kind,
  ...(job && { job: job.job }),
});

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

/** The change that ends a job as failed, unless it has ended before. */
export const endedBy =
  (error: Job['error'], now?: number) =>
  (job: Job): Partial<Job> | null =>
    job.status === 'running'
      ? {
          ...{ status: 'failed', error },
          ...(now !== undefined && { seconds: Math.max(0, now - Date.parse(job.startedAt)) / 1000 }),
        }
      : null;

export const retryRemedy =
  'change an uploaded file, or tidecast.yaml (a comment will do), and a new job starts by itself';

const stopped = {
  code: 'EXECUTION',
  message: 'the execution of the state machine was stopped, or ran out of time',
  remedy: retryRemedy,
};

async function begin(
  context: StartContext,
  dataset: string,
  { fingerprint, objects }: Uploaded,
  latest: Latest | null,
  before: Job | null,
): Promise<Started> {
  const { store, clock } = context;
  const parent = (await readCurrent(store, dataset))?.version ?? null;
  const id = jobId(fingerprint, parent);
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
async function launch({ store, executions, clock }: StartContext, job: Job): Promise<Started> {
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
