import { forecastBaseline } from '../baselines/index.ts';
import { intervalsOf } from '../metrics/intervals.ts';
import { aggregate } from '../metrics/metrics.ts';
import { medianOf } from '../metrics/score.ts';
import { tally } from '../metrics/tally.ts';
import {
  type AccuracySettings,
  type IntervalShare,
  type LevelShare,
  type Pair,
  pool,
  type StepAccuracy,
} from './pooled.ts';
import { describeResiduals, moments, type Residuals, residualsOf } from './residuals.ts';

/** How good the forecasts of one series are, over its windows; NaN where nothing is defined. */
export interface SeriesAccuracy {
  readonly mase: number;
  readonly wql: number;
  /** Of the seasonal naive on the same windows. */
  readonly baselineMase: number;
  readonly coverage: readonly IntervalShare[];
  /** Windows in which something was observed. */
  readonly windows: number;
}

export interface OverallAccuracy {
  readonly steps: readonly StepAccuracy[];
  readonly calibration: readonly LevelShare[];
  readonly residuals: Residuals;
}

export interface AccuracyPass {
  /** Counts all windows of one series. */
  add(pairs: readonly Pair[]): SeriesAccuracy;
  /**
   * What all that was counted comes to.
   *
   * @param again the same pairs once more, in any order: residuals are described around their mean, and not kept
   */
  result(again: Iterable<Pair>): OverallAccuracy;
}

/** Goes through the forecasts of a backtest, series by series, keeping sums alone: there may be a million items. */
export function accuracyPass(settings: AccuracySettings): AccuracyPass {
  const { levels, season, horizon } = settings;
  const task = { levels, season, median: medianOf({ levels }) };
  const intervals = intervalsOf(levels);
  const pooled = pool(settings);
  const spread = moments();
  return {
    add(pairs) {
      const tallies = pairs.map((pair) => {
        const { outcome, forecast } = pair;
        const simple = forecastBaseline(
          'seasonalNaive',
          { item: outcome.item, history: outcome.training },
          { horizon, season, levels },
        );
        pooled.add(pair, simple);
        const residuals = residualsOf(pair, settings);
        if (residuals) spread.add(residuals);
        return { own: tally(forecast, outcome, task), other: tally(simple, outcome, task) };
      });
      const own = aggregate(
        tallies.map((one) => one.own),
        levels,
        intervals,
      );
      const other = aggregate(
        tallies.map((one) => one.other),
        levels,
        intervals,
      );
      return {
        ...{ mase: own.mase, wql: own.wql, baselineMase: other.mase, windows: own.series },
        coverage: own.intervals.map(({ interval, coverage }) => ({ interval, share: coverage })),
      };
    },
    result: (again) => ({
      ...pooled.result(),
      residuals: describeResiduals(residualsIn(again, settings), spread.result(), settings),
    }),
  };
}

function* residualsIn(pairs: Iterable<Pair>, settings: AccuracySettings): Generator<Float64Array> {
  for (const pair of pairs) {
    const residuals = residualsOf(pair, settings);
    if (residuals) yield residuals;
  }
}
