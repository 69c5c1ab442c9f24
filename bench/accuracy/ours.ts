import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { type Bundle, readBundle } from '../../shared/bundle/index.ts';
import { shapeOf } from '../../shared/forecast/index.ts';
import { openSession } from '../../shared/graph/index.ts';
import { backtest } from '../../shared/jobs/index.ts';
import { fileStore, keys, parseJson } from '../../shared/store/index.ts';
import { type Result, scoreForecasts } from './figures.ts';
import { configurationOf, type HeldOut } from './held-out.ts';
import { runWatched } from './watched.ts';

const program = fileURLToPath(new URL('./job.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export interface Trained {
  readonly result: Result;
  /** Neighbouring quantiles in falling order. */
  readonly crossed: number;
  /** What the job decided by itself, in one line. */
  readonly chosen: string;
}

interface Done {
  readonly version: string;
  readonly seconds: number;
}

/**
 * Trains as for a user, with two processes, and forecasts the windows with the bundle, as one who serves it would.
 *
 * @param more configuration besides the set's
 */
export async function trainAndScore(
  held: HeldOut,
  seed: number,
  more: Readonly<Record<string, unknown>> = {},
): Promise<Trained> {
  const root = join(held.folder, 'store');
  const dataset = `${held.name}-${seed}`;
  const configuration = configurationOf(held.configuration, { ...more, seed });
  const task = { root, dataset, files: [held.training], configuration, processes: 2 };
  const { answer, megabytes } = await runWatched<Done>('the job', process.execPath, [
    ...['--import', loader, program],
    JSON.stringify(task),
  ]);
  const { version, seconds } = answer;

  const bundle = await readBundle(fileStore(root), keys.model(dataset, version));
  const began = performance.now();
  const model = shapeOf(bundle.description);
  const session = await openSession(bundle.forecaster);
  const { forecasts } = await backtest(session, model, held.windows);
  await session.release();
  const forecasting = (performance.now() - began) / 1000;

  const scored = scoreForecasts(held, forecasts, model.levels);
  const figures = { ...scored.figures, seconds: seconds + forecasting, megabytes };
  const width = model.levels.length;
  const crossed = forecasts.reduce((sum, { quantiles }) => sum + crossings(quantiles, width), 0);
  return {
    result: { ...scored, kind: 'ours', by: `seed ${seed}`, figures },
    crossed,
    chosen: await chosenBy(bundle),
  };
}

const crossings = (quantiles: Float64Array, width: number): number =>
  quantiles.filter((value, i) => i % width > 0 && !(value >= (quantiles[i - 1] ?? Number.NaN))).length;

/** From the bundle and its report. */
async function chosenBy({ description, file }: Bundle): Promise<string> {
  const { calibration } = parseJson(await file('report.json')) as { readonly calibration: readonly number[] };
  const { transforms, seasons, members, mixture, reasons } = description;
  const steps = [...new Set(members.map((member) => member.steps))];
  const said = { transforms, seasons, members: members.length, steps, mixture, calibration, reasons };
  return Object.entries(said)
    .map(([name, value]) => `${name} ${JSON.stringify(value, rounded)}`)
    .join(', ');
}

const rounded = (_: string, value: unknown): unknown =>
  typeof value === 'number' ? Number(value.toPrecision(4)) : value;
