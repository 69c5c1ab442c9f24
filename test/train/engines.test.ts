import { GraphError, numbersOf } from '../../shared/graph/index.ts';
import { loadTensorflow } from '../../shared/train/engines/tensorflow/load.ts';
import {
  adam,
  type OptimiserSettings,
  type OptimiserState,
  onnxruntimeEngine,
  startState,
  type Tensors,
  type Trainer,
  tensorflowEngine,
} from '../../shared/train/index.ts';
import { largestDifference } from '../support/compare.ts';
import { firstWeights, smallBatch, smallModel } from '../support/training.ts';

const engines = { onnxruntime: onnxruntimeEngine(), tensorflow: tensorflowEngine() };
const names = ['onnxruntime', 'tensorflow'] as const;
type Name = (typeof names)[number];
const vectors = ['parameters', 'firstMoment', 'secondMoment', 'average'] as const;
const averaging: OptimiserSettings = { ...adam, averageDecay: 0.9 };

const trainer = (name: Name, settings = adam, start = startState(firstWeights())): Promise<Trainer> =>
  engines[name].createTrainer(smallModel(), settings, start);

/** The losses of some steps on alternating batches. */
async function train(trained: Trainer, steps: number, rate = 0.01): Promise<number[]> {
  const losses: number[] = [];
  for (let i = 0; i < steps; i++) losses.push(await trained.step(smallBatch(i % 2 ? 0.7 : 0.9), rate));
  return losses;
}

async function outcome(name: Name, settings: OptimiserSettings, steps: number) {
  const trained = await trainer(name, settings);
  const losses = await train(trained, steps);
  const state = await trained.state();
  await trained.release();
  return { losses, state };
}

describe.each(names)('the %s engine', (name) => {
  test('describes itself with its package and version', async () => {
    expect(engines[name].name).toBe(name);
    expect(await engines[name].describe()).toMatch(
      /^(onnxruntime-node|@tensorflow\/tfjs(-node)?) \d+\.\d+\.\d+/,
    );
  });

  test('fits a batch: the loss falls to less than a tenth', async () => {
    const trained = await trainer(name);
    const losses: number[] = [];
    for (let i = 0; i < 100; i++) losses.push(await trained.step(smallBatch(), 0.02));
    expect(losses.at(-1)).toBeLessThan(Number(losses[0]) / 10);
  });

  test('step returns the loss of the weights before it', async () => {
    const trained = await trainer(name);
    await train(trained, 3);
    const { parameters } = await trained.state();
    const before = await trained.evaluate(smallBatch(), ['loss'], parameters);
    expect(await trained.step(smallBatch(), 0.1)).toBeCloseTo(Number(before.loss?.data[0]), 6);
  });

  test('counts its steps from the start it was given', async () => {
    const trained = await trainer(name, adam, { ...startState(firstWeights()), step: 7 });
    await train(trained, 2);
    expect((await trained.state()).step).toBe(9);
  });

  test('the same start and batches give the same state, bit for bit', async () => {
    expect(await outcome(name, averaging, 5)).toEqual(await outcome(name, averaging, 5));
  });

  test('goes on from a restored state as if it had never stopped, bit for bit', async () => {
    const trained = await trainer(name, averaging);
    await train(trained, 4);
    const saved = await trained.state();
    const losses = await train(trained, 4);
    const state = await trained.state();

    trained.restore(saved);
    expect([await train(trained, 4), await trained.state()]).toEqual([losses, state]);
    const other = await trainer(name, averaging, saved);
    expect([await train(other, 4), await other.state()]).toEqual([losses, state]);
  });

  test('a state that was handed out or in shares no memory with the trainer', async () => {
    const start = startState(firstWeights());
    const trained = await trainer(name, adam, start);
    const handedOut = await trained.state();
    start.parameters.fill(Number.NaN);
    handedOut.parameters.fill(Number.NaN);
    const restored = await trained.state();
    trained.restore(restored);
    restored.parameters.fill(Number.NaN);
    expect((await trained.state()).parameters).toEqual(firstWeights());
  });

  test('evaluate gives the named outputs with their shapes and leaves the state as it is', async () => {
    const trained = await trainer(name);
    await train(trained, 2);
    const before = await trained.state();
    const found = await trained.evaluate(smallBatch(), ['states', 'prediction']);
    expect(Object.keys(found).sort()).toEqual(['prediction', 'states']);
    expect(found.states).toMatchObject({ dtype: 'float32', shape: [6, 5, 3] });
    expect(found.prediction).toMatchObject({ dtype: 'float32', shape: [5, 1] });
    expect(await trained.state()).toEqual(before);
  });

  test('evaluate uses the averaged weights unless others are given', async () => {
    const trained = await trainer(name, averaging);
    await train(trained, 5, 0.1);
    const { average, parameters } = await trained.state();
    const loss = async (...given: [Float32Array?]) =>
      Number((await trained.evaluate(smallBatch(), ['loss'], ...given)).loss?.data[0]);
    expect(await loss()).toBe(await loss(average));
    expect(await loss()).not.toBe(await loss(parameters));
  });

  test('takes batches of other sizes where dimensions are named', async () => {
    const trained = await trainer(name);
    const batch: Tensors = {
      x: { dtype: 'float32', shape: [1, 2, 2], data: Float32Array.of(1, 2, 3, 4) },
      y: { dtype: 'float32', shape: [1, 1], data: Float32Array.of(1) },
    };
    expect(await trained.step(batch, 0.01)).toBeGreaterThan(0);
    expect((await trained.evaluate(batch, ['states'])).states?.shape).toEqual([2, 1, 3]);
  });

  test('refuses an incomplete batch and an output that it does not have', async () => {
    const trained = await trainer(name);
    const { x } = smallBatch();
    await expect(trained.step(x ? { x } : {}, 0.01)).rejects.toThrow(/\by\b/);
    await expect(trained.evaluate(smallBatch(), ['nothing'])).rejects.toThrow();
  });
});

describe('the two engines, one of which differentiates without our gradient rules', () => {
  test('agree in values within 1e-6', async () => {
    const [ours, theirs] = await Promise.all(
      names.map(async (name) =>
        (await trainer(name)).evaluate(smallBatch(), ['loss', 'prediction', 'states']),
      ),
    );
    for (const output of ['loss', 'prediction', 'states']) {
      const [a, b] = [ours?.[output], theirs?.[output]];
      expect(b?.shape).toEqual(a?.shape);
      expect(largestDifference(a ? numbersOf(a) : [], b ? numbersOf(b) : [Number.NaN])).toBeLessThan(1e-6);
    }
  });

  test('agree in the gradient, the first moment after one step over 1 − β₁, within 1e-6', async () => {
    const [ours, theirs] = await Promise.all(
      names.map(async (name) =>
        (await outcome(name, adam, 1)).state.firstMoment.map((moment) => moment / 0.1),
      ),
    );
    expect(Math.max(...(ours ?? []))).toBeGreaterThan(0.01);
    expect(largestDifference(theirs ?? [], ours ?? [Number.NaN])).toBeLessThan(1e-6);
  });

  test.each<[string, Partial<OptimiserSettings>]>([
    ['Adam', {}],
    ['AdamW with weight decay 0.1', { weightDecay: 0.1 }],
    ['Adam with gradients clipped to norm 0.05', { clipNorm: 0.05 }],
    ['Adam with weights averaged by 0.95', { averageDecay: 0.95 }],
    [
      'all of these',
      { weightDecay: 0.1, clipNorm: 0.05, averageDecay: 0.95, firstDecay: 0.8, epsilon: 1e-3 },
    ],
  ])('agree after 50 steps of %s within 2e-6', async (_, changes) => {
    const settings = { ...adam, ...changes };
    const [ours, theirs] = await Promise.all(names.map((name) => outcome(name, settings, 50)));
    const differences = vectors.map((vector) =>
      largestDifference(theirs?.state[vector] ?? [], ours?.state[vector] ?? [Number.NaN]),
    );
    expect(
      Math.max(...differences, largestDifference(theirs?.losses ?? [], ours?.losses ?? [0])),
    ).toBeLessThan(2e-6);
  });

  test.each<[string, Partial<OptimiserSettings>, (typeof vectors)[number]]>([
    ['weight decay', { weightDecay: 0.1 }, 'parameters'],
    ['clipping', { clipNorm: 0.05 }, 'firstMoment'],
    ['averaging', { averageDecay: 0.95 }, 'average'],
  ])('are told apart by that comparison when one leaves out %s', async (_, changes, vector) => {
    const [plain, changed] = await Promise.all(
      [adam, { ...adam, ...changes }].map((settings) => outcome('onnxruntime', settings, 50)),
    );
    expect(largestDifference(plain?.state[vector] ?? [], changed?.state[vector] ?? [])).toBeGreaterThan(1e-3);
  });
});

describe('the tensorflow engine beside TensorFlow.js itself', () => {
  /** The small model's loss, written by hand in TensorFlow.js. */
  async function handWritten(state: OptimiserState, steps: number, rate: number): Promise<Float32Array> {
    const { tf } = await loadTensorflow();
    const { x, y } = smallBatch();
    const features = tf.tensor3d(x?.data as Float32Array, [5, 6, 2]);
    const targets = tf.tensor2d(y?.data as Float32Array, [5, 1]);
    const variable = tf.variable(tf.tensor1d(state.parameters));
    const loss = () => {
      const part = (from: number, rows: number, columns: number) =>
        tf.reshape(tf.slice(variable, [from], [rows * columns]), [rows, columns]);
      let h = tf.zeros([5, 3]);
      for (let step = 0; step < 6; step++) {
        const now = tf.reshape(tf.slice(features, [0, step, 0], [5, 1, 2]), [5, 2]);
        const hidden = tf.tanh(tf.add(tf.matMul(now, part(0, 2, 4)), part(8, 1, 4)));
        const fed = tf.add(tf.matMul(hidden, part(12, 4, 3)), part(24, 1, 3));
        h = tf.tanh(tf.add(fed, tf.matMul(h, part(27, 3, 3))));
      }
      return tf.mean(tf.square(tf.sub(tf.matMul(h, part(36, 3, 1)), targets))).asScalar();
    };
    // Its epsilon stands where ours does, beside the corrected root; its default is 1e-7, not 1e-8.
    const optimizer = tf.train.adam(rate, adam.firstDecay, adam.secondDecay, adam.epsilon);
    for (let i = 0; i < steps; i++) optimizer.minimize(loss);
    return Float32Array.from(variable.dataSync());
  }

  test('follows tf.train.adam on a hand-written model for 200 steps within 2e-5', async () => {
    const start = startState(firstWeights());
    const expected = await handWritten(start, 200, 0.01);
    const trained = await trainer('tensorflow', adam, start);
    for (let i = 0; i < 200; i++) await trained.step(smallBatch(), 0.01);
    const { parameters } = await trained.state();
    expect(largestDifference(parameters, firstWeights())).toBeGreaterThan(0.1);
    expect(largestDifference(parameters, expected)).toBeLessThan(2e-5);
  });

  test('holds as many tensors after ten more steps and evaluations, and none when released', async () => {
    const { tf } = await loadTensorflow();
    const before = tf.memory().numTensors;
    const trained = await trainer('tensorflow', averaging);
    const work = async () => {
      await train(trained, 1);
      await trained.evaluate(smallBatch(), ['loss', 'states']);
      return tf.memory().numTensors;
    };
    const held = await work();
    for (let i = 0; i < 10; i++) expect(await work()).toBe(held);
    await trained.release();
    expect(tf.memory().numTensors).toBe(before);
  });

  test('names what is missing from a batch', async () => {
    const trained = await trainer('tensorflow');
    await expect(trained.step({}, 0.01)).rejects.toThrow(GraphError);
  });
});
