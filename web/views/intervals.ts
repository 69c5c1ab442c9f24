/** A central interval by the two quantile levels that bound it. */
export interface Interval {
  /** The share of cases inside, 0..1. */
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

const wanted = [0.95, 0.8, 0.5];

/** Levels have few digits: what arithmetic adds is cut off. */
const level = (value: number): number => Math.round(value * 1e6) / 1e6;

const central = (share: number): Interval => ({
  share: level(share),
  low: level((1 - share) / 2),
  high: level((1 + share) / 2),
});

/** The intervals of 95, 80 and 50 % that lie within the trained levels, widest first; else the widest there is. */
export function intervalsOf(levels: readonly number[]): readonly Interval[] {
  const [first = 0.5, last = 0.5] = [levels[0], levels.at(-1)];
  const within = wanted.map(central).filter(({ low, high }) => low >= first && high <= last);
  if (within.length > 0) return within;
  const side = Math.min(0.5 - first, last - 0.5);
  return side > 0 ? [central(2 * side)] : [];
}

/** The levels that draw these intervals and the median where the model has it, rising. */
export function levelsFor(intervals: readonly Interval[], levels: readonly number[]): number[] {
  const median = (levels[0] ?? 1) <= 0.5 && (levels.at(-1) ?? 0) >= 0.5 ? [0.5] : [];
  const all = [...intervals.flatMap(({ low, high }) => [low, high]), ...median];
  return [...new Set(all)].sort((a, b) => a - b);
}

interface QuantileValues {
  readonly level: number;
  readonly values: readonly (number | null)[];
}

/** Values at a level: as given, or on the straight line between its neighbours, as the API reads them. */
export function valuesAt(quantiles: readonly QuantileValues[], wantedLevel: number): (number | null)[] {
  const above = quantiles.findIndex((one) => one.level >= wantedLevel - 1e-9);
  const [upper, lower] = [quantiles[above], quantiles[above - 1]];
  if (!upper) return [];
  if (!lower || Math.abs(upper.level - wantedLevel) < 1e-9) return [...upper.values];
  const share = (wantedLevel - lower.level) / (upper.level - lower.level);
  return upper.values.map((high, i) => {
    const low = lower.values[i] ?? null;
    return high === null || low === null ? null : low + share * (high - low);
  });
}
