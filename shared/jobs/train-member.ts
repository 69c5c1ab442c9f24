import { drawParameters, memberLayout } from '../model/index.ts';
import type { ObjectStore } from '../store/index.ts';
import {
  adam,
  type Checkpoint,
  decodeCheckpoint,
  encodeCheckpoint,
  type FitTask,
  fit,
  memberTraining,
} from '../train/index.ts';
import { type Choice, chosenLook, chosenSteps, validation } from './choose.ts';
import { type Chunk, firstSteps, trainingChunks } from './chunks.ts';
import { cropTensors } from './crops.ts';
import { openFeatures } from './features.ts';
import type { MemberTask, Phase } from './member-task.ts';
import { batchSize } from './rules.ts';

/** The parameters of both fits. */
export interface TrainedMember {
  readonly before: Float32Array;
  readonly final: Float32Array;
  /** How many steps were best, and what the final fit took. */
  readonly steps: number;
}

/** Steps between two checkpoints. */
const every = 25;

const resultFile = (phase: Phase): string => `${phase}.result`;
const checkpointFile = (phase: Phase): string => `${phase}.checkpoint`;

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
  const save = async (checkpoint: Checkpoint) => {
    await store.put(key(checkpointFile(phase)), encodeCheckpoint(checkpoint));
  };
  const { checkpoint, ended } = await fitPhase(task, phase, save, resume);
  await save(checkpoint);
  if (ended === 'cancelled') return false;
  await store.put(key(resultFile(phase)), encodeCheckpoint(checkpoint));
  return true;
}

/** All members, each trained twice. @throws MissingMemberError where one is not */
export async function readMembers(
  task: Pick<MemberTask, 'store' | 'key' | 'settings' | 'windows' | 'steps'>,
  { steps }: Choice,
): Promise<readonly TrainedMember[]> {
  return Promise.all(
    task.settings.members.map(async (_, index): Promise<TrainedMember> => {
      const final = await resultOf(task, index, 'refit');
      const look = await chosenLook(task, index, steps);
      const before = look ?? (await resultOf(task, index, 'choose')).state.average;
      return { before, final: final.state.average, steps };
    }),
  );
}

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

async function fitPhase(
  task: MemberTask,
  phase: Phase,
  save: (checkpoint: Checkpoint) => Promise<void>,
  resume: Checkpoint | null,
) {
  const { settings, index, series, windows, engine, signal } = task;
  const member = settings.members[index];
  if (!member) throw new RangeError(`there is no member ${index}`);
  const limits = series.map(({ rows }, i) => (phase === 'choose' ? (windows[i]?.fit ?? rows) : rows));
  const chunks = trainingChunks(settings, series, limits);
  const features = await openFeatures(settings, chunks);
  const looks = phase === 'choose' ? await validation(task) : null;
  const steps = looks ? task.steps : (await chosenSteps(task)).steps;
  const copies = Math.max(1, Math.ceil(batchSize / chunks.length));
  try {
    return await fit({
      engine,
      graph: memberTraining(settings, member),
      parameters:
        task.start?.[phase === 'choose' ? 'before' : 'final'] ??
        drawParameters(memberLayout(settings, member), member.seed),
      examples: chunks.length * copies,
      settings: {
        steps,
        batchSize,
        seed: member.seed,
        optimiser: { ...adam, secondDecay: 0.99, weightDecay: 1e-4, clipNorm: 1, averageDecay: 0.99 },
        // The same rates at the same steps in both fits, or what was chosen for one would not be right for the other.
        schedule: { kind: 'constant', rate: 4e-3, warmup: Math.min((0.05 * task.steps) / steps, 0.99) },
      },
      async batch(examples, random) {
        const crops = Array.from(examples, (example) => {
          const at = example % chunks.length;
          const chunk = chunks[at] as Chunk;
          const { from, to } = firstSteps(settings, chunk);
          return { chunk, at, first: to - random.below(to - from + 1) };
        });
        const cut = await Promise.all(
          crops.map(async (crop) => ({ ...crop, features: await features.of(crop.at) })),
        );
        return cropTensors(settings, member, cut);
      },
      ...(looks && { validation: looks }),
      checkpoint: { every, save },
      ...(resume && { resume }),
      ...(signal && { signal }),
      onProgress: (progress) => task.onProgress?.(progress),
    } satisfies FitTask);
  } finally {
    await features.release();
  }
}
