import type { ConfigurationInput } from '../../shared/documents/index.ts';
import { dataLines } from './data.ts';

/** A public data set and how it is held out. */
export interface AccuracySet {
  readonly name: string;
  /** What is not left to the defaults. */
  readonly configuration: ConfigurationInput & { readonly horizon: number };
  /** Periods per cycle in MASE and in the baselines, 1 for none: as ../shared/data/README.md says. */
  readonly season: number;
  readonly header: string;
  /** The lines of each item, oldest first. */
  readonly items: readonly (readonly string[])[];
  /** The newest rows of each item, which are not trained on: one window to score after the other. */
  readonly heldOut: number;
  /** The rows that are held out instead where an earlier part is scored. */
  readonly fold: number;
}

const month = 30 * 24;

/** Made when asked for, so that a missing data folder fails what needs it and not what imports this. */
const makers = {
  'm3-yearly': () => competition('m3-yearly', 6, 1),
  'm3-quarterly': () => competition('m3-quarterly', 8, 4),
  'm3-monthly': () => competition('m3-monthly', 18, 12),
  'm3-other': () => competition('m3-other', 8, 1),
  'm4-hourly': () => competition('m4-hourly', 48, 24),
  electricity: () => ({
    ...table('electricity', ['electricity.csv'], itemColumn),
    configuration: { horizon: 24, columns: { known: ['Exogenous1', 'Exogenous2'] } },
    season: 24,
    heldOut: 28 * 24,
    fold: 7 * 24,
  }),
  etth1: () => {
    // 12 + 4 months to learn from, 4 to score; the rest is not used, as is usual.
    const { items, ...rest } = table('etth1', ['etth1.csv.gz']);
    const used = items.map((lines) => lines.slice(0, 20 * month));
    return {
      ...rest,
      items: used,
      configuration: { horizon: 24 },
      season: 24,
      heldOut: 4 * month,
      fold: 4 * month,
    };
  },
  'air-passengers': () => ({
    ...table('air-passengers', ['air-passengers.csv']),
    configuration: { horizon: 12 },
    season: 12,
    heldOut: 12,
    fold: 12,
  }),
} as const satisfies Readonly<Record<string, () => AccuracySet>>;

export type SetName = keyof typeof makers;
export const setNames = Object.keys(makers) as readonly SetName[];

/** The four parts of M3, which are also scored as one. */
export const m3Names: readonly SetName[] = ['m3-yearly', 'm3-quarterly', 'm3-monthly', 'm3-other'];

/** @throws Error where the data folder is missing */
export const accuracySet = (name: SetName): AccuracySet => makers[name]();

/** The least that an item keeps to learn from: with fewer periods it is none of an earlier part's items. */
const fewestRows = 3;

/**
 * The set as it was before: without the test part, and of the training part without the newest `fold − 1` parts.
 * For development, which should not look at the test part. A fold of 0 is the set itself.
 */
export function earlierSet(set: AccuracySet, fold: number): AccuracySet {
  if (fold === 0) return set;
  const dropped = set.heldOut + (fold - 1) * set.fold;
  const items = set.items
    .map((lines) => lines.slice(0, Math.max(0, lines.length - dropped)))
    .filter((lines) => lines.length >= set.fold + fewestRows);
  return { ...set, items, heldOut: set.fold };
}

/** The set with so many of its items, evenly from all of them. */
export function someOf(set: AccuracySet, few: number): AccuracySet {
  const every = Math.max(1, set.items.length / few);
  const items = set.items.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
  return { ...set, items };
}

function competition(name: string, horizon: number, season: number): AccuracySet {
  const files = [`${name}.train.csv.gz`, `${name}.test.csv.gz`];
  return {
    ...table(name, files, itemColumn),
    configuration: { horizon },
    season,
    heldOut: horizon,
    fold: horizon,
  };
}

const itemColumn = (line: string): string => line.slice(0, line.indexOf(','));

/** @param files parts of one table, the older one first */
function table(name: string, files: readonly string[], itemOf: (line: string) => string = () => '') {
  const items = new Map<string, string[]>();
  const parts = files.map(dataLines);
  for (const line of parts.flatMap((lines) => lines.slice(1))) {
    const item = itemOf(line);
    const lines = items.get(item);
    if (lines) lines.push(line);
    else items.set(item, [line]);
  }
  return { name, header: parts[0]?.[0] ?? '', items: [...items.values()] };
}
