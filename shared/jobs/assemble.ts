import { type BundleMetrics, updateSeries, writeBundle } from '../bundle/index.ts';
import type { JobMetrics } from '../documents/index.ts';
import { applyCalibration, fitCalibration, type Metrics, score } from '../evaluate/index.ts';
import { printFrequency } from '../frequency/index.ts';
import { openSession } from '../graph/index.ts';
import {
  exportForecaster,
  type ForecasterSettings,
  type MemberSettings,
  memberLayout,
} from '../model/index.ts';
import type { ModelShape } from '../serve/index.ts';
import { jsonBytes, keys, type ObjectStore } from '../store/index.ts';
import { type Backtest, backtest, baselineScores, type Window } from './backtest.ts';
import { decide } from './champion.ts';
import { chosenSteps } from './choose.ts';
import type { Series } from './chunks.ts';
import { describe } from './describe.ts';
import { memberKey } from './open-member.ts';
import { encodeParameters, parametersFile } from './parameters.ts';
import type { Plan } from './plan-document.ts';
import { readMembers } from './train-member.ts';

export interface Assembled {
  readonly version: string;
  readonly metrics: BundleMetrics;
  /** Whether it became the champion, and why or why not. */
  readonly promoted: boolean;
  readonly reason: string;
}

export interface AssembleTask {
  readonly store: ObjectStore;
  readonly plan: Plan;
  readonly settings: ForecasterSettings;
  readonly series: readonly Series[];
  /** When the version is promoted, in ISO 8601 UTC, for the pointer to remember; the bundle holds no time. */
  readonly at?: string;
}

/** Members → calibrated ensemble → backtest → bundle → promotion. */
export async function assemble(task: AssembleTask): Promise<Assembled> {
  const { store, plan, settings, series } = task;
  const looking = {
    ...task,
    windows: plan.windows,
    steps: plan.steps,
    key: memberKey(plan.dataset, plan.job),
  };
  const choice = await chosenSteps(looking);
  const members = await readMembers(looking, choice);
  const model = modelShape(settings);
  const windows = { calibrate: windowsOf(task, 'calibrate'), report: windowsOf(task, 'report') };

  const before = await exportForecaster(
    settings,
    members.map((member) => member.before),
    ones(model),
    {},
  );
  const session = await openSession(before);
  const calibrated = await backtest(session, model, windows.calibrate);
  const raw = await backtest(session, model, windows.report);
  await session.release();
  const report = stretched(raw, model, widening(calibrated, model));
  const metrics = metricsOf(report, model, plan.season);
  // What is served may learn from all windows; what is reported not from those it is reported on.
  const factors = widening(joined(calibrated, raw), model);

  const forecaster = await exportForecaster(
    settings,
    members.map((member) => member.final),
    factors,
    {
      'tidecast.dataset': plan.dataset,
      'tidecast.frequency': printFrequency(plan.frequency),
    },
  );
  const description = describe({ plan, settings, series, members, metrics });
  const parameters = members.map(({ before, final }, k) => ({
    layout: memberLayout(settings, settings.members[k] as MemberSettings),
    before,
    final,
  }));
  const files = {
    'report.json': jsonBytes({
      calibration: [...factors],
      metrics,
      choice: choice.scores.map((one) => ({ ...one })),
    }),
    [parametersFile]: encodeParameters(parameters),
  };
  const version = await writeBundle(store, keys.models(plan.dataset), { forecaster, description, files });
  await storeSeries(task, model);
  const decision = await decide(task, model, { report, windows: windows.report, version, metrics });
  return { version, metrics, ...decision };
}

/** The metrics as a job's document states them. */
export const inShort = ({ scores, baselines = {}, beatsBaselines = false }: BundleMetrics): JobMetrics => ({
  scores,
  baselines,
  beatsBaselines,
});

export const modelShape = (settings: ForecasterSettings): ModelShape => ({
  horizon: settings.horizon,
  context: settings.context,
  channels: settings.channels,
  known: settings.known,
  levels: settings.levels,
});

const ones = ({ levels }: ModelShape): number[] => levels.map(() => 1);

const joined = (a: Backtest, b: Backtest): Backtest => ({
  forecasts: [...a.forecasts, ...b.forecasts],
  outcomes: [...a.outcomes, ...b.outcomes],
});

/** Calibration that never narrows: where windows chose the number of steps, forecasts look better than they are. */
const widening = ({ forecasts, outcomes }: Backtest, { levels }: ModelShape): number[] =>
  fitCalibration(forecasts, outcomes, levels).factors.map((factor) => Math.max(factor, 1));

const windowsOf = ({ plan, series }: AssembleTask, kind: 'calibrate' | 'report'): Window[] =>
  series.flatMap((one, i) => (plan.windows[i]?.[kind] ?? []).map((origin) => ({ series: one, origin })));

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

/** The metrics that a bundle states: of the members fitted before the origins, on windows that nothing chose by. */
function metricsOf({ forecasts, outcomes }: Backtest, model: ModelShape, season: number): BundleMetrics {
  const own = plain(score(forecasts, outcomes, { levels: model.levels, season }).overall);
  const others = baselineScores(outcomes, model, season);
  const baselines = Object.fromEntries(
    Object.entries(others).map(([name, metrics]) => [name, plain(metrics)]),
  );
  const ahead = (name: string) =>
    Object.values(baselines).every((other) => (own[name] ?? 0) < (other[name] ?? 0));
  return { fit: 'before-origins', scores: own, baselines, beatsBaselines: ahead('mase') && ahead('wql') };
}

/** Metrics by name, with null for what is not defined. */
function plain(metrics: Metrics): Record<string, number | null> {
  const number = (value: number) => (Number.isFinite(value) ? value : null);
  const { smape, mase, rmse, wape, bias, wql, series, points } = metrics;
  const simple = Object.entries({ smape, mase, rmse, wape, bias, wql, series, points });
  const coverage = metrics.intervals.map(
    ({ interval, coverage: share }) => [`coverage${100 * interval}`, share] as const,
  );
  return Object.fromEntries([...simple, ...coverage].map(([name, value]) => [name, number(value)]));
}

/** Keeps each item's newest observations beside the versions, for whichever serves. */
async function storeSeries(
  { store, plan, series }: AssembleTask,
  { context, channels, known }: ModelShape,
): Promise<void> {
  const records = series.map((one) => {
    const first = Math.max(0, one.rows - context);
    const rowsKnown = known > 0 ? one.known.length / known : 0;
    return {
      item: one.item,
      target: { last: one.start + one.rows - 1, width: channels, data: one.target.slice(first * channels) },
      past: { last: 0, width: 0, data: new Float64Array(0) },
      known:
        known > 0
          ? { last: one.start + rowsKnown - 1, width: known, data: one.known.slice(first * known) }
          : { last: 0, width: 0, data: new Float64Array(0) },
      statics: {},
    };
  });
  await updateSeries(store, plan.dataset, records, { context });
}
