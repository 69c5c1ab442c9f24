/** A series without its season, and the way back; positions count on beyond the end of the series. */
export interface Deseasonalised {
  /** [time] */
  readonly adjusted: Float64Array;
  /** The value with the season of position `t`. */
  restore(value: number, t: number): number;
  /** A standard deviation with the season of position `t`. */
  spread(deviation: number, t: number): number;
}

/** How a season acts on a series: kinds of classical decomposition. */
export interface Kind {
  readonly remove: (value: number, index: number) => number;
  readonly restore: (value: number, index: number) => number;
  readonly spread: (deviation: number, index: number) => number;
}

export const multiplicative: Kind = {
  remove: (value, index) => value / index,
  restore: (value, index) => value * index,
  spread: (deviation, index) => deviation * index,
};
export const additive: Kind = {
  remove: (value, index) => value - index,
  restore: (value, index) => value + index,
  spread: (deviation) => deviation,
};

/**
 * Takes the season out by classical decomposition where the test finds one: multiplicative, or additive where a
 * value is not above zero.
 *
 * @param values [time], no gaps
 */
export function deseasonalise(values: Float64Array, season: number): Deseasonalised {
  if (!isSeasonal(values, season)) {
    return { adjusted: values, restore: (value) => value, spread: (deviation) => deviation };
  }
  const kind = values.every((value) => value > 0) ? multiplicative : additive;
  const indices = seasonalIndices(values, season, kind);
  const index = (t: number): number => indices[t % season] as number;
  return {
    adjusted: values.map((value, t) => kind.remove(value, index(t))),
    restore: (value, t) => kind.restore(value, index(t)),
    spread: (deviation, t) => kind.spread(deviation, index(t)),
  };
}

/**
 * The 90 % test of the autocorrelation at one season, as in the M4 competition's benchmarks (`SeasonalityTest` of
 * M4-methods): |r_m| > 1.645·√((1 + 2·Σ_{j<m} r_j²) / n), never for fewer than three seasons. (R's `acf` stops at
 * 10·log₁₀ n lags, so that the original finds no season longer than that; this has no such bound.)
 */
export function isSeasonal(values: Float64Array, season: number): boolean {
  const n = values.length;
  if (season < 2 || n < 3 * season) return false;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  const centred = values.map((value) => value - mean);
  const variance = products(centred, 0);
  if (variance === 0) return false;
  let squares = 0;
  for (let lag = 1; lag < season; lag++) squares += (products(centred, lag) / variance) ** 2;
  return Math.abs(products(centred, season) / variance) > 1.645 * Math.sqrt((1 + 2 * squares) / n);
}

function products(values: Float64Array, lag: number): number {
  let sum = 0;
  for (let t = lag; t < values.length; t++) sum += (values[t] as number) * (values[t - lag] as number);
  return sum;
}

/**
 * The season of each phase, counted from the first value: the mean, per phase, of what is left when the centred
 * moving average over one season is removed; then centred on 1 or 0 (R's `decompose`).
 *
 * @param values [time], at least two seasons, no gaps
 * @returns [season]
 */
export function seasonalIndices(values: Float64Array, season: number, { remove }: Kind): Float64Array {
  const half = Math.floor(season / 2);
  const sums = new Float64Array(season);
  const counts = new Float64Array(season);
  for (let t = half; t < values.length - half; t++) {
    const phase = t % season;
    sums[phase] = (sums[phase] as number) + remove(values[t] as number, movingAverage(values, t, season));
    counts[phase] = (counts[phase] as number) + 1;
  }
  const indices = sums.map((sum, phase) => sum / (counts[phase] as number));
  const mean = indices.reduce((sum, index) => sum + index, 0) / season;
  return indices.map((index) => remove(index, mean));
}

/** Over one season around `t`; an even season takes half of the value at each end. */
function movingAverage(values: Float64Array, t: number, season: number): number {
  const half = Math.floor(season / 2);
  let sum = 0;
  for (let j = t - half; j <= t + half; j++) sum += values[j] as number;
  if (season % 2 === 0) sum -= ((values[t - half] as number) + (values[t + half] as number)) / 2;
  return sum / season;
}
