import {
  concat,
  constant,
  expand,
  expandLike,
  mul,
  scalar,
  scan,
  sizeAlong,
  slice,
  type Value,
} from '../graph/index.ts';
import { createRandom } from '../random/index.ts';
import { type Cell, type CellActivations, type CellName, cells, type Weights } from './cells.ts';
import type { ModelWeights, Placement } from './parameters.ts';
import type { InitialState } from './settings.ts';

/** Recurrent layers stacked on one another. */
export interface LayerSettings {
  readonly cell: CellName;
  readonly inputs: number;
  readonly units: number;
  readonly layers: number;
  readonly activations: CellActivations;
  readonly initialState: InitialState;
  readonly seed: number;
}

const partOf = (layer: number): string => `layer${layer}`;

/** The weights of the layers, with learned states where the settings ask for them. */
export function layerPlacements(settings: LayerSettings): readonly Placement[] {
  const cell: Cell = cells[settings.cell];
  const { units, layers } = settings;
  const range = 1 / Math.sqrt(units);
  return Array.from({ length: layers }, (_, layer) => {
    const weights = cell.weights(layer === 0 ? settings.inputs : units, units);
    const states = settings.initialState === 'learned' ? cell.states : [];
    return [
      ...weights.map((spec) => ({ ...spec, part: partOf(layer), range })),
      ...states.map((state) => ({
        name: `initial_${state}`,
        shape: [1, units] as const,
        part: partOf(layer),
        range: 0,
      })),
    ];
  }).flat();
}

/** A state for each of the cell's states, `[batch, units]`. */
export type LayerStates = readonly Value[];

/** How one layer runs over time: by its step, or by a fused operator that does the same. */
export type RunLayer = (
  settings: LayerSettings,
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

export interface LayersInput {
  /** `[time, batch, input]` */
  readonly sequence: Value;
  readonly weights: ModelWeights;
  /** States on entry, by layer; needed where the settings say `given`, and an override elsewhere. */
  readonly initial?: readonly LayerStates[];
  /** For each layer `[batch, units]`: 0 where an output is dropped, 1/(1 − dropout) elsewhere. */
  readonly masks?: readonly Value[];
}

export interface LayersResult {
  /** The top layer's outputs, `[time, batch, units]`. */
  readonly hidden: Value;
  /** The top layer's output at the last step, `[batch, units]`. */
  readonly end: Value;
  /** The states after the last step, by layer. */
  readonly last: readonly LayerStates[];
}

/** Runs the layers over time, each on the outputs of the one below. */
export function runLayers(settings: LayerSettings, input: LayersInput, runLayer: RunLayer): LayersResult {
  let hidden = input.sequence;
  let end = hidden;
  const last: LayerStates[] = [];
  for (let layer = 0; layer < settings.layers; layer++) {
    const weights = input.weights[partOf(layer)] ?? {};
    const initial = input.initial?.[layer] ?? statesOnEntry(settings, weights, layer, input.sequence);
    const run = runLayer(settings, weights, hidden, initial);
    const mask = input.masks?.[layer];
    const drop = (value: Value) => (mask ? mul(value, mask) : value);
    hidden = drop(run.hidden);
    end = drop(run.last[0] ?? run.hidden);
    last.push(run.last);
  }
  return { hidden, end, last };
}

/** The states on entry that the settings ask for, `[batch, units]` each. */
function statesOnEntry(
  settings: LayerSettings,
  weights: Weights,
  layer: number,
  sequence: Value,
): LayerStates {
  const { units } = settings;
  const fixed = initialNumbers(settings);
  return cells[settings.cell].states.map((state, i) => {
    const one = weights[`initial_${state}`] ?? constant(fixed(layer, i), sequence.dtype, [1, units]);
    const sizes = [sizeAlong(sequence, 1), constant([units], 'int64')];
    return expand(one, [sequence.shape[1] ?? 1, units], sizes);
  });
}

/** The states on entry that are known beforehand: zeros, or standard normal numbers from the seed. */
export function initialNumbers(
  settings: Pick<LayerSettings, 'units' | 'initialState' | 'seed'>,
): (layer: number, state: number) => Float32Array {
  const { units, initialState, seed } = settings;
  if (initialState !== 'random') return () => new Float32Array(units);
  return (layer, state) => {
    const random = createRandom(seed + 7919 * (1 + 2 * layer + state));
    return Float32Array.from({ length: units }, () => random.normal());
  };
}
