import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import {
  encodePanel,
  type Panel,
  panelFingerprint,
  type ReadOptions,
  readDataset,
} from '../dataset/index.ts';
import type { Configuration } from '../documents/index.ts';
import { ConfigurationError } from '../errors/index.ts';
import { planBacktest } from '../evaluate/index.ts';
import { seasonality } from '../frequency/index.ts';
import { version } from '../model/index.ts';
import { canonicalJson, type Json, jsonBytes, keys, type ObjectStore } from '../store/index.ts';
import type { Series } from './chunks.ts';
import { stepsOf, unitOf } from './measure.ts';
import type { Plan } from './plan-document.ts';
import { prepare, seriesOf } from './prepared.ts';
import { transformRule } from './transform.ts';

export interface PlanTask {
  readonly store: ObjectStore;
  readonly dataset: string;
  readonly job: string;
  /** The files of the table. */
  readonly files: readonly string[];
  readonly configuration: Configuration;
}

/** The job's id: what it will do, as a fingerprint of its inputs. */
export async function planId({
  dataset,
  files,
  configuration,
}: Omit<PlanTask, 'store' | 'job'>): Promise<string> {
  const hash = createHash('sha256');
  hash.update(canonicalJson({ dataset, version, configuration: configuration as Json }));
  for (const file of [...files].sort()) {
    checkFile(file);
    for await (const chunk of createReadStream(file)) hash.update(chunk);
  }
  return hash.digest('hex').slice(0, 16);
}

function checkFile(file: string): void {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found?.isFile()) return;
  throw new ConfigurationError({
    rule: 'the data must be files that exist',
    received: `${file}, which ${found ? 'is no file' : 'does not exist'}`,
    remedy: 'mend the path',
  });
}

/** Reads and checks the data, decides by rule, and freezes both for the steps to come. Does nothing where it is done. */
export async function plan(task: PlanTask): Promise<void> {
  const { store, dataset, job, files, configuration } = task;
  if (await store.head(keys.plan(dataset, job))) return;
  const { panel } = await readDataset(files, readOptions(configuration));
  const series = seriesOf(panel);
  const shaped = planOf(task, panel, series);
  const document = { ...shaped, unit: await unitOf(prepare(shaped, series)) };
  const steps = await stepsOf(prepare(document, series));
  await store.put(keys.panel(dataset, job), encodePanel(panel));
  await store.put(keys.plan(dataset, job), jsonBytes({ ...document, steps } as Json));
}

/** What the configuration says about reading the table. */
export function readOptions({ columns = {}, frequency }: Configuration): ReadOptions {
  const said = Object.entries({ ...columns, frequency }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}

function planOf({ dataset, job, configuration }: PlanTask, panel: Panel, series: readonly Series[]): Plan {
  const natural = seasonality(panel.frequency);
  const horizon = configuration.horizon ?? natural.horizon;
  const lengths = panel.items.map((_, i) => (panel.indptr[i + 1] ?? 0) - (panel.indptr[i] ?? 0));
  const longest = Math.max(...lengths);
  if (longest < horizon + 3) {
    throw new ConfigurationError({
      rule: `the longest item must have at least ${horizon + 3} periods for a horizon of ${horizon}`,
      received: String(longest),
      remedy: 'give a longer history or a shorter horizon',
    });
  }
  return {
    formatVersion: 1,
    dataset,
    job,
    configuration,
    fingerprint: panelFingerprint(panel),
    layout: panel.channels.length > 1 ? 'wide' : 'long',
    channels: [...panel.channels],
    knownNames: [...panel.known.names],
    frequency: panel.frequency,
    season: natural.metricSeason,
    seasons: natural.seasons.filter((season) => longest >= 2 * season + 1),
    horizon,
    transform: configuration.transform ?? transformRule(series, panel.channels.length, natural.season),
    unit: 1,
    gaps: series.some(hasGaps),
    steps: 1,
    windows: planBacktest({ lengths, horizon, season: natural.season }).map(({ fit, calibrate, report }) => ({
      fit,
      calibrate: [...calibrate],
      report: [...report],
    })),
  };
}

/** Whether a value is missing after the first row that has one. */
function hasGaps({ target, rows }: Series): boolean {
  const channels = target.length / rows;
  const first = target.findIndex((value) => !Number.isNaN(value));
  return target.subarray(Math.ceil((first + 1) / channels) * channels).some(Number.isNaN);
}
