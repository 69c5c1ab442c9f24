import { type Job, type Phase, phases } from '../documents/index.ts';
import type { ObjectStore } from '../store/index.ts';
import { loadPrepared } from './prepared.ts';
import { trainInProcess } from './processes.ts';
import { countMembers } from './views.ts';

interface Training {
  readonly store: ObjectStore;
  readonly root: string;
  readonly processes: number;
  readonly signal: AbortSignal;
}

/** Trains all members, so many at a time. False where it was cancelled. */
export async function trainMembers(
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
