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
import { type Json, jsonBytes, keys, type ObjectStore } from '../store/index.ts';
import type { Series } from './chunks.ts';
import { stepsOf, unitOf } from './measure.ts';
import type { Plan } from './plan-document.ts';
import { prepare, seriesOf } from './prepared.ts';
import { transformRule } from './transform.ts';
import { freezeStart } from './warm-start.ts';

export interface PlanTask {
  readonly store: ObjectStore;
  readonly dataset: string;
  readonly job: string;
  /** The files of the table. */
  readonly files: readonly string[];
  readonly configuration: Configuration;
  /** The version that the job may start from. */
  readonly parent: string | null;
}

/** Reads and checks the data, decides by rule, and freezes both for the steps to come. Does nothing where it is done. */
export async function plan(task: PlanTask): Promise<void> {
  const { store, dataset, job, files, configuration } = task;
  if (await store.head(keys.plan(dataset, job))) return;
  const { panel } = await readDataset(files, readOptions(configuration));
  const series = seriesOf(panel);
  const shaped = planOf(task, panel, series);
  const document = { ...shaped, unit: await unitOf(prepare(shaped, series)) };
  const prepared = prepare(document, series);
  const start = await freezeStart({ store, ...prepared });
  const steps = await stepsOf(prepared);
  await store.put(keys.panel(dataset, job), encodePanel(panel));
  await store.put(keys.plan(dataset, job), jsonBytes({ ...document, ...start, steps } as Json));
}

/** What the configuration says about reading the table. */
export function readOptions({ columns = {}, frequency }: Configuration): ReadOptions {
  const said = Object.entries({ ...columns, frequency }).filter(([, value]) => value !== undefined);
  return Object.fromEntries(said);
}

function planOf(
  { dataset, job, configuration, parent }: PlanTask,
  panel: Panel,
  series: readonly Series[],
): Plan {
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
    parent,
    warmStart: false,
    fitPeriod: 0,
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
