import { numbersOf, tensor } from '../../shared/graph/index.ts';
import { initialParameters, type NetworkOptions, networkSettings } from '../../shared/model/index.ts';
import { createRandom, type Random } from '../../shared/random/index.ts';
import * as train from '../../shared/train/index.ts';
import {
  adam,
  type Checkpoint,
  DivergenceError,
  decodeCheckpoint,
  dropoutMasks,
  encodeCheckpoint,
  type FitTask,
  networkTraining,
  onnxruntimeEngine,
  type Trainer,
} from '../../shared/train/index.ts';

const time = 6;

/** Sine waves of random phase; the target is the next value. */
function waves(count: number) {
  const random = createRandom(4);
  return Array.from({ length: count }, () => {
    const phase = 6 * random.uniform();
    return Array.from({ length: time + 1 }, (_, t) => Math.sin(0.7 * t + phase));
  });
}

function task(options: Partial<NetworkOptions> = {}, more: Partial<FitTask> = {}): FitTask {
  const settings = networkSettings({ cell: 'gru', inputs: 1, units: 8, outputs: 1, ...options });
  const series = waves(40);
  const take = (examples: ArrayLike<number>, from: number) =>
    tensor(
      'float32',
      [examples.length, time, 1],
      Array.from(examples).flatMap((i) => (series[i] ?? []).slice(from, from + time)),
    );
  return {
    engine: onnxruntimeEngine(),
    graph: networkTraining(settings, { kind: 'mse' }),
    settings: {
      steps: 60,
      batchSize: 16,
      optimiser: adam,
      schedule: { kind: 'constant', rate: 0.01 },
      seed: 1,
    },
    parameters: initialParameters(settings),
    examples: series.length,
    batch: (examples: Int32Array, random: Random) => ({
      x: take(examples, 0),
      y: take(examples, 1),
      ...dropoutMasks(settings, examples.length, random),
    }),
    ...more,
  };
}

const withSettings = (base: FitTask, settings: Partial<FitTask['settings']>): FitTask => ({
  ...base,
  settings: { ...base.settings, ...settings },
});

test.each(['elman', 'dual', 'gru', 'lstm'] as const)('%s learns to continue a wave', async (cell) => {
  const losses: number[] = [];
  await train.fit(task({ cell }, { onProgress: ({ loss }) => losses.push(loss) }));
  expect(losses).toHaveLength(60);
  expect(losses.at(-1)).toBeLessThan(0.25 * (losses[0] ?? 0));
});

test('the same seed gives the same parameters, bit for bit; another seed does not', async () => {
  const run = async (seed: number) =>
    (await train.fit(withSettings(task({ dropout: 0.2 }), { seed }))).best.parameters;
  expect(await run(1)).toEqual(await run(1));
  expect(await run(1)).not.toEqual(await run(2));
});

test('resuming from a stored checkpoint gives the parameters of an uninterrupted run, bit for bit', async () => {
  const settings = { optimiser: { ...adam, averageDecay: 0.9, weightDecay: 0.01, clipNorm: 1 } };
  const base = withSettings(task({ dropout: 0.3, layers: 2 }), settings);
  const score = async (trainer: Trainer) => Math.abs((await trainer.state()).average[0] ?? 0);
  const validated = { ...base, validation: { every: 7, patience: 100, score } };
  const whole = await train.fit(validated);
  const stored: Uint8Array[] = [];
  const stop = new AbortController();
  const first = await train.fit({
    ...validated,
    checkpoint: {
      every: 10,
      save: (checkpoint: Checkpoint) => void stored.push(encodeCheckpoint(checkpoint)),
    },
    onProgress: ({ step }) => step === 33 && stop.abort(),
    signal: stop.signal,
  });
  expect(first.ended).toBe('cancelled');
  const resumed = await train.fit({
    ...validated,
    resume: decodeCheckpoint(stored.at(-1) ?? new Uint8Array()),
  });
  expect(resumed.checkpoint).toEqual(whole.checkpoint);
  expect(resumed.best).toEqual(whole.best);
});

test('early stopping keeps the best and ends after the given number of worse scores', async () => {
  const scores = [5, 3, 4, 3.5, 9, 1];
  let calls = 0;
  const result = await train.fit({
    ...task(),
    validation: { every: 5, patience: 3, score: async () => scores[calls++] ?? 0 },
  });
  expect(result.ended).toBe('early');
  expect(result.best).toMatchObject({ step: 10, score: 3 });
  expect(result.checkpoint.state.step).toBe(25);
});

test('evaluation uses the averaged weights and changes nothing', async () => {
  const base = withSettings(task(), { optimiser: { ...adam, averageDecay: 0.99 }, steps: 20 });
  const outputs: number[][] = [];
  const look = async (trainer: Trainer) => {
    const before = await trainer.state();
    const { x, y } = await base.batch(Int32Array.of(0, 1), createRandom(1));
    if (!x || !y) throw new Error('the batch has x and y');
    const { output } = await trainer.evaluate({ x, y }, ['output']);
    const { output: same } = await trainer.evaluate({ x, y }, ['output'], before.average);
    expect(output).toEqual(same);
    expect(await trainer.state()).toEqual(before);
    outputs.push(output ? numbersOf(output) : []);
    return 0;
  };
  await train.fit({ ...base, validation: { every: 20, patience: 9, score: look } });
  expect(outputs[0]).toHaveLength(2 * time);
});

test('a loss that is no longer finite stops with the step, the last finite loss and the best so far', async () => {
  const diverging = withSettings(task({ cell: 'elman', activations: { f: 'identity' } }), {
    schedule: { kind: 'constant', rate: 1e20 },
  });
  const attempt = train.fit({ ...diverging, validation: { every: 1, patience: 100, score: async () => 1 } });
  const error = await attempt.catch((caught: unknown) => caught);
  expect(error).toBeInstanceOf(DivergenceError);
  expect(error).toMatchObject({ code: 'DIVERGED', best: { step: 1, score: 1 } });
  const { step, lastLoss } = error as DivergenceError;
  expect(step).toBeGreaterThan(1);
  expect(Number.isFinite(lastLoss)).toBe(true);
});

describe('settings out of range are refused before anything runs', () => {
  test.each<[string, Partial<FitTask['settings']>, string]>([
    ['no steps', { steps: 0 }, 'steps must be a whole number of at least 1, got 0'],
    [
      'a learning rate of 0',
      { schedule: { kind: 'constant', rate: 0 } },
      'the learning rate must be a number above 0, got 0',
    ],
    [
      'a decay of 1',
      { optimiser: { ...adam, firstDecay: 1 } },
      'firstDecay must be at least 0 and below 1, got 1',
    ],
    [
      'negative weight decay',
      { optimiser: { ...adam, weightDecay: -1 } },
      'weightDecay must be at least 0, got -1',
    ],
    ['clipping to nothing', { optimiser: { ...adam, clipNorm: 0 } }, 'clipNorm must be above 0'],
  ])('%s', async (_, wrong, message) => {
    await expect(train.fit(withSettings(task(), wrong))).rejects.toThrow(message);
  });

  test('outputs that do not fit the quantile levels', () => {
    const settings = networkSettings({ cell: 'gru', inputs: 1, units: 2, outputs: 4 });
    expect(() => networkTraining(settings, { kind: 'pinball', levels: [0.1, 0.5, 0.9] })).toThrow(
      'outputs must be a multiple of 3, the outputs that the pinball loss needs for each target, got 4',
    );
  });
});

describe('a stored checkpoint', () => {
  test('is refused when it was cut off or changed', async () => {
    const { checkpoint } = await train.fit(withSettings(task(), { steps: 2 }));
    const bytes = encodeCheckpoint(checkpoint);
    expect(decodeCheckpoint(bytes)).toEqual(checkpoint);
    expect(() => decodeCheckpoint(bytes.slice(0, -1))).toThrow('a checkpoint must be whole and unchanged');
    const changed = bytes.slice();
    changed[200] = (changed[200] ?? 0) ^ 1;
    expect(() => decodeCheckpoint(changed)).toThrow('a checkpoint must be whole and unchanged');
  });
});
