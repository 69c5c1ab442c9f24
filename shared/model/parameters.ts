import { reshape, split, type Value } from '../graph/index.ts';
import { createRandom } from '../random/index.ts';
import type { WeightSpec, Weights } from './cells.ts';

/** A weight to be placed: how far it starts from zero, and whether it is decayed. */
export interface Placement extends WeightSpec {
  /** The part of the model it belongs to, e.g. `layer0` or `readout`. */
  readonly part: string;
  /** Half-width of the uniform distribution it starts from. */
  readonly range: number;
}

/** A weight at its place in the parameter vector. */
export interface Parameter extends Placement {
  readonly offset: number;
  readonly size: number;
  /** Whether weight decay applies: to matrices, not to states and biases of their own. */
  readonly decays: boolean;
}

/** Places weights one after the other in one vector. */
export function layOut(placements: readonly Placement[]): readonly Parameter[] {
  let offset = 0;
  return placements.map((placement) => {
    const [rows, columns] = placement.shape;
    const parameter = { ...placement, offset, size: rows * columns, decays: rows > 1 };
    offset += parameter.size;
    return parameter;
  });
}

export const countParameters = (layout: readonly Parameter[]): number =>
  layout.reduce((sum, { size }) => sum + size, 0);

/** First weights from a seed, uniform within each one's range. */
export function drawParameters(layout: readonly Parameter[], seed: number): Float32Array {
  const random = createRandom(seed);
  const numbers = new Float32Array(countParameters(layout));
  for (const { offset, size, range } of layout) {
    for (let i = offset; i < offset + size; i++) numbers[i] = range * (2 * random.uniform() - 1);
  }
  return numbers;
}

/** 1 for each number that weight decay applies to, else 0. */
export function decaysOf(layout: readonly Parameter[]): Float32Array {
  const mask = new Float32Array(countParameters(layout));
  for (const { offset, size, decays } of layout) mask.fill(decays ? 1 : 0, offset, offset + size);
  return mask;
}

/** The weights as values, by part and name. */
export type ModelWeights = Readonly<Record<string, Weights>>;

/** Cuts the parameter vector `[parameter]` into the weights. */
export function cutParameters(layout: readonly Parameter[], vector: Value): ModelWeights {
  const pieces = split(
    vector,
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
