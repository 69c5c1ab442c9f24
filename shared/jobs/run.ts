import { type Job, statedError, updateJob, writeJob } from '../documents/index.ts';
import { fileStore, type ObjectStore } from '../store/index.ts';
import { assemble, inShort } from './assemble.ts';
import { type Phase, phases } from './member-task.ts';
import { openJob } from './open.ts';
import { type PlanTask, plan } from './plan.ts';
import { loadPrepared } from './prepared.ts';
import { trainInProcess } from './processes.ts';
import { countMembers } from './views.ts';

export interface RunTask extends Omit<PlanTask, 'store' | 'job' | 'parent'> {
  /** The folder of the store. */
  readonly root: string;
  /** Members trained at the same time, each in a process of its own. */
  readonly processes: number;
  /** Does once more what was done, as another job. */
  readonly again?: boolean;
  onChange?(job: Job): void;
  readonly signal?: AbortSignal;
}

export interface RunResult {
  readonly job: Job;
  /** The same data and configuration were done before: nothing was done now. */
  readonly already: boolean;
}

/**
 * Runs a job on this machine: plan, members in child processes, assemble. Where an earlier run was killed it goes on
 * from what that left; where it was finished it does nothing. It stops at the signal, and where it sees that somebody
 * has cancelled the job in its document.
 *
 * @throws what made the job fail, after the job document says so
 */
export async function runJob({
  root,
  processes,
  again,
  onChange,
  signal,
  ...task
}: RunTask): Promise<RunResult> {
  const store = fileStore(root);
  let job = await openJob(store, task, again);
  if (job.status === 'done') return { job, already: true };
  const id = job.job;
  const { seconds: before } = job;
  const began = performance.now();
  const stop = new AbortController();
  const abort = () => stop.abort();
  signal?.addEventListener('abort', abort);
  if (signal?.aborted) abort();
  // One write after the other, so that an older one never lands on a newer.
  let written: Promise<void> = Promise.resolve();
  const update = (change: Partial<Job>): Promise<void> => {
    const earlier = written.catch(() => undefined);
    written = earlier.then(async () => {
      const seconds = before + (performance.now() - began) / 1000;
      const told = await updateJob(store, task.dataset, id, ({ status }) =>
        status === 'cancelled' && !change.status ? null : { ...change, seconds },
      );
      job = told ?? { ...job, status: 'cancelled' };
      if (job.status === 'cancelled') abort();
      onChange?.(job);
    });
    return written;
  };
  try {
    // Over what is there: this run is what the job is doing now.
    job = await writeJob(store, { ...job, stage: 'plan' });
    onChange?.(job);
    await plan({ ...task, store, processes, job: id, parent: job.inputs.parent });
    let goesOn = await trainMembers({ store, root, processes, signal: stop.signal }, () => job, update);
    if (goesOn) {
      await update({ stage: 'assemble' });
      goesOn = !stop.signal.aborted;
    }
    if (!goesOn) {
      await update({ status: 'cancelled' });
      return { job, already: false };
    }
    const { version, promoted, reason, metrics } = await assemble({
      store,
      ...(await loadPrepared(store, task.dataset, id)),
    });
    await update({
      ...{ stage: 'end', status: 'done', error: null },
      ...{ version, promoted, reason, metrics: inShort(metrics) },
    });
    return { job, already: false };
  } catch (error) {
    await update({ status: 'failed', error: statedError(error) });
    throw error;
  } finally {
    signal?.removeEventListener('abort', abort);
  }
}

interface Training {
  readonly store: ObjectStore;
  readonly root: string;
  readonly processes: number;
  readonly signal: AbortSignal;
}

/** Trains all members, so many at a time. False where it was cancelled. */
async function trainMembers(
  { store, root, processes, signal }: Training,
  current: () => Job,
  update: (change: Partial<Job>) => Promise<void>,
): Promise<boolean> {
  const { dataset, job } = current();
  const { views } = await loadPrepared(store, dataset, job);
  // Where an earlier run came to: members that wait for their turn, or go on from a checkpoint, are no beginners.
  const { members: before } = current();
  const members: Job['members'] = Array.from(
    { length: countMembers(views) },
    (_, index) => before[index] ?? { phase: 'waiting', step: 0, steps: 0, loss: null },
  );
  await update({ stage: 'train', members: [...members] });
  // All members are fitted before the first is refitted: the number of steps is chosen for them together.
  for (const phase of phases) {
    const waiting = members.map((_, index) => index);
    let finished = 0;
    const work = async (): Promise<void> => {
      for (let index = waiting.shift(); index !== undefined && !signal.aborted; index = waiting.shift()) {
        const at = index;
        const done = await trainInProcess({
          root,
          dataset,
          job,
          index,
          phase,
          signal,
          onProgress: ({ step, steps, loss }) => {
            members[at] = { phase, step, steps, loss };
            // Progress only: where the store is broken, the next change of stage fails.
            if (step % 25 === 0) update({ members: [...members] }).catch(() => undefined);
          },
        });
        if (!done) return;
        finished++;
        members[at] = endedIn(phase, members[at]);
        await update({ members: [...members] });
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, processes) }, work));
    if (finished < members.length) return false;
  }
  return true;
}

type Progress = Job['members'][number];

/** A fit that ended early is made whole all the same; one of an earlier run takes nothing from a later phase. */
function endedIn(phase: Phase, before: Progress = { phase, step: 0, steps: 0, loss: null }): Progress {
  if (phase === 'refit') return { ...before, phase: 'done' };
  const later = before.phase === 'refit' || before.phase === 'done';
  return later ? before : { ...before, phase, step: before.steps };
}
