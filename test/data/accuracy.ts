import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBundle } from '../../shared/bundle/index.ts';
import { readDataset } from '../../shared/dataset/index.ts';
import { type Configuration, parseConfiguration } from '../../shared/documents/index.ts';
import { type Metrics, score } from '../../shared/evaluate/index.ts';
import { seasonality } from '../../shared/frequency/index.ts';
import { openSession } from '../../shared/graph/index.ts';
import { backtest, baselineScores, outcomesOf, type Window } from '../../shared/jobs/backtest.ts';
import { readOptions, runJob, seriesOf } from '../../shared/jobs/index.ts';
import type { ModelShape } from '../../shared/serve/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import type { AccuracySet } from './sets.ts';

/** A set with its training part as a file, and the windows after it. */
export interface HeldOut {
  readonly name: string;
  /** Where the files and the store lie. */
  readonly folder: string;
  readonly training: string;
  readonly settings: AccuracySet['configuration'];
  readonly windows: readonly Window[];
  readonly season: number;
}

/** One line of the table. */
export interface Row {
  readonly set: string;
  /** The method, or the seed of ours. */
  readonly by: string;
  readonly mase: number;
  readonly smape: number;
  readonly wql: number;
  readonly coverage: number;
  /** Forecast values that were scored. */
  readonly points: number;
  /** Of the job, from the file to the bundle; null for a baseline. */
  readonly seconds: number | null;
}

export interface Scored extends Row {
  /** Neighbouring quantiles in falling order. */
  readonly crossed: number;
}

const levels = [0.1, 0.5, 0.9];
const withSeed = (settings: HeldOut['settings'], seed: number): Configuration =>
  parseConfiguration({ ...settings, seed });

/** Writes the training part, and reads the whole for the windows to score. */
export async function holdOut(set: AccuracySet, folder: string): Promise<HeldOut> {
  const { name, header, items, heldOut, configuration } = set;
  const write = (part: string, newest: number): string => {
    const path = join(folder, `${name}-${part}.csv`);
    writeFileSync(
      path,
      [header, ...items.flatMap((lines) => lines.slice(0, lines.length - newest))].join('\n'),
    );
    return path;
  };
  const training = write('training', heldOut);
  const { panel } = await readDataset([write('whole', 0)], readOptions(withSeed(configuration, 1)));
  const count = heldOut / configuration.horizon;
  const windows = seriesOf(panel).flatMap((series) =>
    Array.from({ length: count }, (_, k) => ({
      series,
      origin: series.rows - 1 - heldOut + k * configuration.horizon,
    })),
  );
  const season = seasonality(panel.frequency).metricSeason;
  return { name, folder, training, settings: configuration, windows, season };
}

/** Trains with the default configuration and forecasts the windows with the bundle, as one who serves it would. */
export async function trainAndScore(held: HeldOut, seed: number): Promise<Scored> {
  const { name, folder, training, windows, season } = held;
  const dataset = `${name}-${seed}`;
  const started = performance.now();
  const { job } = await runJob({
    root: join(folder, 'store'),
    dataset,
    files: [training],
    configuration: withSeed(held.settings, seed),
    processes: 2,
  });
  const seconds = (performance.now() - started) / 1000;
  const bundle = await readBundle(fileStore(join(folder, 'store')), keys.model(dataset, job.version ?? ''));
  const { horizon, context, channels, covariates } = bundle.description;
  const model: ModelShape = {
    horizon,
    context,
    channels: channels.length,
    known: covariates.known.length,
    levels: bundle.description.levels,
  };
  const session = await openSession(bundle.forecaster);
  const { forecasts, outcomes } = await backtest(session, model, windows);
  await session.release();
  const crossed = forecasts.reduce(
    (sum, { quantiles }) => sum + crossings(quantiles, model.levels.length),
    0,
  );
  const { overall } = score(forecasts, outcomes, { levels: model.levels, season });
  return { ...rowOf(name, `seed ${seed}`, overall, seconds), crossed };
}

const crossings = (quantiles: Float64Array, width: number): number =>
  quantiles.filter((value, i) => i % width > 0 && !(value >= (quantiles[i - 1] ?? Number.NaN))).length;

/** The baselines on the same windows, by name. */
export async function scoreBaselines({
  name,
  windows,
  settings,
  season,
}: HeldOut): Promise<ReadonlyMap<string, Row>> {
  const channels = (windows[0]?.series.target.length ?? 0) / (windows[0]?.series.rows ?? 1);
  const model: ModelShape = { horizon: settings.horizon, context: 1, channels, known: 0, levels };
  const outcomes = windows.flatMap((window) => outcomesOf(window, model));
  const scores = baselineScores(outcomes, model, season);
  return new Map(Object.entries(scores).map(([by, metrics]) => [by, rowOf(name, by, metrics, null)]));
}

function rowOf(set: string, by: string, metrics: Metrics, seconds: number | null): Row {
  const { mase, smape, wql, intervals, points } = metrics;
  const coverage = intervals.find(({ interval }) => interval === 0.8)?.coverage ?? Number.NaN;
  return { set, by, mase, smape, wql, coverage, points, seconds };
}
