import {
  constant,
  createScope,
  type FusedWeights,
  input,
  openSession,
  type Tensor,
  type Value,
} from '../graph/index.ts';
import type { Weights } from './cells.ts';
import { fusedWeights } from './fused.ts';
import type { LayerSettings } from './layers.ts';
import { cutParameters, type ModelWeights, type Parameter } from './parameters.ts';

export interface StoredWeights {
  readonly weights: ModelWeights;
  /** A layer's weights as its fused operator wants them, where the cell has one. */
  readonly packed: ReadonlyMap<Weights, FusedWeights>;
}

/**
 * Trained weights as named constants for an exported file, by running the graph that cuts and stacks them once.
 *
 * @param prefix stands before each name, to tell the members of an ensemble apart
 */
export async function storeWeights(
  settings: LayerSettings,
  layout: readonly Parameter[],
  parameters: Float32Array,
  prefix = '',
): Promise<StoredWeights> {
  const scope = createScope();
  const vector = input(scope, 'parameters', 'float32', [parameters.length]);
  const outputs: Record<string, Value> = {};
  for (const [part, weights] of Object.entries(cutParameters(layout, vector))) {
    const fused = part.startsWith('layer') ? fusedWeights(settings.cell, weights) : null;
    const kept = Object.entries(weights).filter(([name]) => !fused || name.startsWith('initial_'));
    for (const [name, value] of kept) outputs[`${part}.${name}`] = value;
    if (fused) for (const [name, value] of Object.entries(fused)) outputs[`${part}.fused.${name}`] = value;
  }
  const session = await openSession({ inputs: [vector], outputs });
  const numbers = await session.run({
    parameters: { dtype: 'float32', shape: [parameters.length], data: parameters },
  });
  await session.release();
  return sortWeights(numbers, prefix);
}

function sortWeights(numbers: Readonly<Record<string, Tensor>>, prefix: string): StoredWeights {
  const weights: Record<string, Record<string, Value>> = {};
  const fused: Record<string, Record<string, Value>> = {};
  for (const [path, { data, shape }] of Object.entries(numbers)) {
    const [part = '', kind = '', name] = path.split('.');
    const value = constant(data as Float32Array, 'float32', shape, `${prefix}${path}`);
    weights[part] ??= {};
    if (name === undefined) weights[part][kind] = value;
    else fused[part] = { ...fused[part], [name]: value };
  }
  const packed = new Map<Weights, FusedWeights>();
  for (const [part, { input: w, recurrent, bias }] of Object.entries(fused)) {
    const layer = weights[part];
    if (layer && w && recurrent && bias) packed.set(layer, { input: w, recurrent, bias });
  }
  return { weights, packed };
}
