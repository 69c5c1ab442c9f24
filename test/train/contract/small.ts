import {
  adam,
  type Engine,
  type OptimiserSettings,
  startState,
  type Trainer,
} from '../../../shared/train/index.ts';
import { firstWeights, smallBatch, smallModel } from '../../support/training.ts';

export const vectors = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const;
export const averaging: OptimiserSettings = { ...adam, averageDecay: 0.9 };

export const trainer = (
  engine: Engine,
  settings = adam,
  start = startState(firstWeights()),
): Promise<Trainer> => engine.createTrainer(smallModel(), settings, start);

/** The losses of some steps on alternating batches. */
export async function train(trained: Trainer, steps: number, rate = 0.01): Promise<number[]> {
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push(await trained.step(smallBatch(i % 2 ? 0.7 : 0.9), rate));
  return losses;
}

export async function outcome(engine: Engine, settings: OptimiserSettings, steps: number) {
  const trained = await trainer(engine, settings);
  const losses = await train(trained, steps);
  const state = await trained.state();
  await trained.release();
  return { losses, state };
}
