import type { CalendarFeature } from '../calendar/index.ts';
import { encodePanel, type Panel, panelFingerprint } from '../dataset/index.ts';
import { type Configuration, writeQuality } from '../documents/index.ts';
import { planBacktest } from '../evaluate/index.ts';
import { seasonality } from '../frequency/index.ts';
import { type Json, jsonBytes, keys, type ObjectStore } from '../store/index.ts';
import { calendarFeatures, withCalendar } from './calendar.ts';
import type { Series } from './chunks.ts';
import { covariateRule } from './covariates.ts';
import { type Candidates, decide } from './decide.ts';
import { refuseDrift } from './drift.ts';
import { most } from './measure.ts';
import type { Plan } from './plan-document.ts';
import { prepare, seriesOf } from './prepared.ts';
import { checkLength, readOptions } from './reading/options.ts';
import { readTables, type TableFiles, type TableReader } from './reading/tables.ts';
import { transformCandidates } from './transform.ts';
import { freezeStart } from './warm-start.ts';

export interface PlanTask extends TableFiles {
  readonly store: ObjectStore;
  readonly dataset: string;
  readonly job: string;
  readonly configuration: Configuration;
  /** How the tables are read; in this process where it is not said. */
  readonly read?: TableReader;
  /** Members that train at the same time, for a budget of time; 1 where it is not said. */
  readonly processes?: number;
  /** The version that the job may start from. */
  readonly parent: string | null;
}

/** Reads and checks the data, decides by rule, and freezes both for the steps to come. Does nothing where it is done. */
export async function plan(task: PlanTask): Promise<void> {
  const { store, dataset, job, configuration, processes = 1, read = readTables } = task;
  const began = performance.now();
  if (await store.head(keys.plan(dataset, job))) return;
  const found = await read(task, readOptions(configuration));
  await writeQuality(store, dataset, job, found.report);
  await refuseDrift(task, found.panel);
  const features = await calendarFeatures(configuration, found.panel);
  const panel = withCalendar(found.panel, features, horizonOf(configuration, found.panel));
  const series = seriesOf(panel);
  const rough = planOf(task, panel, { series, features });
  const document = await decide(rough, series, candidatesOf(rough, panel, series), {
    members: configuration.members,
    processes,
    spent: () => (performance.now() - began) / 1000,
  });
  const start = await freezeStart({ store, ...prepare(document, series) });
  await store.put(keys.panel(dataset, job), encodePanel(panel));
  await store.put(keys.plan(dataset, job), jsonBytes({ ...document, ...start } as Json));
}

/** Periods per cycle that may be taken out: alone, none, or a longer one beside. */
function seasonCandidates({ seasons }: Plan, longest: number): readonly (readonly number[])[] {
  const [first, second] = seasons;
  if (first === undefined) return [[]];
  const together = second !== undefined && longest >= fewestLongSeasons * second ? [[first, second]] : [];
  return [[first], ...together, []];
}

/** A second season is tried where it was seen so often. */
const fewestLongSeasons = 8;

/** The shapes that the rules and the configuration leave. */
function candidatesOf(rough: Plan, panel: Panel, series: readonly Series[]): Candidates {
  const { transform } = rough.configuration;
  const longest = Math.max(...series.map(({ rows }) => rows));
  return {
    transforms: transform
      ? [transform]
      : transformCandidates(series, panel.channels.length, rough.seasons[0] ?? 1),
    seasons: seasonCandidates(rough, longest),
  };
}

const horizonOf = ({ horizon }: Configuration, { frequency }: Panel): number =>
  horizon ?? seasonality(frequency).horizon;

/** Members where neither the configuration nor a budget of time says how many (RECIPE). */
const usualMembers = 4;

function planOf(
  { dataset, job, configuration, parent }: PlanTask,
  panel: Panel,
  { series, features }: { readonly series: readonly Series[]; readonly features: readonly CalendarFeature[] },
): Plan {
  const natural = seasonality(panel.frequency);
  const horizon = horizonOf(configuration, panel);
  const made = features.flatMap(({ columns }) => columns);
  const lengths = panel.items.map((_, i) => (panel.indptr[i + 1] ?? 0) - (panel.indptr[i] ?? 0));
  const longest = Math.max(...lengths);
  checkLength(longest, horizon);
  return {
    formatVersion: 1,
    dataset,
    job,
    configuration: { ...configuration, members: configuration.members ?? usualMembers },
    fingerprint: panelFingerprint(panel),
    layout: panel.channels.length > 1 ? 'wide' : 'long',
    channels: [...panel.channels],
    knownNames: panel.known.names.filter((name) => !made.includes(name)),
    features: [...features],
    ...covariateRule(panel),
    frequency: panel.frequency,
    season: natural.metricSeason,
    seasons: natural.seasons.filter((season) => longest >= 2 * season + 1),
    horizon,
    views: [{ transform: configuration.transform ?? 'identity', unit: 1 }],
    reasons: {},
    integers: series.every(isCount),
    gaps: series.some(hasGaps),
    steps: most,
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

/** Whether a series counts something: whole numbers from 0 on, or nothing. */
const isCount = ({ target }: Series): boolean =>
  target.every((value) => Number.isNaN(value) || (Number.isInteger(value) && value >= 0));
