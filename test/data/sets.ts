import type { ConfigurationInput } from '../../shared/documents/index.ts';
import { dataLines } from '../support/data.ts';

/** A public data set and how it is held out. */
export interface AccuracySet {
  readonly name: string;
  /** What is not left to the defaults. */
  readonly configuration: ConfigurationInput & { readonly horizon: number };
  readonly header: string;
  /** The lines of each item, oldest first. */
  readonly items: readonly (readonly string[])[];
  /** The newest rows of each item, which are not trained on: one window to score after the other. */
  readonly heldOut: number;
}

/** The suite's extent: `TIDECAST_QUICK=1` is what fits a pull request. */
export const quick = process.env.TIDECAST_QUICK === '1';

const month = 30 * 24;

/** Made when asked for, so that a missing data folder fails a test and not the loading of the suite. */
export const accuracySets: Readonly<Record<string, () => AccuracySet>> = {
  electricity: () => ({
    ...table('electricity', ['electricity.csv'], itemColumn),
    configuration: { horizon: 24, columns: { known: ['Exogenous1', 'Exogenous2'] } },
    heldOut: 7 * 24,
  }),
  etth1: () => {
    // 12 + 4 months to learn from, 4 to score; the rest is not used, as is usual.
    const { items, ...rest } = table('etth1', ['etth1.csv.gz']);
    const used = items.map((lines) => lines.slice(0, 20 * month));
    return { ...rest, items: used, configuration: { horizon: 24 }, heldOut: 4 * month };
  },
  'air-passengers': () => ({
    ...table('air-passengers', ['air-passengers.csv']),
    configuration: { horizon: 12 },
    heldOut: 12,
  }),
  'm4-hourly': () => competition('m4-hourly', 48, 100),
  'm3-monthly': () => competition('m3-monthly', 18, 300),
};

/** @param few how many items the quick form takes, evenly from all of them */
function competition(name: string, horizon: number, few: number): AccuracySet {
  const { items, ...rest } = table(name, [`${name}.train.csv.gz`, `${name}.test.csv.gz`], itemColumn);
  const every = quick ? items.length / few : 1;
  const taken = items.filter((_, i) => Math.floor(i / every) !== Math.floor((i - 1) / every));
  return { ...rest, items: taken, configuration: { horizon }, heldOut: horizon };
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
