import type { Forecast } from '../forecast.ts';
import { fillGaps } from './gaps.ts';
import { normalForecast } from './normal.ts';
import { deseasonalise } from './seasonality.ts';
import { fitSmoothing } from './smoothing.ts';
import type { BaselineTask } from './task.ts';

/**
 * The classical Theta method (Assimakopoulos & Nikolopoulos 2000), as in the M4 competition's benchmarks: of the
 * deseasonalised series the mean of two lines, θ = 0 (the linear trend) and θ = 2 (twice the series less the
 * trend) forecast by simple exponential smoothing.
 *
 * That is exponential smoothing with half the trend as drift (Hyndman & Billah 2003), so the one-step error of the
 * method is half of the θ = 2 line's, and the variance k steps ahead σ²·(1 + (k − 1)·α²). Three parameters (α, the
 * first level, the slope) are taken off the degrees of freedom of σ².
 */
export function theta(history: Float64Array, { horizon, season, levels }: BaselineTask): Forecast {
  const values = fillGaps(history, season);
  const n = values.length;
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  if (n === 0) return normalForecast(mean, deviation, levels, history);
  const { adjusted, restore, spread } = deseasonalise(values, season);
  const trend = linearTrend(adjusted);
  const { alpha, level, squares } = fitSmoothing(adjusted.map((value, t) => 2 * value - trend(t)));
  const sigma = Math.sqrt(squares / Math.max(n - 3, 1)) / 2;
  for (let k = 0; k < horizon; k++) {
    mean[k] = restore((level + trend(n + k)) / 2, n + k);
    deviation[k] = spread(sigma * Math.sqrt(1 + k * alpha * alpha), n + k);
  }
  return normalForecast(mean, deviation, levels, history);
}

/** The least-squares line through the values, by position; flat for fewer than three. */
function linearTrend(values: Float64Array): (t: number) => number {
  const n = values.length;
  const middle = (n - 1) / 2;
  const first = values[0] as number; // distances from it keep precision on a large level
  let sum = 0;
  let covariance = 0;
  for (let t = 0; t < n; t++) {
    sum += (values[t] as number) - first;
    covariance += (t - middle) * ((values[t] as number) - first);
  }
  const slope = n < 3 ? 0 : covariance / ((n * (n * n - 1)) / 12);
  return (t) => first + sum / n + slope * (t - middle);
}
