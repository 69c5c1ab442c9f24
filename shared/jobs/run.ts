import { type Job, readJob, statedError, updateJob, writeJob } from '../documents/index.ts';
import { fileStore, type ObjectStore } from '../store/index.ts';
import { assemble, inShort } from './assemble.ts';
import { planStep, type StepTask } from './cloud/index.ts';
import { openJob } from './open.ts';
import { type PlanTask, plan } from './plan.ts';
import { loadPrepared } from './prepared.ts';
import { readInProcess } from './reading/process.ts';
import { trainMembers } from './train-members.ts';

export interface RunTask extends Omit<PlanTask, 'store' | 'job' | 'parent'> {
  /** The folder of the store. */
  readonly root: string;
  /** Members trained at the same time, each in a process of its own. */
  readonly processes: number;
  /** Does once more what was done, as another job. */
  readonly again?: boolean;
  /** What its version is said to serve from. */
  readonly now?: () => Date;
  onChange?(job: Job): void;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  readonly job: Job;
  /** The same data and configuration were done before: nothing was done now. */
  readonly already: boolean;
}

/**
 * Runs a job on files of this machine: plan, members in child processes, assemble. Where an earlier run was killed it
 * goes on from what that left; where it was finished it does nothing. It stops at the signal, and where it sees that
 * somebody has cancelled the job in its document.
 *
 * @throws what made the job fail, after the job document says so
 */
export async function runJob({
  root,
  processes,
  again,
  now,
  onChange,
  signal,
  ...task
}: RunTask): Promise<RunResult> {
  const store = fileStore(root);
  const opened = await openJob(store, task, again);
  if (opened.status === 'done') return { job: opened, already: true };
  // Over what is there: this run is what the job is doing now.
  const job = await writeJob(store, { ...opened, stage: 'plan' });
  const planned = () =>
    plan({ ...task, read: readInProcess, store, processes, job: job.job, parent: job.inputs.parent });
  const carried = { store, root, processes, job, now, onChange, signal, planned };
  const ended = await carryOut(carried, (update) => update({ status: 'cancelled' }));
  return { job: ended, already: false };
}

interface ExecuteTask extends StepTask {
  /** The folder of the store. */
  readonly root: string;
  readonly processes: number;
  readonly signal?: AbortSignal;
}

/**
 * Does what the state machine of a deployed stack does with a job that was written down, on the objects that it names.
 * Stopped by the signal it leaves the job as one that runs, to be gone on with.
 *
 * @throws what made the job fail, after the job document says so; what is wrong with the data is said there alone
 */
export async function executeJob({ root, processes, signal, dataset, job: id }: ExecuteTask): Promise<void> {
  const store = fileStore(root);
  const context = { store, clock: Date.now, gigabytes: 0, read: readInProcess };
  const { status } = await planStep(context, { dataset, job: id }, processes);
  const job = await readJob(store, dataset, id);
  if (status === 'failed' || !job) return;
  await carryOut(
    { store, root, processes, job, signal, planned: async () => undefined },
    async () => undefined,
  );
}

interface Carried {
  readonly store: ObjectStore;
  readonly root: string;
  readonly processes: number;
  readonly job: Job;
  readonly now?: (() => Date) | undefined;
  readonly onChange?: ((job: Job) => void) | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly planned: () => Promise<void>;
}

type Update = (change: Partial<Job>) => Promise<void>;

/** Plans, trains and assembles. @param stopped what is done where it was stopped. @returns the job as it is then */
async function carryOut(
  { store, root, processes, job: begun, now = () => new Date(), onChange, signal, planned }: Carried,
  stopped: (update: Update) => Promise<void>,
): Promise<Job> {
  let job = begun;
  const { dataset, job: id, seconds: before } = job;
  const began = performance.now();
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  // One write after the other, so that an older one never lands on a newer.
  let written: Promise<void> = Promise.resolve();
  const update: Update = (change) => {
    const earlier = written.catch(() => undefined);
    written = earlier.then(async () => {
      const seconds = before + (performance.now() - began) / 1000;
      const told = await updateJob(store, dataset, id, ({ status }) =>
        status === 'cancelled' && !change.status ? null : { ...change, seconds },
      );
      job = told ?? { ...job, status: 'cancelled' };
      if (job.status === 'cancelled') abort();
      onChange?.(job);
    });
    return written;
  };
  try {
    onChange?.(job);
    await planned();
    let goesOn = await trainMembers({ store, root, processes, signal: stop.signal }, () => job, update);
    if (goesOn) {
      await update({ stage: 'assemble' });
      goesOn = !stop.signal.aborted;
    }
    if (!goesOn) {
      await stopped(update);
      return job;
    }
    const { version, promoted, reason, metrics } = await assemble({
      store,
      ...(await loadPrepared(store, dataset, id)),
      at: now().toISOString(),
    });
    await update({
      ...{ stage: 'end', status: 'done', error: null },
      ...{ version, promoted, reason, metrics: inShort(metrics) },
    });
    return job;
  } catch (error) {
    await update({ status: 'failed', error: statedError(error) });
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}
