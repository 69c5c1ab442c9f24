import { type Tensor, tensor } from '../../shared/graph/index.ts';
import { cells, initialParameters, type NetworkSettings } from '../../shared/model/index.ts';
import { createRandom, type Random } from '../../shared/random/index.ts';
import {
  adam,
  type Engine,
  type FitResult,
  fit,
  networkTraining,
  type Progress,
  stateName,
} from '../../shared/train/index.ts';
import type { Channels } from './channels.ts';
import { allWindows, windowsAt } from './windows.ts';

/** One epoch is one optimiser step on a batch of windows, drawn without replacement. */
const epochs = 1000;
const batchSize = 32;
const learningRate = 0.01;

/** The last tenth of the training part is not trained on; it tells which epoch's weights are best. */
const validationShare = 0.1;

/** Small random numbers as a state, so that a network learns to begin from any. */
export function randomState(random: Random, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, dim) => product * dim, 1);
  const numbers = Array.from({ length: size }, () => 0.1 * random.normal());
  return tensor('float32', shape, numbers);
}

/** Trains a network on the training part, and keeps the weights that did best on its validation windows. */
export function train(
  engine: Engine,
  settings: NetworkSettings,
  channels: Channels,
  onProgress: (progress: Progress) => void,
): Promise<FitResult> {
  const split = Math.floor((1 - validationShare) * channels.trainingSteps);
  const batchOf = (starts: Int32Array, random: Random) => ({
    ...windowsAt(channels, starts),
    ...Object.fromEntries(
      cells[settings.cell].states.map((state) => [
        stateName(0, state),
        randomState(random, [starts.length, settings.units]),
      ]),
    ),
  });
  const training = allWindows(0, split);
  const validation = batchOf(allWindows(split, channels.trainingSteps), createRandom(settings.seed + 1));
  return fit({
    engine,
    graph: networkTraining(settings, { kind: 'mse' }),
    parameters: initialParameters(settings),
    settings: {
      steps: epochs,
      batchSize,
      optimiser: { ...adam, averageDecay: 0.99 },
      schedule: { kind: 'constant', rate: learningRate },
      seed: settings.seed,
    },
    examples: training.length,
    batch: (examples, random) =>
      batchOf(
        examples.map((example) => training[example] ?? 0),
        random,
      ),
    validation: {
      every: 10,
      patience: epochs, // all epochs are run
      score: async (trainer) => Number((await trainer.evaluate(validation, ['loss'])).loss?.data[0]),
    },
    onProgress,
  });
}
