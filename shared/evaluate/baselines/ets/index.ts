import type { Forecast } from '../../forecast.ts';
import { fillGaps } from '../gaps.ts';
import { naive } from '../naive.ts';
import { normalForecast } from '../normal.ts';
import type { BaselineTask } from '../task.ts';
import { type Fit, fitModel } from './fit.ts';
import { type Model, type SeasonKind, seasons, trends } from './models.ts';

/** The newest values that are looked at: what smoothing has not forgotten, and enough seasons to know them. */
const newest = { values: 500, seasons: 10 };

/**
 * Exponential smoothing with the model chosen by AICc (Hyndman, Koehler, Ord & Snyder 2008; FPP3, chapter 8), of
 * ETS(A,N,N), (A,A,N), (A,Ad,N); with a season (A,N,A), (A,A,A), (A,Ad,A) too, and where all values are positive
 * (M,N,M), (M,A,M), (M,Ad,M). First the season is chosen without trend, then the trend with that season. Quantiles
 * are normal, with the variance that the model has analytically. A series with fewer than 5 values gets the last.
 */
export function ets(history: Float64Array, task: BaselineTask): Forecast {
  const { horizon, season, levels } = task;
  const values = fillGaps(history, season).slice(-Math.max(newest.values, newest.seasons * season));
  const unit = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0) || 1;
  const fit = choose(
    values.map((value) => value / unit),
    season,
  );
  if (fit === null) return naive(history, task);
  const { mean, deviation } = ahead(fit, values.length, horizon);
  return normalForecast(
    mean.map((value) => value * unit),
    deviation.map((value) => value * unit),
    levels,
    history,
  );
}

/**
 * The model with the least AICc; null where the series is too short for any.
 *
 * @param values [time], at most 1 in size, no gaps
 */
export function choose(values: Float64Array, season: number): Fit | null {
  const fit = (model: Model) => fitModel(values, season, model);
  const flat = seasonsFor(values, season).map((kind) => fit({ trend: trends.none, season: kind }));
  const start = least(flat);
  if (start === null) return null;
  const sloped = [trends.additive, trends.damped].map((trend) => fit({ ...start.model, trend }));
  return least([start, ...sloped]);
}

function seasonsFor(values: Float64Array, season: number): readonly SeasonKind[] {
  const { none, additive, multiplicative } = seasons;
  if (season < 2 || values.length < 2 * season) return [none];
  return values.every((value) => value > 0) ? [none, additive, multiplicative] : [none, additive];
}

const least = (fits: readonly Fit[]): Fit | null =>
  fits.reduce<Fit | null>(
    (best, one) => (one.aicc < (best?.aicc ?? Number.POSITIVE_INFINITY) ? one : best),
    null,
  );

/** @param position of the first step, counted from the first value */
export function ahead({ model, weights, states, variance }: Fit, position: number, horizon: number) {
  const season = states.season.length;
  const indices = Float64Array.from(
    { length: horizon },
    (_, k) => states.season[(position + k) % season] as number,
  );
  let { level, slope } = states;
  const base = indices.map(() => {
    slope *= weights.phi;
    level += slope;
    return level;
  });
  return {
    mean: base.map((value, k) => model.season.apply(value, indices[k] as number)),
    deviation: model.season.spread({ weights, variance, season, base, indices }).map(Math.sqrt),
  };
}
