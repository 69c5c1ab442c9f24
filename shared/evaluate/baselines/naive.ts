import type { Forecast } from '../forecast.ts';
import { normalForecast } from './normal.ts';
import type { BaselineTask } from './task.ts';

/** The last value, with the spread σ·√k of a random walk k steps on (Hyndman & Athanasopoulos, FPP3, 5.5). */
export const naive = (history: Float64Array, task: BaselineTask): Forecast =>
  seasonalNaive(history, { ...task, season: 1 });

/**
 * The last observed value of the same phase, with the spread σ·√(k + 1), k the complete seasons before the step
 * (FPP3, 5.5), more where the newest values of the phase are missing. σ² is the mean square of the changes over
 * one season; a change over a gap of g seasons has g times the variance and counts by its share. A phase that was
 * never seen gets the last value of all.
 */
export function seasonalNaive(history: Float64Array, { horizon, season, levels }: BaselineTask): Forecast {
  const mean = new Float64Array(horizon);
  const deviation = new Float64Array(horizon);
  const walk = changes(history, 1);
  const sigma = changes(history, season);
  for (let k = 0; k < horizon; k++) {
    const t = history.length + k;
    const phase = lastObserved(history, t - season, season);
    const from = phase >= 0 ? phase : lastObserved(history, history.length - 1, 1);
    if (from < 0) continue; // nothing was ever observed: zero
    mean[k] = history[from] as number;
    deviation[k] =
      phase >= 0 ? (sigma ?? walk ?? 0) * Math.sqrt((t - from) / season) : (walk ?? 0) * Math.sqrt(t - from);
  }
  return normalForecast(mean, deviation, levels, history);
}

/** The position of the last observed value at `t`, `t − stride`, …; negative where there is none. */
function lastObserved(history: Float64Array, t: number, stride: number): number {
  let at = t;
  while (at >= 0 && !(at < history.length && !Number.isNaN(history[at]))) at -= stride;
  return at;
}

/** √(mean square of the changes over `stride`); null where no phase was seen twice. */
function changes(history: Float64Array, stride: number): number | null {
  let squares = 0;
  let count = 0;
  for (let t = stride; t < history.length; t++) {
    if (Number.isNaN(history[t])) continue;
    const from = lastObserved(history, t - stride, stride);
    if (from < 0) continue;
    squares += ((history[t] as number) - (history[from] as number)) ** 2 / ((t - from) / stride);
    count += 1;
  }
  return count > 0 ? Math.sqrt(squares / count) : null;
}
