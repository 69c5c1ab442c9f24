import type { Forecast } from '../forecast.ts';
import { fillGaps } from './gaps.ts';
import { normalForecast } from './normal.ts';
import { deseasonalise } from './seasonality.ts';
import type { BaselineTask } from './task.ts';

/** The last value of the deseasonalised series, with its season and the spread σ·√k of a random walk (M4 competition). */
export function naive2(history: Float64Array, { horizon, season, levels }: BaselineTask): Forecast {
  const values = fillGaps(history, season);
  const { adjusted, restore, spread } = deseasonalise(values, season);
  const last = adjusted.at(-1) ?? 0;
  const sigma = walkSpread(adjusted);
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  for (let k = 0; k < horizon; k++) {
    mean[k] = restore(last, values.length + k);
    deviation[k] = spread(sigma * Math.sqrt(k + 1), values.length + k);
  }
  return normalForecast(mean, deviation, levels, history);
}

/** √(mean square of the changes from step to step); 0 for fewer than two values. */
function walkSpread(values: Float64Array): number {
  let squares = 0;
  for (let t = 1; t < values.length; t++) squares += ((values[t] as number) - (values[t - 1] as number)) ** 2;
  return Math.sqrt(squares / Math.max(values.length - 1, 1));
}
