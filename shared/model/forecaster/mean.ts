import { constant, matmul, reduceMean, type Value } from '../../graph/index.ts';
import { knotWeights } from './knots.ts';

/** Points of equal weight at which the distribution is looked at. */
const nodes = Array.from({ length: 64 }, (_, i) => (i + 0.5) / 64);

/**
 * The mean of the distribution that quantiles describe, in the data's units: E y = ∫ back(z(τ)) dτ, with z(τ) straight
 * between the knots in normal scores and going on so beyond the outermost, as a normal tail does.
 *
 * @param z quantiles `[horizon, knot, series]`, rising
 * @param back from z to the data's units
 * @returns `[horizon, 1, series]`
 */
export function meanOf(knots: readonly number[], z: Value, back: (z: Value) => Value): Value {
  const weights = constant(knotWeights(knots, nodes).flat(), 'float64', [nodes.length, knots.length]);
  return reduceMean(back(matmul(weights, z)), [1], true);
}
