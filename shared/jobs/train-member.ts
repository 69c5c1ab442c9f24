import { drawParameters, type ForecasterSettings, memberLayout } from '../model/index.ts';
import type { ObjectStore } from '../store/index.ts';
import {
  adam,
  type Checkpoint,
  decodeCheckpoint,
  type Engine,
  encodeCheckpoint,
  fit,
  memberTraining,
  type Progress,
  type Trainer,
} from '../train/index.ts';
import { type Crop, cropTensors, type Series } from './crops.ts';
import { batchItems, cropEnd } from './rules.ts';

/** A member is fitted twice: before the backtest's origins, which tells how many steps are best, then on all data. */
export type Phase = 'choose' | 'refit';

export interface MemberTask {
  readonly store: ObjectStore;
  /** Where the member's files lie. */
  key(file: string): string;
  readonly settings: ForecasterSettings;
  readonly index: number;
  readonly series: readonly Series[];
  readonly windows: readonly { readonly fit: number; readonly calibrate: readonly number[] }[];
  /** The weights that both fits start from; drawn by the member's seed where there are none. */
  readonly start?: Pick<TrainedMember, 'before' | 'final'> | null;
  /** The most optimiser steps. */
  readonly steps: number;
  readonly engine: Engine;
  onProgress?(phase: Phase, progress: Progress): void;
  /** Stops between two steps; what was done is kept. */
  readonly signal?: AbortSignal;
}

/** The parameters of both fits. */
export interface TrainedMember {
  readonly before: Float32Array;
  readonly final: Float32Array;
  /** How many steps were best, and what the final fit took. */
  readonly steps: number;
}

/** Steps between two looks at the calibration windows, and between two checkpoints. */
const every = 25;
const patience = 8;
/** Without a window to choose by: enough for a rough fit, too few to learn a short series by heart. */
const stepsUnchosen = 200;

const resultFile = (phase: Phase): string => `${phase}.result`;
const checkpointFile = (phase: Phase): string => `${phase}.checkpoint`;

/**
 * Trains one member, going on from what an earlier slice left. Returns null where the signal came first; calling
 * again goes on, and ends with the same parameters as a run that was never stopped.
 */
export async function trainMember(task: MemberTask): Promise<TrainedMember | null> {
  const chosen = await runPhase(task, 'choose', task.steps);
  if (!chosen) return null;
  const steps = chosen.best?.step ?? chosen.state.step;
  const refitted = await runPhase(task, 'refit', steps);
  return (
    refitted && {
      before: chosen.best?.parameters ?? chosen.state.average,
      final: refitted.state.average,
      steps,
    }
  );
}

/** The finished member, or null where it is not finished. */
export async function readMember({
  store,
  key,
}: Pick<MemberTask, 'store' | 'key'>): Promise<TrainedMember | null> {
  const [chosen, refitted] = await Promise.all(
    (['choose', 'refit'] as const).map((phase) => read(store, key(resultFile(phase)))),
  );
  if (!chosen || !refitted) return null;
  return {
    before: chosen.best?.parameters ?? chosen.state.average,
    final: refitted.state.average,
    steps: refitted.state.step,
  };
}

async function runPhase(task: MemberTask, phase: Phase, most: number): Promise<Checkpoint | null> {
  const { store, key } = task;
  const finished = await read(store, key(resultFile(phase)));
  if (finished) return finished;
  const resume = await read(store, key(checkpointFile(phase)));
  const save = async (checkpoint: Checkpoint) => {
    await store.put(key(checkpointFile(phase)), encodeCheckpoint(checkpoint));
  };
  const { checkpoint, ended } = await fitPhase(task, phase, most, save, resume);
  await save(checkpoint);
  if (ended === 'cancelled') return null;
  await store.put(key(resultFile(phase)), encodeCheckpoint(checkpoint));
  return checkpoint;
}

async function read(store: ObjectStore, key: string): Promise<Checkpoint | null> {
  const object = await store.get(key);
  return object && decodeCheckpoint(object.bytes);
}

function fitPhase(
  task: MemberTask,
  phase: Phase,
  most: number,
  save: (checkpoint: Checkpoint) => Promise<void>,
  resume: Checkpoint | null,
) {
  const { settings, index, series, windows, engine, signal } = task;
  const member = settings.members[index];
  if (!member) throw new RangeError(`there is no member ${index}`);
  const limits = series.map(({ rows }, i) => (phase === 'choose' ? (windows[i]?.fit ?? rows) : rows));
  const usable = limits.flatMap((limit, i) => (limit >= 2 ? [i] : []));
  const calibration = windows.flatMap(({ calibrate }, i) => calibrate.map((end) => ({ i, end })));
  const choosing = phase === 'choose' && calibration.length > 0;
  const batchSize = batchItems(settings);
  const copies = Math.max(1, Math.ceil(batchSize / usable.length));
  return fit({
    engine,
    graph: memberTraining(settings, member),
    parameters:
      task.start?.[phase === 'choose' ? 'before' : 'final'] ??
      drawParameters(memberLayout(settings, member), member.seed),
    examples: usable.length * copies,
    settings: {
      steps: choosing || phase === 'refit' ? most : Math.min(most, stepsUnchosen),
      batchSize,
      seed: member.seed,
      optimiser: { ...adam, secondDecay: 0.99, weightDecay: 1e-4, clipNorm: 1, averageDecay: 0.99 },
      schedule: { kind: 'constant', rate: 4e-3, warmup: 0.05 },
    },
    batch: (examples, random) =>
      cropTensors(
        settings,
        Array.from(examples, (example): Crop => {
          const i = usable[example % usable.length] ?? 0;
          const limit = limits[i] ?? 0;
          return { series: series[i] as Series, end: cropEnd(settings, limit, random.uniform()), limit };
        }),
      ),
    ...(choosing && {
      validation: {
        every,
        patience,
        score: (trainer: Trainer) => calibrationScore(task, trainer, calibration),
      },
    }),
    checkpoint: { every, save },
    ...(resume && { resume }),
    ...(signal && { signal }),
    onProgress: (progress) => task.onProgress?.(phase, progress),
  });
}

/** Windows in one evaluation: as many as fit the memory of a small machine. */
const windowsAtOnce = 128;

/** The mean score over the calibration windows, each weighing the same. */
async function calibrationScore(
  { settings, series }: MemberTask,
  trainer: Trainer,
  windows: readonly { readonly i: number; readonly end: number }[],
): Promise<number> {
  let sum = 0;
  for (let from = 0; from < windows.length; from += windowsAtOnce) {
    const part = windows.slice(from, from + windowsAtOnce);
    const crops = part.map(({ i, end }): Crop => {
      const one = series[i] as Series;
      return { series: one, end, limit: one.rows };
    });
    const { score } = await trainer.evaluate(cropTensors(settings, crops), ['score']);
    sum += Number(score?.data[0]) * part.length;
  }
  return sum / windows.length;
}
