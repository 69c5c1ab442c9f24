import { show } from '../errors/index.ts';
import { EvaluationError } from './errors.ts';

/** What is said of the next `horizon` steps of one series, in the units of the data. */
export interface Forecast {
  /** [horizon] */
  readonly mean: Float64Array;
  /** [horizon, level], row by row, levels rising */
  readonly quantiles: Float64Array;
}

/** A forecast of one series from one origin. */
export interface SeriesForecast extends Forecast {
  readonly item: string;
}

/** What came of it: the actual values and the history that the forecast was allowed to see. */
export interface SeriesOutcome {
  readonly item: string;
  /** Series of one group are also scored together; without a group a series counts only in the overall scores. */
  readonly group?: string | undefined;
  /** [horizon], NaN where missing: such points are left out of every metric */
  readonly target: Float64Array;
  /** [time] up to the origin, NaN where missing: it gives the scale of MASE */
  readonly training: Float64Array;
}

/** @throws EvaluationError unless the levels rise strictly within 0..1 */
export function checkLevels(levels: readonly number[]): void {
  const rising = levels.every((level, i) => level > (levels[i - 1] ?? 0) && level < 1);
  if (rising) return;
  throw new EvaluationError({
    rule: 'quantile levels rise strictly between 0 and 1',
    received: show(levels),
    remedy: 'sort them and leave out doubles, e.g. 0.1, 0.5, 0.9',
  });
}

/** @throws EvaluationError unless a season is a whole number of periods, 1 for none */
export function checkSeason(season: number): void {
  if (Number.isInteger(season) && season >= 1) return;
  throw new EvaluationError({
    rule: 'a season is a whole number of periods, at least 1',
    received: show(season),
    remedy: 'give the periods per cycle, e.g. 24 for hours of a day, or 1 for no season',
  });
}

/** @throws EvaluationError unless a horizon is a whole number of steps, at least 1 */
export function checkHorizon(horizon: number): void {
  if (Number.isInteger(horizon) && horizon >= 1) return;
  throw new EvaluationError({
    rule: 'a horizon is a whole number of steps, at least 1',
    received: show(horizon),
    remedy: 'say how many steps ahead to forecast',
  });
}
