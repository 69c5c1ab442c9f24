import {
  add,
  concat,
  constant,
  expand,
  expandLike,
  matmul,
  mul,
  reshape,
  scalar,
  scan,
  sizeAlong,
  slice,
  split,
  transpose,
  type Value,
} from '../graph/index.ts';
import { createRandom } from '../random/index.ts';
import { type Cell, cells, type WeightSpec, type Weights } from './cells.ts';
import type { NetworkSettings } from './settings.ts';

/** A weight of the whole network, at its place in the parameter vector. */
export interface Parameter extends WeightSpec {
  /** `layer0`, `layer1`, … or `readout`. */
  readonly part: string;
  readonly offset: number;
  readonly size: number;
  /** Half-width of the uniform distribution it starts from. */
  readonly range: number;
  /** Whether weight decay applies: to matrices, not to states and biases of their own. */
  readonly decays: boolean;
}

const partOfLayer = (layer: number): string => `layer${layer}`;

/** The places of all trainable numbers in one vector: layer by layer, then the read-out. */
export function parameterLayout(settings: NetworkSettings): readonly Parameter[] {
  const { units, outputs, layers } = settings;
  const cell: Cell = cells[settings.cell];
  const range = 1 / Math.sqrt(units);
  const parameters: Parameter[] = [];
  const place = (part: string, { name, shape }: WeightSpec, spread: number) => {
    const last = parameters.at(-1);
    const offset = last ? last.offset + last.size : 0;
    parameters.push({
      part,
      name,
      shape,
      offset,
      size: shape[0] * shape[1],
      range: spread,
      decays: shape[0] > 1,
    });
  };
  for (let layer = 0; layer < layers; layer++) {
    const width = layer === 0 ? settings.inputs : units;
    for (const spec of cell.weights(width, units)) place(partOfLayer(layer), spec, range);
    if (settings.initialState === 'learned') {
      for (const state of cell.states)
        place(partOfLayer(layer), { name: `initial_${state}`, shape: [1, units] }, 0);
    }
  }
  place('readout', { name: 'weight', shape: [units, outputs] }, range);
  place('readout', { name: 'bias', shape: [1, outputs] }, range);
  return parameters;
}

/** How many numbers the network trains. */
export function parameterCount(settings: NetworkSettings): number {
  return parameterLayout(settings).reduce((sum, { size }) => sum + size, 0);
}

/** First weights, uniform in ±1/√units from the settings' seed; learned initial states start at zero. */
export function initialParameters(settings: NetworkSettings): Float32Array {
  const random = createRandom(settings.seed);
  const numbers = new Float32Array(parameterCount(settings));
  for (const { offset, size, range } of parameterLayout(settings)) {
    for (let i = offset; i < offset + size; i++) numbers[i] = range * (2 * random.uniform() - 1);
  }
  return numbers;
}

/** 1 for each number that weight decay applies to, else 0. */
export function decayMask(settings: NetworkSettings): Float32Array {
  const mask = new Float32Array(parameterCount(settings));
  for (const { offset, size, decays } of parameterLayout(settings))
    mask.fill(decays ? 1 : 0, offset, offset + size);
  return mask;
}

/** The weights as values, by part and name. */
export type NetworkWeights = Readonly<Record<string, Weights>>;

/** Cuts the parameter vector `[parameter]` into the weights. */
export function weightsOf(settings: NetworkSettings, parameters: Value): NetworkWeights {
  const layout = parameterLayout(settings);
  const pieces = split(
    parameters,
    layout.map(({ size }) => size),
    0,
  );
  const weights: Record<string, Record<string, Value>> = {};
  layout.forEach(({ part, name, shape }, i) => {
    const piece = pieces[i];
    weights[part] ??= {};
    if (piece) weights[part][name] = reshape(piece, shape);
  });
  return weights;
}

/** A state for each of the cell's states, `[batch, units]`. */
export type LayerStates = readonly Value[];

/** How one layer runs over time: by its step, or by a fused operator that does the same. */
export type RunLayer = (
  settings: NetworkSettings,
  weights: Weights,
  /** `[time, batch, input]` */
  x: Value,
  initial: LayerStates,
) => { readonly hidden: Value; readonly last: LayerStates };

/** Runs the cell's step in a loop over time. */
export const runByStep: RunLayer = (settings, weights, x, initial) => {
  const cell: Cell = cells[settings.cell];
  const one = expandLike(scalar(1, x.dtype), slice(x, 2, 0, 1));
  const loop = scan(initial, [concat([x, one], 2)], (states, [step]) => {
    if (!step) throw new TypeError('one sequence was passed');
    const next = cell.step(weights, step, states, settings.activations);
    return { states: next, outputs: next.slice(0, 1) };
  });
  const [hidden] = loop.outputs;
  if (!hidden) throw new TypeError('the hidden state is stacked');
  return { hidden, last: loop.states };
};

export interface NetworkInputs {
  /** `[batch, time, input]` */
  readonly x: Value;
  readonly weights: NetworkWeights;
  /** States on entry, by layer; needed where the settings say `given`, and an override elsewhere. */
  readonly initial?: readonly LayerStates[];
  /** For each layer `[batch, units]`: 0 where an output is dropped, 1/(1 − dropout) elsewhere. */
  readonly masks?: readonly Value[];
}

export interface NetworkResult {
  /** `[batch, time, output]`, or `[batch, output]` where only the last step is read out. */
  readonly output: Value;
  /** The states after the last step, by layer. */
  readonly last: readonly LayerStates[];
}

/** The network as a graph: layers over time, then the read-out y_t = W_yo h_t + b_y. */
export function forward(
  settings: NetworkSettings,
  inputs: NetworkInputs,
  runLayer: RunLayer = runByStep,
): NetworkResult {
  let sequence = transpose(inputs.x, [1, 0, 2]); // [time, batch, input]
  let end = sequence;
  const last: LayerStates[] = [];
  for (let layer = 0; layer < settings.layers; layer++) {
    const weights = inputs.weights[partOfLayer(layer)] ?? {};
    const initial = inputs.initial?.[layer] ?? initialStates(settings, weights, layer, inputs.x);
    const run = runLayer(settings, weights, sequence, initial);
    const mask = inputs.masks?.[layer];
    const drop = (value: Value) => (mask ? mul(value, mask) : value);
    sequence = drop(run.hidden); // [time, batch, units]
    end = drop(run.last[0] ?? run.hidden); // [batch, units]
    last.push(run.last);
  }
  const every = settings.readout === 'every';
  const output = readOut(inputs.weights, every ? sequence : end);
  return { output: every ? transpose(output, [1, 0, 2]) : output, last };
}

/** y = W_yo h + b_y, for one step `[batch, units]` or for all `[time, batch, units]`. */
function readOut(weights: NetworkWeights, hidden: Value): Value {
  const { weight, bias } = weights.readout ?? {};
  if (!weight || !bias) throw new TypeError('the network has a read-out');
  return add(matmul(hidden, weight), bias);
}

/** The states on entry that the settings ask for, `[batch, units]` each. */
function initialStates(settings: NetworkSettings, weights: Weights, layer: number, x: Value): LayerStates {
  const { units } = settings;
  const batch = x.shape[0] ?? 1;
  const fixed = initialNumbers(settings);
  return cells[settings.cell].states.map((state, i) => {
    const one = weights[`initial_${state}`] ?? constant(fixed(layer, i), x.dtype, [1, units]);
    return expand(one, [batch, units], [sizeAlong(x, 0), constant([units], 'int64')]);
  });
}

/** The states on entry that are known beforehand: zeros, or standard normal numbers from the seed. */
export function initialNumbers(settings: NetworkSettings): (layer: number, state: number) => Float32Array {
  const { units, initialState, seed } = settings;
  if (initialState !== 'random') return () => new Float32Array(units);
  return (layer, state) => {
    const random = createRandom(seed + 7919 * (1 + 2 * layer + state));
    return Float32Array.from({ length: units }, () => random.normal());
  };
}
