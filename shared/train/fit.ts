import { ConfigurationError, show, TidecastError } from '../errors/index.ts';
import { createRandom, type Random, restoreRandom } from '../random/index.ts';
import type { Best, Checkpoint } from './checkpoint.ts';
import { emptyCurve, extended } from './curve.ts';
import { type Engine, startState, type Tensors, type Trainer, type TrainingGraph } from './engines/engine.ts';
import { checkOptimiser, type OptimiserSettings } from './optimiser.ts';
import { createSampler } from './sampler.ts';
import { checkSchedule, learningRate, type Schedule } from './schedule.ts';

export interface Progress {
  readonly step: number;
  readonly steps: number;
  /** The loss of this step's batch, before the step. */
  readonly loss: number;
  /** The validation score, at steps that were validated. */
  readonly score?: number;
}

export interface FitSettings {
  readonly steps: number;
  readonly batchSize: number;
  readonly optimiser: OptimiserSettings;
  readonly schedule: Schedule;
  /** Seed of the batches' order and of dropout. */
  readonly seed: number;
}

export interface FitTask {
  readonly engine: Engine;
  readonly graph: TrainingGraph;
  readonly settings: FitSettings;
  /** The parameters to start from, `[parameter]`. */
  readonly parameters: Float32Array;
  /** How many examples there are, and the batch of some of them; `random` serves dropout. */
  readonly examples: number;
  batch(examples: Int32Array, random: Random): Tensors | Promise<Tensors>;
  /** Scores the averaged parameters now and then; stops early after `patience` scores without a new best. */
  readonly validation?: {
    /** After so many steps each time, or after these, and after the last. */
    readonly every: number | readonly number[];
    readonly patience: number;
    /** Smaller is better. */
    score(trainer: Trainer): Promise<number>;
  };
  readonly checkpoint?: {
    readonly every: number;
    save(checkpoint: Checkpoint): Promise<void> | void;
  };
  /** Goes on from here instead of from `parameters`. */
  readonly resume?: Checkpoint;
  onProgress?(progress: Progress): void;
  readonly signal?: AbortSignal;
}

export interface FitResult {
  /** The best by validation; without validation the averaged parameters of the last step. */
  readonly best: Best;
  /** Why it ended. `cancelled` by the signal; the checkpoint can be resumed. */
  readonly ended: 'done' | 'early' | 'cancelled';
  readonly checkpoint: Checkpoint;
}

/** The loss became infinite or NaN. Carries the best parameters before that. */
export class DivergenceError extends TidecastError {
  readonly code = 'DIVERGED';
  readonly step: number;
  readonly lastLoss: number;
  readonly best: Best | null;

  constructor(step: number, loss: number, lastLoss: number, best: Best | null) {
    super({
      rule: 'the loss must stay finite',
      received: `${loss} at step ${step} (the last finite loss was ${lastLoss})`,
      remedy: 'lower the learning rate or clip gradients; the best parameters so far are kept in `best`',
    });
    this.step = step;
    this.lastLoss = lastLoss;
    this.best = best;
  }
}

/**
 * Trains by mini-batch gradient descent. The same seed and thread count give the same parameters, bit for bit,
 * whether the run was interrupted and resumed or not.
 *
 * @throws ConfigurationError for settings out of range, DivergenceError where the loss stops being finite
 */
export async function fit(task: FitTask): Promise<FitResult> {
  checkTask(task);
  const { settings, resume } = task;
  const trainer = await task.engine.createTrainer(
    task.graph,
    settings.optimiser,
    resume?.state ?? startState(task.parameters),
  );
  try {
    return await run(task, trainer);
  } finally {
    await trainer.release();
  }
}

async function run(task: FitTask, trainer: Trainer): Promise<FitResult> {
  const { settings, resume, validation, checkpoint, signal } = task;
  const random = resume ? restoreRandom(resume.random) : createRandom(settings.seed);
  const sampler = createSampler(task.examples, settings.batchSize, random, resume?.sampler);
  let { best, worse, lastLoss, curve } = resume ?? fresh;
  let step = resume?.state.step ?? 0;
  const snapshot = async (): Promise<Checkpoint> => ({
    state: await trainer.state(),
    random: random.state(),
    sampler: sampler.state(),
    best,
    worse,
    lastLoss,
    curve,
  });
  const stoppedEarly = () => validation !== undefined && worse >= validation.patience;

  while (step < settings.steps && !stoppedEarly() && !signal?.aborted) {
    step++;
    const batch = await task.batch(sampler.next(), random);
    const loss = await trainer.step(batch, learningRate(settings.schedule, step, settings.steps));
    if (!Number.isFinite(loss)) throw new DivergenceError(step, loss, lastLoss, best);
    lastLoss = loss;
    const due = validation && (isDue(step, validation.every) || step === settings.steps);
    const score = due ? await validation.score(trainer) : undefined;
    if (score !== undefined) {
      const better = score < (best?.score ?? Number.POSITIVE_INFINITY);
      if (better) best = { step, score, parameters: (await trainer.state()).average };
      worse = better ? 0 : worse + 1;
    }
    curve = extended(curve, { step, steps: settings.steps, loss, score });
    task.onProgress?.({ step, steps: settings.steps, loss, ...(score !== undefined && { score }) });
    if (checkpoint && step % checkpoint.every === 0) await checkpoint.save(await snapshot());
  }

  const end = await snapshot();
  const cancelled = step < settings.steps && !stoppedEarly();
  return {
    best: best ?? { step, score: lastLoss, parameters: end.state.average },
    ended: cancelled ? 'cancelled' : stoppedEarly() ? 'early' : 'done',
    checkpoint: end,
  };
}

const fresh = { best: null, worse: 0, lastLoss: Number.NaN, curve: emptyCurve } as const;

const isDue = (step: number, every: number | readonly number[]): boolean =>
  typeof every === 'number' ? step % every === 0 : every.includes(step);

function checkTask({ settings, validation, checkpoint }: FitTask): void {
  checkOptimiser(settings.optimiser);
  checkSchedule(settings.schedule);
  const counts = {
    steps: settings.steps,
    'validation.every': typeof validation?.every === 'number' ? validation.every : undefined,
    patience: validation?.patience,
    'checkpoint.every': checkpoint?.every,
  };
  for (const [name, count] of Object.entries(counts)) {
    if (count !== undefined && !(Number.isInteger(count) && count >= 1)) {
      throw new ConfigurationError({
        rule: `${name} must be a whole number of at least 1`,
        received: show(count),
        remedy: `mend ${name}`,
      });
    }
  }
}
