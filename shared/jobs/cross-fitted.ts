import { applyCalibration, fitCalibration } from '../evaluate/index.ts';
import type { ModelShape } from '../forecast/index.ts';
import { openSession, type Session } from '../graph/index.ts';
import { exportForecaster, type ForecasterSettings } from '../model/index.ts';
import { type Backtest, backtest, type Window } from './backtest.ts';
import { type Choice, type Choices, type Part, parts } from './choose/index.ts';
import type { Series } from './chunks.ts';
import type { Plan } from './plan-document.ts';
import { modelShape } from './prepared.ts';
import { membersBefore, type Trained } from './train-member.ts';
import { viewsWith } from './views.ts';

/** How the members fitted before the origins do on windows that chose nothing about them. */
export interface CrossFitted {
  readonly report: Backtest;
  readonly windows: readonly Window[];
  /** By all windows, for what is served: how far each level is stretched. */
  readonly factors: readonly number[];
}

interface Task {
  readonly plan: Plan;
  readonly views: readonly ForecasterSettings[];
  readonly settings: ForecasterSettings;
  readonly series: readonly Series[];
}

const otherPart: Readonly<Record<Part, Part>> = { calibrate: 'report', report: 'calibrate' };

/**
 * Forecasts each half of the windows as the other half has chosen: steps, mixture and calibration. So every window
 * counts in what is reported, and none has chosen what it is reported of.
 */
export async function crossFitted(task: Task, trained: Trained, choices: Choices): Promise<CrossFitted> {
  const model = modelShape(task.settings);
  const windows = { calibrate: windowsOf(task, 'calibrate'), report: windowsOf(task, 'report') };
  const open = opener(task.views, trained);
  const raw: Record<Part, Backtest> = { calibrate: none, report: none };
  for (const part of parts) {
    if (windows[part].length === 0) continue;
    raw[part] = await backtest(await open.for(choices[otherPart[part]]), model, windows[part]);
  }
  await open.release();
  const calibrated = parts.map((part) => stretched(raw[part], model, factorsBy(raw[otherPart[part]], model)));
  return {
    report: calibrated.reduce(joined, none),
    windows: parts.flatMap((part) => windows[part]),
    factors: factorsBy(parts.map((part) => raw[part]).reduce(joined, none), model),
  };
}

const none: Backtest = { forecasts: [], outcomes: [] };

const joined = (a: Backtest, b: Backtest): Backtest => ({
  forecasts: [...a.forecasts, ...b.forecasts],
  outcomes: [...a.outcomes, ...b.outcomes],
});

const windowsOf = ({ plan, series }: Task, part: Part): Window[] =>
  series.flatMap((one, i) => (plan.windows[i]?.[part] ?? []).map((origin) => ({ series: one, origin })));

const factorsBy = ({ forecasts, outcomes }: Backtest, { levels }: ModelShape): readonly number[] =>
  fitCalibration(forecasts, outcomes, levels).factors;

function stretched(
  { forecasts, outcomes }: Backtest,
  { levels }: ModelShape,
  factors: readonly number[],
): Backtest {
  const calibration = { levels, factors };
  return {
    outcomes,
    forecasts: forecasts.map((one) => ({ ...one, quantiles: applyCalibration(one.quantiles, calibration) })),
  };
}

const ones = ([view]: readonly ForecasterSettings[]): number[] => view?.levels.map(() => 1) ?? [];

/** Opens the forecaster that a choice stands for; the same one again where two choices agree. */
function opener(views: readonly ForecasterSettings[], trained: Trained) {
  let opened: { readonly choice: string; readonly session: Session } | null = null;
  return {
    async for({ steps, mixture }: Choice): Promise<Session> {
      const choice = JSON.stringify({ steps, mixture });
      if (opened?.choice === choice) return opened.session;
      await opened?.session.release();
      const members = await membersBefore(trained, steps);
      const session = await openSession(
        await exportForecaster(viewsWith(views, mixture, members), ones(views), {}),
      );
      opened = { choice, session };
      return session;
    },
    release: async () => opened?.session.release(),
  };
}
