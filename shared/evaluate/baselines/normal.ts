import { normalQuantile } from '../../random/index.ts';
import type { Forecast } from '../forecast.ts';

/**
 * A forecast that is normally distributed at every step. Where the history held nothing below zero, neither does
 * the forecast.
 *
 * @param mean [horizon]
 * @param deviation [horizon], standard deviations
 */
export function normalForecast(
  mean: Float64Array,
  deviation: Float64Array,
  levels: readonly number[],
  history: Float64Array,
): Forecast {
  const least = history.some((value) => value < 0) ? Number.NEGATIVE_INFINITY : 0;
  const scores = levels.map(normalQuantile);
  const quantiles = new Float64Array(mean.length * levels.length);
  mean.forEach((centre, step) => {
    scores.forEach((z, j) => {
      quantiles[step * levels.length + j] = Math.max(centre + z * (deviation[step] as number), least);
    });
  });
  return { mean: mean.map((value) => Math.max(value, least)), quantiles };
}
