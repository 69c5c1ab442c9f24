import {
  concat,
  constant,
  createScope,
  expand,
  input,
  sizeAlong,
  slice,
  squeeze,
  unsqueeze,
  type Value,
  writeOnnx,
} from '../graph/index.ts';
import { version } from '../version/index.ts';
import { cells } from './cells.ts';
import { hasFusedForm, runFused } from './fused.ts';
import { initialNumbers, type LayerStates, runByStep } from './layers.ts';
import { forward, parameterLayout } from './network.ts';
import type { ModelWeights } from './parameters.ts';
import type { NetworkSettings } from './settings.ts';
import { storeWeights } from './stored.ts';

export interface ExportOptions {
  /**
   * Whether the states on entry have the network's own as defaults. Runtimes that cannot feed an input with a
   * default (onnxruntime-node, onnxruntime-web) need `required` to be given states.
   */
  readonly states?: 'optional' | 'required';
}

/**
 * Writes a trained network as an ONNX model that any runtime opens.
 *
 * - in: `input` float32 `[batch, time, input]`; for each state `initial_h` (and `initial_c`) float32
 *   `[layers, batch, units]`, which may be left out unless the states are `given` to this network, and may have
 *   batch size 1 to serve a whole batch
 * - out: `output` `[batch, time, output]` (or `[batch, output]`), `last_h` (and `last_c`) `[layers, batch, units]`
 *
 * Parameters are initializers, already in the form the operators want. Layers run on the fused ONNX operator
 * where the cell has one and on a `Scan` over its step otherwise.
 */
export async function exportNetwork(
  settings: NetworkSettings,
  parameters: Float32Array,
  { states: statesAre = 'optional' }: ExportOptions = {},
): Promise<Uint8Array> {
  const scope = createScope();
  const x = input(scope, 'input', 'float32', ['batch', 'time', settings.inputs]);
  const { weights, packed } = await storeWeights(settings, parameterLayout(settings), parameters);
  const states = cells[settings.cell].states;
  const entries = states.map((state, i) => stateInput(scope, settings, weights, state, i, statesAre));
  const initial = Array.from({ length: settings.layers }, (_, layer) =>
    entries.map((entry) => stateOfLayer(entry, layer, x, settings.units)),
  );
  const runLayer = hasFusedForm(settings.cell) ? runFused((layer) => packed.get(layer)) : runByStep;
  const result = forward(settings, { x, weights, initial }, runLayer);
  const last = states.map((state, i) => [`last_${state}`, stackStates(result.last, i)] as const);
  return writeOnnx({
    inputs: [x, ...entries],
    outputs: { output: result.output, ...Object.fromEntries(last) },
    metadata: metadata(settings),
  });
}

/** A state on entry as an input `[layers, state_batch, units]`, with the network's own as its default. */
function stateInput(
  scope: ReturnType<typeof createScope>,
  settings: NetworkSettings,
  weights: ModelWeights,
  state: string,
  index: number,
  statesAre: 'optional' | 'required',
): Value {
  const { layers, units, initialState } = settings;
  const shape = [layers, 'state_batch', units];
  if (initialState === 'given' || statesAre === 'required')
    return input(scope, `initial_${state}`, 'float32', shape);
  const fixed = initialNumbers(settings);
  const numbers = Array.from({ length: layers }, (_, layer) => {
    const learned = weights[`layer${layer}`]?.[`initial_${state}`]?.source;
    return learned?.kind === 'constant' ? Array.from(learned.data) : Array.from(fixed(layer, index));
  });
  return input(scope, `initial_${state}`, 'float32', shape, numbers.flat());
}

/** One layer's state `[batch, units]`, repeated where one state is given for the whole batch. */
function stateOfLayer(entry: Value, layer: number, x: Value, units: number): Value {
  const one = squeeze(slice(entry, 0, layer, layer + 1), 0); // [state_batch, units]
  return expand(one, ['batch', units], [sizeAlong(x, 0), constant([units], 'int64')]);
}

function stackStates(last: readonly LayerStates[], index: number): Value {
  const states = last.flatMap((layer) => layer.slice(index, index + 1));
  return concat(
    states.map((state) => unsqueeze(state, 0)),
    0,
  );
}

function metadata(settings: NetworkSettings): Record<string, string> {
  return {
    'tidecast.version': version,
    'tidecast.network': JSON.stringify(settings),
    'tidecast.input': `[batch, time, ${settings.inputs}]`,
    'tidecast.output':
      settings.readout === 'every' ? `[batch, time, ${settings.outputs}]` : `[batch, ${settings.outputs}]`,
  };
}
