import type { SeriesForecast, SeriesOutcome } from '../forecast.ts';
import { intervalsOf } from '../metrics/intervals.ts';
import { aggregate } from '../metrics/metrics.ts';
import { absoluteError } from '../metrics/points.ts';
import { medianOf } from '../metrics/score.ts';
import { addPoint, emptyTally } from '../metrics/tally.ts';

/** A window's forecast, and what came of it. */
export interface Pair {
  readonly forecast: SeriesForecast;
  readonly outcome: SeriesOutcome;
}

export interface AccuracySettings {
  /** The levels of the forecasts' quantiles, rising. */
  readonly levels: readonly number[];
  /** Periods per cycle, 1 for none. */
  readonly season: number;
  readonly horizon: number;
}

/** How good forecasts are so many steps ahead; NaN where nothing was observed. */
export interface StepAccuracy {
  /** From 1. */
  readonly step: number;
  /** Mean |y − ŷ| in the units of the data, ŷ the median. */
  readonly mae: number;
  readonly baselineMae: number;
  readonly wql: number;
  readonly coverage: readonly IntervalShare[];
}

export interface IntervalShare {
  readonly interval: number;
  readonly share: number;
}

/** The share of observations at or below a level's quantile. */
export interface LevelShare {
  readonly level: number;
  readonly share: number;
}

/** Adds up windows of all items by step ahead and by level. */
export function pool({ levels, horizon }: AccuracySettings) {
  const intervals = intervalsOf(levels);
  const median = medianOf({ levels });
  const sums = Array.from({ length: horizon }, () => emptyTally(levels.length, intervals.length));
  const baseline = new Float64Array(horizon); // Σ|y − ŷ| of the baseline
  const below = new Float64Array(levels.length); // observations at or below
  const shareOf = (count: number, all: number) => (all > 0 ? count / all : Number.NaN);
  return {
    add({ forecast, outcome: { target } }: Pair, other: SeriesForecast): void {
      target.forEach((actual, step) => {
        const tally = sums[step];
        if (Number.isNaN(actual) || !tally) return;
        const row = forecast.quantiles.subarray(step * levels.length, (step + 1) * levels.length);
        addPoint(tally, { actual, mean: forecast.mean[step] as number, row }, { levels, median, intervals });
        const simple = median === null ? other.mean[step] : other.quantiles[step * levels.length + median];
        baseline[step] = (baseline[step] as number) + absoluteError(actual, simple as number);
        row.forEach((quantile, j) => {
          if (actual <= quantile) below[j] = (below[j] as number) + 1;
        });
      });
    },
    result(): { readonly steps: readonly StepAccuracy[]; readonly calibration: readonly LevelShare[] } {
      const points = sums.reduce((all, tally) => all + tally.points, 0);
      return {
        steps: sums.map((tally, step) => {
          const { wql, intervals: held } = aggregate([tally], levels, intervals);
          return {
            step: step + 1,
            mae: shareOf(tally.absolute, tally.points),
            baselineMae: shareOf(baseline[step] as number, tally.points),
            wql,
            coverage: held.map(({ interval, coverage }) => ({ interval, share: coverage })),
          };
        }),
        calibration: levels.map((level, j) => ({ level, share: shareOf(below[j] as number, points) })),
      };
    },
  };
}
