import * as g from '../../../shared/graph/index.ts';

/**
 * x `[3, 4]`, depends on the parameters; `index` int64 `[3, 4]` in −3..2; `batch` float32 `[batch, 4]`, of which
 * some are NaN. All sizes of `batch` are known only when the graph runs.
 */
export type Build = (x: g.Value, index: g.Value, batch: g.Value) => g.Value;

const half = (x: g.Value) => g.slice(x, 1, 0, 2);
const positive = (x: g.Value) => g.add(g.square(x), 0.5);

/** Every operator that training graphs may have, in each of its forms. */
export const cases: readonly (readonly [string, Build])[] = [
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
