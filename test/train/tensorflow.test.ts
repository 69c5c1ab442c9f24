import { spawnSync } from 'node:child_process';
import * as g from '../../shared/graph/index.ts';
import { loadTensorflow } from '../../shared/train/engines/tensorflow/load.ts';
import {
  adam,
  type Engine,
  EngineUnavailableError,
  onnxruntimeEngine,
  startState,
  tensorflowEngine,
  UnsupportedOperatorError,
} from '../../shared/train/index.ts';
import { largestDifference } from '../support/compare.ts';
import { waves } from '../support/training.ts';

/**
 * x `[3, 4]`, depends on the parameters; `index` int64 `[3, 4]` in −3..2; `batch` float32 `[batch, 4]`, of which
 * some are NaN. All sizes of `batch` are known only when the graph runs.
 */
type Build = (x: g.Value, index: g.Value, batch: g.Value) => g.Value;
const start = waves(12, 1.7).map((number) => 2 * number);
const indices = [0, 1, 2, -1, -2, -3, 2, 1, 0, 0, 0, 1];
const fed = {
  index: g.tensor('int64', [3, 4], indices),
  batch: g.tensor('float32', [2, 4], [1, Number.NaN, -2, 0.5, Number.NaN, 0.3, 0.7, -0.1]),
};

/** Value and gradient of Σ w·f(x) on an engine, with fixed weights w. */
async function measure(engine: Engine, build: Build) {
  const scope = g.createScope();
  const parameters = g.input(scope, 'parameters', 'float32', [12]);
  const index = g.input(scope, 'index', 'int64', [3, 4]);
  const batch = g.input(scope, 'batch', 'float32', ['batch', 4]);
  const x = g.reshape(parameters, [3, 4]);
  const made = build(x, index, batch);
  const result = g.cast(made, 'float32');
  const weight = g.cos(g.mul(result, 1.3)); // a smooth function, so that all elements count differently
  const anchor = g.mul(g.reduceSum(x), 0.5); // some operators pass no gradient; the loss must depend on x
  const loss = g.add(g.reduceSum(g.mul(result, weight)), anchor);
  const graph = { parameters, decays: new Float32Array(12), inputs: [index, batch], loss, outputs: { made } };
  const trainer = await engine.createTrainer(graph, adam, startState(start));
  await trainer.step(fed, 0.01);
  const { firstMoment } = await trainer.state();
  const { made: found } = await trainer.evaluate(fed, ['made'], start);
  await trainer.release();
  return { found, gradient: firstMoment.map((moment) => moment / (1 - adam.firstDecay)) };
}

const half = (x: g.Value) => g.slice(x, 1, 0, 2);
const positive = (x: g.Value) => g.add(g.square(x), 0.5);

const cases: readonly (readonly [string, Build])[] = [
  ['Neg, Abs, Sign', (x) => g.sub(g.abs(x), g.mul(g.neg(x), g.sign(x)))],
  ['Exp, Log, Sqrt', (x) => g.add(g.exp(x), g.log(g.sqrt(positive(x))))],
  ['Sin, Cos', (x) => g.mul(g.sin(x), g.cos(x))],
  ['Relu, Sigmoid, Tanh', (x) => g.add(g.relu(x), g.mul(g.sigmoid(x), g.tanh(x)))],
  ['Floor', g.floor],
  ['Identity, which stops the gradient', (x) => g.mul(g.stopGradient(x), x)],
  ['Round, halves to even', () => g.round(g.constant([0.5, 1.5, -0.5, -2.5]))],
  ['Max, Min', (x) => g.sub(g.max(x, g.gather(x, [3, 2, 1, 0], 1)), g.min(x, 0.3))],
  ['Pow', (x) => g.pow(positive(x), g.mul(x, 0.7))],
  ['Div, broadcasting both ways', (x) => g.div(g.slice(x, 0, 0, 1), positive(g.slice(x, 1, 1, 2)))],
  ['Div of integers, towards zero', (_, index) => g.div(g.mul(index, 5), 3)],
  ['Mod, with the sign of the divisor', (_, index) => g.mod(index, 2)],
  ['Add, Sub, Mul of integers', (_, index) => g.sub(g.mul(index, index), g.add(index, 7))],
  [
    'Less, Greater, Equal, And, Or, Not',
    (x) => g.or(g.and(g.less(x, 0.5), g.not(g.greater(x, -0.5))), g.equal(x, x)),
  ],
  [
    'IsNaN, Where: what is missing has no influence',
    (x, _, b) => g.where(g.isMissing(b), g.slice(x, 0, 0, 1), b),
  ],
  ['Where with a condition on the parameters', (x) => g.where(g.greater(x, 0), g.square(x), 0.1)],
  ['Where, broadcasting a branch', (x) => g.where(g.greater(x, 0), g.slice(x, 1, 2, 3), x)],
  ['Cast to int64, cutting off the fraction', (x) => g.cast(x, 'int64')],
  ['Cast to bool and back', (x) => g.cast(g.cast(x, 'bool'), 'float32')],
  ['Cast to float64 and back', (x) => g.cast(g.mul(g.cast(x, 'float64'), 3), 'float32')],
  ['Gemm', (x) => g.gemm(x, g.tanh(x), false, true)],
  ['Gemm, transposed on the left', (x) => g.gemm(x, g.tanh(x), true)],
  [
    'MatMul, sequence by matrix',
    (x) => g.matmul(g.reshape(x, [2, 3, 2]), g.reshape(half(g.slice(x, 0, 0, 2)), [2, 2])),
  ],
  ['MatMul, broadcast on the left', (x) => g.matmul(half(x), g.reshape(x, [3, 2, 2]))],
  [
    'MatMul, broadcast on both sides',
    (x) => g.matmul(g.reshape(x, [3, 1, 2, 2]), g.reshape(x, [1, 3, 2, 2])),
  ],
  ['ReduceSum, ReduceMean', (x) => g.add(g.reduceSum(x, [1], true), g.reduceMean(x, [0]))],
  ['ReduceMax, ReduceMin', (x) => g.sub(g.reduceMax(x, [0]), g.reduceMin(g.square(x), [0]))],
  ['ArgMin, ArgMax', (x) => g.concat([g.argMin(x, 1), g.argMax(x, 1)], 1)],
  ['CumSum along the last axis, from the end', (x) => g.cumSum(x, 1, true)],
  ['CumSum along the first axis', (x) => g.cumSum(g.square(x), 0)],
  ['Softmax along the first and the last axis', (x) => g.add(g.softmax(x, 0), g.softmax(x, 1))],
  [
    'Transpose, Reshape with a named size',
    (x, _, b) => g.reshape(g.transpose(g.add(g.where(g.isMissing(b), 0, b), g.slice(x, 0, 0, 1))), ['n']),
  ],
  ['Unsqueeze, Squeeze', (x) => g.squeeze(g.unsqueeze(g.sin(x), 1), 1)],
  [
    'Shape, Concat, Expand to a named size',
    (x, _, b) => g.expand(g.slice(x, 0, 1, 2), ['batch', 4], [g.sizeAlong(b, 0), g.constant([4], 'int64')]),
  ],
  ['Expand of integers', (x, index) => g.expandLike(g.slice(index, 0, 0, 1), x)],
  ['Expand of truths', (x, index) => g.cast(g.expandLike(g.less(g.slice(index, 0, 1, 2), 0), x), 'float32')],
  ['Concat', (x) => g.concat([x, g.square(x)], 1)],
  ['Split', (x) => g.mul(...(g.split(x, [2, 2], 1) as [g.Value, g.Value]))],
  ['Slice from the end', (x) => g.concat([g.slice(x, 1, 1), g.slice(x, 1, 1, -1)], 1)],
  [
    'Slice backwards and in strides, of fixed numbers',
    () =>
      g.add(
        g.slice(g.constant([1, 2, 3, 4, 5]), 0, -1, undefined, -2),
        g.reverse(g.slice(g.constant([1, 2, 3, 4, 5]), 0, 0, undefined, 2), 0),
      ),
  ],
  ['Pad', (x) => g.pad(x, 1, 1, 2, 0.25)],
  ['Gather, with repeated and negative indices', (x) => g.gather(x, [1, -1, 1], 0)],
  [
    'GatherElements along either axis',
    (x, index) => g.add(g.gatherElements(x, index, 0), g.gatherElements(x, index, 1)),
  ],
  [
    'GatherElements beside missing values',
    (x, _, b) => {
      const picked = g.gatherElements(b, g.constant([0, 0, 1, 1, 1, 1, 0, 0], 'int64', [2, 4]), 0);
      return g.where(g.isMissing(picked), g.slice(x, 0, 0, 1), picked);
    },
  ],
  ['ScatterElements, adding up', (x, index) => g.scatterAdd(g.square(x), index, g.sin(x), 0)],
  ['TopK and GatherElements: sort along either axis', (x) => g.add(g.sort(x, 0), g.sort(x, 1))],
  ['Range', (_, __, b) => g.range(g.sizeAlong(b, 0), 'batch')],
  [
    'a loop backwards over time',
    (x) =>
      g.concat(
        g
          .scan(
            [g.slice(x, 0, 0, 1)],
            [g.reshape(x, [3, 1, 4])],
            ([h = x], [step = x]) => {
              const next = g.tanh(g.add(h, g.mul(step, g.slice(x, 0, 2, 3))));
              return { states: [next], outputs: [next] };
            },
            true,
          )
          .outputs.map((all) => g.reshape(all, [3, 4])),
        0,
      ),
  ],
  [
    'a loop in a loop',
    (x) =>
      g.scan([g.slice(x, 0, 0, 1)], [g.reshape(x, [3, 1, 4])], ([h = x], [step = x]) => {
        const inner = g.scan([h], [g.concat([step, h], 0)], ([k = x], [row = x]) => ({
          states: [g.tanh(g.add(g.mul(k, step), row))],
          outputs: [],
        }));
        return { states: inner.states, outputs: [] };
      }).states[0] ?? x,
  ],
];

test.each(cases)('%s: value and gradient are ONNX Runtime’s within 2e-5', async (_, build) => {
  const [ours, theirs] = [
    await measure(onnxruntimeEngine(), build),
    await measure(tensorflowEngine(), build),
  ];
  const numbers = (tensor: g.Tensor | undefined) => (tensor ? g.numbersOf(tensor) : []);
  expect(numbers(ours.found).length).toBeGreaterThan(0);
  expect([theirs.found?.dtype, theirs.found?.shape]).toEqual([
    ours.found?.dtype,
    [...(ours.found?.shape ?? [])],
  ]);
  expect(largestDifference(numbers(theirs.found), numbers(ours.found))).toBeLessThan(2e-5);
  expect(largestDifference(theirs.gradient, ours.gradient)).toBeLessThan(2e-5);
});

describe('what the tensorflow engine refuses', () => {
  const trainerOf = (loss: g.Value, parameters: g.Value, inputs: readonly g.Value[] = []) =>
    tensorflowEngine().createTrainer(
      { parameters, decays: new Float32Array(12), inputs, loss, outputs: {} },
      adam,
      startState(start),
    );

  test('an operator that it does not have is named before training starts', async () => {
    const parameters = g.input(g.createScope(), 'parameters', 'float32', [12]);
    const x = g.reshape(g.slice(parameters, 0, 0, 2), [2, 1, 1]);
    const weight = g.reshape(g.slice(parameters, 0, 2, 3), [1, 1]);
    const weights = { input: weight, recurrent: weight, bias: g.slice(parameters, 0, 3, 5) };
    const { hidden } = g.fusedRnn(x, weights, [weight], 'Tanh');
    const attempt = trainerOf(g.reduceSum(hidden), parameters);
    await expect(attempt).rejects.toThrow(UnsupportedOperatorError);
    await expect(attempt).rejects.toMatchObject({ code: 'ENGINE_OPERATOR', complaint: { received: 'RNN' } });
  });

  test('an int64 beyond 32 bits is not cut down in silence', async () => {
    const scope = g.createScope();
    const parameters = g.input(scope, 'parameters', 'float32', [12]);
    const period = g.input(scope, 'period', 'int64', [1]);
    const loss = g.reduceSum(g.mul(parameters, g.cast(period, 'float32')));
    const trainer = await trainerOf(loss, parameters, [period]);
    const feed = (number: number) => trainer.step({ period: g.tensor('int64', [1], [number]) }, 0.01);
    await expect(feed(2 ** 31)).rejects.toThrow(/2147483648/);
    await expect(feed(2 ** 31 - 1)).resolves.toEqual(expect.any(Number));
  });
});

describe('loading TensorFlow.js', () => {
  const absent = (name: string) => Promise.reject(new Error(`Cannot find package '${name}'`));

  test('where neither package loads, the error says so and names both', async () => {
    const attempt = loadTensorflow(absent);
    await expect(attempt).rejects.toThrow(EngineUnavailableError);
    await expect(attempt).rejects.toMatchObject({ code: 'ENGINE_UNAVAILABLE' });
    await expect(attempt).rejects.toThrow(/@tensorflow\/tfjs-node: Cannot.*@tensorflow\/tfjs: Cannot/);
  });

  test('tfjs-node without its native addon counts as absent', async () => {
    const load = (name: string) => (name.endsWith('-node') ? absent(name) : import(name));
    expect((await loadTensorflow(load)).description).toMatch(/^@tensorflow\/tfjs \d.*\(plain JavaScript\)$/);
  });

  test('tfjs-node that loads and then fails at its first operator counts as absent', async () => {
    const { tf } = await loadTensorflow();
    const fail = () => {
      throw new TypeError('isNullOrUndefined is not a function');
    };
    const broken = { ...tf, setBackend: async () => true, grad: fail };
    const load = (name: string) => (name.endsWith('-node') ? Promise.resolve(broken) : import(name));
    expect((await loadTensorflow(load)).description).toMatch(/plain JavaScript/);
  });

  test('happens when the engine is used, not when it is imported, and writes nothing to the console', () => {
    const script = `
      const { tensorflowEngine } = await import('./shared/train/index.ts');
      const loaded = () => '_tfengine' in globalThis;
      const before = loaded();
      await tensorflowEngine().describe();
      process.stdout.write(JSON.stringify([before, loaded()]));`;
    const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
    const { stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    expect({ stdout, stderr }).toEqual({ stdout: '[false,true]', stderr: '' });
  });

  test('leaves the choice of production mode as it was', async () => {
    const { tf } = await loadTensorflow();
    expect(tf.env().getBool('PROD')).toBe(false);
  });
});
