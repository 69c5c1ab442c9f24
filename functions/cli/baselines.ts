import {
  type BaselineName,
  baselines,
  forecastBaseline,
  type Metrics,
  type SeriesOutcome,
  score,
} from '../../shared/evaluate/index.ts';

/** A series as a baseline is asked to go on with it. */
export interface Asked {
  /** [time] */
  readonly history: Float64Array;
  /** The position of the first forecast step, counted from the beginning of the history. */
  readonly first: number;
}

/**
 * Every baseline's metrics on the same outcomes. Each sees the history before its first step; where that step lies
 * further on, it forecasts over the gap.
 *
 * @param asked one for each outcome, in the same order
 */
export function baselineMetrics(
  asked: readonly Asked[],
  outcomes: readonly SeriesOutcome[],
  settings: { readonly levels: readonly number[]; readonly season: number },
): Readonly<Record<string, Metrics>> {
  const { levels } = settings;
  const goOn = (name: BaselineName, { history, first }: Asked, { item, target }: SeriesOutcome) => {
    const seen = history.subarray(0, Math.max(first, 0));
    const gap = first > seen.length ? first - seen.length : 0;
    const task = { ...settings, horizon: gap + target.length };
    const { mean, quantiles } = forecastBaseline(name, { item, history: seen }, task);
    return { item, mean: mean.subarray(gap), quantiles: quantiles.subarray(gap * levels.length) };
  };
  const metricsOf = (name: BaselineName): Metrics =>
    score(
      outcomes.map((outcome, i) => goOn(name, asked[i] as Asked, outcome)),
      outcomes,
      settings,
    ).overall;
  const names = Object.keys(baselines) as BaselineName[];
  return Object.fromEntries(names.map((name) => [name, metricsOf(name)]));
}
