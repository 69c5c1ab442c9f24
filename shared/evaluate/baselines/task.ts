import { checkHorizon, checkLevels, checkSeason, type Forecast } from '../forecast.ts';

/** What a baseline is asked for. */
export interface BaselineTask {
  /** Steps ahead. */
  readonly horizon: number;
  /** Periods per cycle, 1 for none. */
  readonly season: number;
  /** Quantile levels, rising. */
  readonly levels: readonly number[];
}

/**
 * A forecast from nothing but the series' own past.
 *
 * @param history [time] up to the origin, NaN where missing
 */
export type Baseline = (history: Float64Array, task: BaselineTask) => Forecast;

/** @throws EvaluationError for levels, a season or a horizon outside their range */
export function checkTask({ horizon, season, levels }: BaselineTask): void {
  checkHorizon(horizon);
  checkSeason(season);
  checkLevels(levels);
}
