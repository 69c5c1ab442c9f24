import * as g from '../../shared/graph/index.ts';
import type { Tensors, TrainingGraph } from '../../shared/train/index.ts';

/** Sizes of the model below, in the order in which its weights stand in the vector. */
const weights = [
  [2, 4],
  [1, 4],
  [4, 3],
  [1, 3],
  [3, 3],
  [3, 1],
] as const;
const sizes = weights.map(([rows, columns]) => rows * columns);
export const parameterCount = sizes.reduce((sum, size) => sum + size, 0);

/** Numbers that look random and are the same everywhere, in −1..1. */
export const waves = (count: number, frequency: number): Float32Array =>
  Float32Array.from({ length: count }, (_, i) => Math.sin(frequency * (i + 1) ** 1.3));

export const firstWeights = (): Float32Array => waves(parameterCount, 1.1).map((number) => number / 2);

/**
 * A perceptron of two layers at every step, a loop over time on top of it, a mean square error: built from bare
 * operators, with batch and time as named dimensions.
 *
 * in: `x` `[batch, time, 2]`, `y` `[batch, 1]`; out: `prediction` `[batch, 1]`, `states` `[time, batch, 3]`
 */
export function smallModel(): TrainingGraph {
  const scope = g.createScope();
  const parameters = g.input(scope, 'parameters', 'float32', [parameterCount]);
  const x = g.input(scope, 'x', 'float32', ['batch', 'time', 2]);
  const y = g.input(scope, 'y', 'float32', ['batch', 1]);
  const [w1, b1, w2, b2, recurrent, out] = g
    .split(parameters, sizes, 0)
    .map((piece, i) => g.reshape(piece, weights[i] ?? [])) as [
    g.Value,
    g.Value,
    g.Value,
    g.Value,
    g.Value,
    g.Value,
  ];
  const hidden = g.tanh(g.add(g.matmul(g.transpose(x, [1, 0, 2]), w1), b1));
  const features = g.add(g.matmul(hidden, w2), b2); // [time, batch, 3]
  const width = g.constant([3], 'int64');
  const zeros = g.expand(g.constant([0, 0, 0], 'float32', [1, 3]), ['batch', 3], [g.sizeAlong(x, 0), width]);
  const loop = g.scan([zeros], [features], ([h = zeros], [feature = features]) => {
    const next = g.tanh(g.add(feature, g.matmul(h, recurrent)));
    return { states: [next], outputs: [next] };
  });
  const [last = zeros, states = zeros] = [...loop.states, ...loop.outputs];
  const prediction = g.matmul(last, out);
  return {
    parameters,
    decays: Float32Array.from(weights.flatMap(([rows], i) => Array(sizes[i]).fill(rows > 1 ? 1 : 0))),
    inputs: [x, y],
    loss: g.reduceMean(g.square(g.sub(prediction, y))),
    outputs: { prediction, states },
  };
}

/** Five series of six steps; the target is the mean of the first channel. */
export function smallBatch(frequency = 0.7): Tensors {
  const [batch, time] = [5, 6];
  const x = waves(batch * time * 2, frequency);
  const mean = (series: number) =>
    Array.from({ length: time }, (_, step) => Number(x[(series * time + step) * 2])).reduce(
      (sum, item) => sum + item,
    ) / time;
  return {
    x: { dtype: 'float32', shape: [batch, time, 2], data: x },
    y: {
      dtype: 'float32',
      shape: [batch, 1],
      data: Float32Array.from({ length: batch }, (_, series) => mean(series)),
    },
  };
}
