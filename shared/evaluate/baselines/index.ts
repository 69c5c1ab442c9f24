import type { SeriesForecast } from '../forecast.ts';
import { ets } from './ets/index.ts';
import { naive, seasonalNaive } from './naive.ts';
import { naive2 } from './naive2.ts';
import { type Baseline, type BaselineTask, checkTask } from './task.ts';
import { theta } from './theta.ts';

export type BaselineName = 'naive' | 'seasonalNaive' | 'naive2' | 'theta' | 'ets';

export const baselines: Readonly<Record<BaselineName, Baseline>> = {
  naive,
  seasonalNaive,
  naive2,
  theta,
  ets,
};

/**
 * A baseline's forecast of one series. Histories may have gaps and be of any length: one value is repeated, and
 * where nothing was ever observed the forecast is zero with no spread.
 *
 * @param history [time] up to the origin, NaN where missing
 * @throws EvaluationError for levels, a season or a horizon outside their range
 */
export function forecastBaseline(
  name: BaselineName,
  { item, history }: { readonly item: string; readonly history: Float64Array },
  task: BaselineTask,
): SeriesForecast {
  checkTask(task);
  return { item, ...baselines[name](history, task) };
}

export type { Baseline, BaselineTask };
