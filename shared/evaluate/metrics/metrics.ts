import type { Interval } from './intervals.ts';
import type { Tally } from './tally.ts';

/**
 * Figures of one series, of a group or of all. NaN (null in JSON) where there is nothing to compute them from.
 * ŷ is the median in sMAPE, MASE and WAPE, which it minimises (or the mean, as the caller chose), and the mean in
 * RMSE and bias.
 */
export interface Metrics {
  /** Series with at least one observed actual value; those without count nowhere. */
  readonly series: number;
  /** Observed actual values. */
  readonly points: number;
  /** Mean over series of the mean over points of 200·|y − ŷ| / (|y| + |ŷ|), in percent. */
  readonly smape: number;
  /** The same, every point weighing alike: the way of the M3 competition. */
  readonly smapeOverPoints: number;
  /**
   * Mean over series of mean |y − ŷ| / mean |y_t − y_{t−m}| of the training part. A series whose denominator is 0
   * (constant, or periodic with the season) or does not exist (no two values a season apart) has no MASE: it is
   * left out of the mean and counted in `unscaled`.
   */
  readonly mase: number;
  readonly unscaled: number;
  /** √(mean over all points of (y − ŷ)²), in the units of the data. */
  readonly rmse: number;
  /** Σ|y − ŷ| / Σ|y| over all points. */
  readonly wape: number;
  /** Σ(ŷ − y) / Σ|y| over all points: above 0 where forecasts are too high. */
  readonly bias: number;
  /** The mean over the levels of wQL(τ). */
  readonly wql: number;
  /** wQL(τ) = 2·Σρ_τ(y, q_τ) / Σ|y| over all points. */
  readonly levels: readonly { readonly level: number; readonly wql: number }[];
  /** The share of actual values within each central interval, bounds included. */
  readonly intervals: readonly { readonly interval: number; readonly coverage: number }[];
}

/** Aggregates the sums of any number of series, as ../shared/data/README.md defines each metric. */
export function aggregate(
  tallies: readonly Tally[],
  levels: readonly number[],
  intervals: readonly Interval[],
): Metrics {
  const scored = tallies.filter(({ points }) => points > 0);
  const scaled = scored.filter(({ scale }) => scale > 0);
  const points = sum(scored, (t) => t.points);
  const size = positive(sum(scored, (t) => t.size));
  const wqls = levels.map((level, j) => ({
    level,
    wql: (2 * sum(scored, (t) => t.pinball[j] as number)) / size,
  }));
  return {
    series: scored.length,
    points,
    smape: sum(scored, (t) => t.symmetric / t.points) / scored.length,
    smapeOverPoints: sum(scored, (t) => t.symmetric) / points,
    mase: sum(scaled, (t) => t.absolute / t.points / t.scale) / scaled.length,
    unscaled: scored.length - scaled.length,
    rmse: Math.sqrt(sum(scored, (t) => t.squared) / points),
    wape: sum(scored, (t) => t.absolute) / size,
    bias: sum(scored, (t) => t.signed) / size,
    wql: sum(wqls, ({ wql }) => wql) / wqls.length,
    levels: wqls,
    intervals: intervals.map(({ interval }, j) => ({
      interval,
      coverage: sum(scored, (t) => t.inside[j] as number) / points,
    })),
  };
}

/** A denominator: nothing can be said relative to zero. */
const positive = (value: number): number => (value > 0 ? value : Number.NaN);

function sum<T>(list: readonly T[], part: (element: T) => number): number {
  let total = 0;
  for (const element of list) total += part(element);
  return total;
}
