import { normalQuantile } from '../../random/index.ts';

/** More levels than these are read between the knots: a network's read-out grows with each. */
const mostKnots = 5;
/** The levels besides the median and the outermost that a network learns, or the nearest asked for. */
const shoulders = [0.1, 0.9];

/**
 * The quantile levels that networks learn, among those that are served: all of a few, else the outermost, the median
 * and the two nearest to 0.1 and 0.9.
 *
 * @param levels rising, with 0.5 among them
 */
export function knotsOf(levels: readonly number[]): readonly number[] {
  if (levels.length <= mostKnots) return levels;
  const nearest = (to: number): number =>
    levels.reduce((a, b) => (distance(b, to) < distance(a, to) ? b : a));
  const chosen = new Set([levels[0], ...shoulders.map(nearest), 0.5, levels[levels.length - 1]]);
  return levels.filter((level) => chosen.has(level));
}

const distance = (a: number, b: number): number => Math.abs(normalQuantile(a) - normalQuantile(b));

/**
 * How much of each knot's quantile makes the quantile at a level: straight between knots in normal scores, and going
 * on so beyond the outermost, as a normal tail does. Between rising knots the results rise.
 *
 * @returns `[level][knot]`; rows add up to 1
 */
export function knotWeights(
  knots: readonly number[],
  levels: readonly number[],
): readonly (readonly number[])[] {
  const scores = knots.map(normalQuantile);
  return levels.map((level) => {
    if (knots.length === 1) return [1];
    const score = normalQuantile(level);
    const above = scores.findIndex((one) => one >= score);
    const upper = Math.min(Math.max(above < 0 ? knots.length - 1 : above, 1), knots.length - 1);
    const [from, to] = [scores[upper - 1] ?? 0, scores[upper] ?? 1];
    const share = (score - from) / (to - from);
    return knots.map((_, i) => (i === upper ? share : i === upper - 1 ? 1 - share : 0));
  });
}
