import { type Phase, writeCurve } from '../documents/index.ts';
import type { ObjectStore } from '../store/index.ts';
import { type Checkpoint, decodeCheckpoint, encodeCheckpoint, fit } from '../train/index.ts';
import { chosenLook, keepChoices, openValidation } from './choose/index.ts';
import { trainingChunks } from './chunks.ts';
import { openFeatures } from './features.ts';
import { memberFit } from './member-fit.ts';
import type { MemberTask } from './member-task.ts';
import { countMembers, memberAt } from './views.ts';

/** Steps between two checkpoints. */
const every = 25;

const resultFile = (phase: Phase): string => `${phase}.result`;
const checkpointFile = (phase: Phase): string => `${phase}.checkpoint`;

/** Keeps how far a fit has come, which has so many steps at most. */
type Save = (checkpoint: Checkpoint, steps: number) => Promise<void>;

/**
 * Makes one fit of one member, going on from what an earlier slice left. Returns false where the signal came first;
 * calling again goes on, and ends with the same parameters as a run that was never stopped.
 *
 * @throws MissingMemberError where members are to be refitted that have not all been chosen by
 */
export async function trainMember(task: MemberTask, phase: Phase): Promise<boolean> {
  const { store, index } = task;
  const key = (file: string) => task.key(index, file);
  if (await store.head(key(resultFile(phase)))) return true;
  const resume = await read(store, key(checkpointFile(phase)));
  const save: Save = async (checkpoint, steps) => {
    await store.put(key(checkpointFile(phase)), encodeCheckpoint(checkpoint));
    const points = [...checkpoint.curve.points];
    // For those who watch: the checkpoint has it as well, and a resumed fit goes on from there.
    await writeCurve(store, task, { member: index, phase, steps, points });
  };
  const { checkpoint, ended, steps } = await fitPhase(task, phase, save, resume);
  await save(checkpoint, steps);
  if (ended === 'cancelled') return false;
  await store.put(key(resultFile(phase)), encodeCheckpoint(checkpoint));
  return true;
}

export type Trained = Pick<
  MemberTask,
  'store' | 'dataset' | 'job' | 'key' | 'views' | 'series' | 'windows' | 'steps' | 'season'
>;

/** The members that were fitted before the origins, as they were after so many steps. */
export const membersBefore = (task: Trained, steps: number): Promise<readonly Float32Array[]> =>
  Promise.all(
    numbered(
      task,
      async (index) =>
        (await chosenLook(task, index, steps)) ?? (await resultOf(task, index, 'choose')).state.average,
    ),
  );

/** The members that were refitted on all data. @throws MissingMemberError where one was not */
export const membersRefitted = (task: Trained): Promise<readonly Float32Array[]> =>
  Promise.all(numbered(task, async (index) => (await resultOf(task, index, 'refit')).state.average));

/** Of the steps that were chosen, how many more the served members take on all data. */
export const refitShare = 0.3;

/**
 * The second fit goes on from what was chosen, on all data: the newest periods are learned at a part of the cost, and
 * what was chosen is not left behind. Where nothing was chosen by, it is the only fit.
 */
async function refitOf(task: MemberTask) {
  const { steps } = (await keepChoices(task)).served;
  const chosen = await chosenLook(task, task.index, steps);
  if (!chosen) return { steps, warmup: 0.05 * task.steps, parameters: task.start ?? undefined };
  const more = Math.ceil(refitShare * steps);
  return { steps: more, warmup: 0.1 * more, parameters: chosen };
}

const numbered = <T>({ views }: Trained, of: (index: number) => Promise<T>): readonly Promise<T>[] =>
  Array.from({ length: countMembers(views) }, (_, index) => of(index));

async function resultOf(
  { store, key }: Pick<MemberTask, 'store' | 'key'>,
  index: number,
  phase: Phase,
): Promise<Checkpoint> {
  const found = await read(store, key(index, resultFile(phase)));
  if (!found) throw new Error(`member ${index} is not trained yet (${phase})`);
  return found;
}

async function read(store: ObjectStore, key: string): Promise<Checkpoint | null> {
  const object = await store.get(key);
  return object && decodeCheckpoint(object.bytes);
}

async function fitPhase(task: MemberTask, phase: Phase, save: Save, resume: Checkpoint | null) {
  const { series, windows, engine, signal } = task;
  const { settings, at } = memberAt(task.views, task.index);
  const limits = series.map(({ rows }, i) => (phase === 'choose' ? (windows[i]?.fit ?? rows) : rows));
  const chunks = trainingChunks(settings, series, limits);
  const features = await openFeatures(settings, chunks);
  const validation = phase === 'choose' ? await openValidation(task) : null;
  const { steps, warmup, parameters } = validation
    ? { steps: task.steps, warmup: 0.05 * task.steps, parameters: task.start ?? undefined }
    : await refitOf(task);
  try {
    const result = await fit({
      ...memberFit({ settings, index: at, chunks, features, engine, steps, warmup, parameters }),
      ...(validation && { validation: validation.looks }),
      checkpoint: { every, save: (checkpoint) => save(checkpoint, steps) },
      ...(resume && { resume }),
      ...(signal && { signal }),
      onProgress: (progress) => task.onProgress?.(progress),
    });
    return { ...result, steps };
  } finally {
    await validation?.release();
    await features.release();
  }
}
