import { readFileSync } from 'node:fs';
import {
  concat,
  constant,
  createScope,
  expand,
  type FusedWeights,
  input,
  openSession,
  sizeAlong,
  slice,
  squeeze,
  type Tensor,
  unsqueeze,
  type Value,
  writeOnnx,
} from '../graph/index.ts';
import { cells, type Weights } from './cells.ts';
import { fusedWeights, hasFusedForm, runFused } from './fused.ts';
import { initialNumbers, type LayerStates, runByStep } from './layers.ts';
import { forward, parameterCount, weightsOf } from './network.ts';
import type { ModelWeights } from './parameters.ts';
import type { NetworkSettings } from './settings.ts';

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
  const { weights, packed } = await storedWeights(settings, parameters);
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

/** The weights as named constants, by running the graph that cuts and stacks them once. */
async function storedWeights(settings: NetworkSettings, parameters: Float32Array) {
  const scope = createScope();
  const vector = input(scope, 'parameters', 'float32', [parameterCount(settings)]);
  const outputs: Record<string, Value> = {};
  for (const [part, weights] of Object.entries(weightsOf(settings, vector))) {
    const fused = part === 'readout' ? null : fusedWeights(settings.cell, weights);
    const kept = fused
      ? Object.entries(weights).filter(([name]) => name.startsWith('initial_'))
      : Object.entries(weights);
    for (const [name, value] of kept) outputs[`${part}.${name}`] = value;
    if (fused) for (const [name, value] of Object.entries(fused)) outputs[`${part}.fused.${name}`] = value;
  }
  const session = await openSession({ inputs: [vector], outputs });
  const numbers = await session.run({
    parameters: { dtype: 'float32', shape: [parameters.length], data: parameters },
  });
  await session.release();
  return sortWeights(numbers);
}

function sortWeights(numbers: Readonly<Record<string, Tensor>>) {
  const weights: Record<string, Record<string, Value>> = {};
  const fused: Record<string, Record<string, Value>> = {};
  for (const [path, { data, shape }] of Object.entries(numbers)) {
    const [part = '', kind = '', name] = path.split('.');
    const value = constant(data as Float32Array, 'float32', shape, path);
    weights[part] ??= {};
    if (name === undefined) weights[part][kind] = value;
    else fused[part] = { ...fused[part], [name]: value };
  }
  const packed = new Map<Weights, FusedWeights>();
  for (const [part, { input: w, recurrent, bias }] of Object.entries(fused)) {
    const layer = weights[part];
    if (layer && w && recurrent && bias) packed.set(layer, { input: w, recurrent, bias });
  }
  return { weights: weights as ModelWeights, packed };
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

const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string;
};

function metadata(settings: NetworkSettings): Record<string, string> {
  return {
    'tidecast.version': version,
    'tidecast.network': JSON.stringify(settings),
    'tidecast.input': `[batch, time, ${settings.inputs}]`,
    'tidecast.output':
      settings.readout === 'every' ? `[batch, time, ${settings.outputs}]` : `[batch, ${settings.outputs}]`,
  };
}
