import { type BundleMetrics, periodsKept, updateSeries, writeBundle } from '../bundle/index.ts';
import { type JobMetrics, keepCurves } from '../documents/index.ts';
import { type Metrics, score } from '../evaluate/index.ts';
import type { ModelShape } from '../forecast/index.ts';
import { printFrequency } from '../frequency/index.ts';
import { exportForecaster, type ForecasterSettings, memberLayout } from '../model/index.ts';
import { type Json, jsonBytes, keys, type ObjectStore } from '../store/index.ts';
import { accuracyFiles } from './accuracy/index.ts';
import { type Backtest, baselineScores } from './backtest.ts';
import { decide } from './champion.ts';
import { readChoices } from './choose/index.ts';
import type { Series } from './chunks.ts';
import { crossFitted } from './cross-fitted.ts';
import { describe } from './describe.ts';
import { givenColumns } from './given.ts';
import { memberKey } from './open-member.ts';
import { encodeParameters, parametersFile } from './parameters.ts';
import type { Plan } from './plan-document.ts';
import { modelShape } from './prepared.ts';
import { membersBefore, membersRefitted } from './train-member.ts';
import { countMembers, memberAt, viewsWith } from './views.ts';

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
  readonly views: readonly ForecasterSettings[];
  readonly settings: ForecasterSettings;
  readonly series: readonly Series[];
  /** When the version is promoted, in ISO 8601 UTC, for the pointer to remember; the bundle holds no time. */
  readonly at?: string;
}

/** Members → calibrated ensemble → backtest → bundle → promotion. */
export async function assemble(task: AssembleTask): Promise<Assembled> {
  const { store, plan, views, settings, series } = task;
  const trained = {
    ...task,
    ...{ dataset: plan.dataset, job: plan.job, key: memberKey(plan.dataset, plan.job) },
    ...{ windows: plan.windows, steps: plan.steps, season: plan.season },
  };
  const choices = await readChoices(trained);
  const model = modelShape(settings);
  const fitted = await crossFitted(task, trained, choices);
  const { report, windows, factors } = fitted;
  const metrics = metricsOf(report, model, plan.season);
  const members = await membersRefitted(trained);
  const before = await membersBefore(trained, choices.served.steps);
  const forecaster = await exportForecaster(viewsWith(views, choices.served.mixture, members), factors, {
    'tidecast.dataset': plan.dataset,
    'tidecast.frequency': printFrequency(plan.frequency),
  });
  const description = describe({ plan, views, settings, series, choice: choices.served, metrics });
  const parameters = before.map((vector, k) => ({
    layout: memberLayout(memberAt(views, k).settings, memberAt(views, k).member),
    before: vector,
  }));
  const files = {
    ...accuracyFiles({ plan, series, model, fitted }),
    'report.json': jsonBytes({
      ...{ calibration: [...factors], metrics, choices },
      reasons: description.reasons,
    } as Json),
    [parametersFile]: encodeParameters(parameters),
  };
  const version = await writeBundle(store, keys.models(plan.dataset), { forecaster, description, files });
  await storeSeries(task, model);
  await keepCurves(store, plan, countMembers(views));
  const decision = await decide(task, model, { report, windows, version, metrics });
  return { version, metrics, ...decision };
}

/** The metrics as a job's document states them. */
export const inShort = ({ scores, baselines = {}, beatsBaselines = false }: BundleMetrics): JobMetrics => ({
  scores,
  baselines,
  beatsBaselines,
});

/** The metrics that a bundle states: of the members fitted before the origins, each window by what others chose. */
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
  { context, horizon, channels, known }: ModelShape,
): Promise<void> {
  const kept = periodsKept({ context, horizon });
  // What the calendar makes is made again wherever it is needed.
  const given = plan.knownNames.length;
  const records = series.map((one) => {
    const first = Math.max(0, one.rows - kept);
    const rowsKnown = known > 0 ? one.known.length / known : 0;
    return {
      item: one.item,
      target: { last: one.start + one.rows - 1, width: channels, data: one.target.slice(first * channels) },
      past: pastBlock(one, first),
      known:
        given > 0
          ? {
              ...{ last: one.start + rowsKnown - 1, width: given },
              data: givenColumns(one.known.subarray(first * known), known, given),
            }
          : { last: 0, width: 0, data: new Float64Array(0) },
      statics: one.statics,
    };
  });
  await updateSeries(store, plan.dataset, records, { context: kept });
}

/** All past covariates, whether this version reads them or not: another one may. */
function pastBlock({ start, rows, past }: Series, first: number) {
  const width = rows > 0 ? past.length / rows : 0;
  return { last: width > 0 ? start + rows - 1 : 0, width, data: past.slice(first * width) };
}
