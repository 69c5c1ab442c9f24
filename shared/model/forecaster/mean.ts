import { constant, matmul, reduceMean, type Value } from '../../graph/index.ts';
import { normalQuantile } from '../../random/index.ts';

/** Points of equal weight at which the distribution is looked at. */
const nodes = 64;

/**
 * The mean of the distribution that quantiles describe, in the data's units: E y = ∫ back(z(τ)) dτ, with z(τ) straight
 * between the levels in normal scores and going on so beyond the outermost, as a normal tail does.
 *
 * @param z quantiles `[horizon, level, series]`, rising
 * @param back from z to the data's units
 * @returns `[horizon, 1, series]`
 */
export function meanOf(levels: readonly number[], z: Value, back: (z: Value) => Value): Value {
  const weights = constant(nodeWeights(levels).flat(), 'float64', [nodes, levels.length]);
  return reduceMean(back(matmul(weights, z)), [1], true);
}

/** For each node, how much of each level's quantile lies there; rows add up to 1. */
function nodeWeights(levels: readonly number[]): readonly (readonly number[])[] {
  const scores = levels.map(normalQuantile);
  return Array.from({ length: nodes }, (_, i) => {
    const score = normalQuantile((i + 0.5) / nodes);
    const row = levels.map(() => 0);
    if (levels.length === 1) return [1];
    const above = scores.findIndex((one) => one >= score);
    const upper = Math.min(Math.max(above < 0 ? levels.length - 1 : above, 1), levels.length - 1);
    const [from, to] = [scores[upper - 1] ?? 0, scores[upper] ?? 1];
    const share = (score - from) / (to - from);
    row[upper - 1] = 1 - share;
    row[upper] = share;
    return row;
  });
}
