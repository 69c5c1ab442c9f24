import { checkGoesOn, type Job, type Phase, readJob } from '../../documents/index.ts';
import { openMember } from '../open-member.ts';
import { trainMember } from '../train-member.ts';
import type { Slice } from './slice.ts';
import { note, noting, type StepContext, type StepTask } from './step.ts';

export interface TrainTask extends StepTask {
  /** The member's number. */
  readonly index: number;
  readonly phase: Phase;
}

export interface Sliced extends TrainTask {
  /** False where the slice was over first: the next one goes on from its checkpoint. */
  readonly done: boolean;
  /** The last step's; null where none was needed. */
  readonly loss: number | null;
}

type Progress = Job['members'][number];

/** Between two looks at how far a member is, in milliseconds. */
const pause = 10_000;

/**
 * Trains one member until it is done or the slice is over.
 *
 * @throws CancelledError where the job was stopped, with a checkpoint of what was done until then
 */
export async function trainStep(context: StepContext, task: TrainTask, slice: Slice): Promise<Sliced> {
  const { store, clock } = context;
  const began = clock();
  const { dataset, job, index, phase } = task;
  let progress: Progress | undefined;
  const tell = progressTeller(context, task, began, slice);
  try {
    checkGoesOn(await readJob(store, dataset, job));
    const member = await openMember(store, task);
    const trained = await noting(context, task, began, async () =>
      trainMember(
        {
          ...member,
          signal: slice.signal,
          onProgress({ step, steps, loss }) {
            progress = { phase, step, steps, loss };
            tell.soon(progress);
            slice.stepped();
          },
        },
        phase,
      ),
    );
    await tell.end();
    const ended = phase === 'refit' ? ('done' as const) : phase;
    const end = trained ? { ...waiting, ...progress, phase: ended } : progress;
    const told = await note(context, task, (document) => placed(document, index, end), began);
    if (!trained) checkGoesOn(told);
    return { dataset, job, index, phase, done: trained, loss: progress?.loss ?? null };
  } finally {
    slice.end();
    await tell.end();
  }
}

const waiting: Progress = { phase: 'waiting', step: 0, steps: 0, loss: null };

function placed({ members }: Job, index: number, progress: Progress | undefined): Partial<Job> {
  return progress ? { members: members.map((member, k) => (k === index ? progress : member)) } : {};
}

/** Writes progress now and then, one write at a time, and reads there whether the job was stopped meanwhile. */
function progressTeller(context: StepContext, task: TrainTask, began: number, slice: Slice) {
  let last = began;
  let writing: Promise<unknown> = Promise.resolve();
  return {
    soon(progress: Progress): void {
      if (context.clock() - last < pause) return;
      last = context.clock();
      writing = writing.then(() =>
        // Progress only: where the store is broken, the next checkpoint fails.
        note(context, task, (document) => placed(document, task.index, progress)).then(
          (told) => told?.status === 'cancelled' && slice.stop(),
          () => undefined,
        ),
      );
    },
    end: () => writing,
  };
}
