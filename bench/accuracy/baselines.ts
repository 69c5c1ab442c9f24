import { type BaselineName, baselines, forecastBaseline } from '../../shared/evaluate/index.ts';
import { type Result, scoredLevels, scoreForecasts } from './figures.ts';
import { type HeldOut, historiesOf } from './held-out.ts';

/** All that shared/evaluate has. */
export const baselineNames = Object.keys(baselines) as readonly BaselineName[];

/** A baseline on the windows: at each from what is known at its origin. */
export function scoreBaseline(held: HeldOut, by: BaselineName): Result {
  const { horizon, season } = held;
  const began = performance.now();
  const forecasts = historiesOf(held).map(({ item, training }) =>
    forecastBaseline(by, { item, history: training }, { horizon, season, levels: scoredLevels }),
  );
  const seconds = (performance.now() - began) / 1000;
  const scored = scoreForecasts(held, forecasts, scoredLevels);
  return { ...scored, kind: 'baseline', by, figures: { ...scored.figures, seconds } };
}
