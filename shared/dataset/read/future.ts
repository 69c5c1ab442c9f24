import { printPeriod } from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import { copyTarget } from '../panel/gather.ts';
import { findItem, itemEnd, itemFuture, itemStart, type Panel } from '../panel/panel.ts';
import { arrange } from './arrange.ts';
import { gridRemedy } from './frequency.ts';
import { itemOf, timeOf } from './roles.ts';
import { readRows, refuseFaults } from './rows.ts';
import type { Wanted } from './series.ts';
import type { Session } from './session.ts';
import type { Table } from './table.ts';
import { type TimeOptions, timeFormOf } from './time/index.ts';

/** The columns by which future rows find their place; by name where nothing is said. */
export interface FutureOptions extends TimeOptions {
  readonly item?: string | null;
  readonly time?: string;
  /** Periods beyond each item's end that are kept at most; all where nothing is said. */
  readonly horizon?: number;
}

/**
 * The panel with the known covariates' values after each item's end. Rows of items that the panel does not have,
 * and rows up to an item's end, are left out.
 *
 * @throws DataError where the file lacks a column, has faults of its own, or does not go beyond the data's end
 */
export async function addFuture(
  session: Session,
  table: Table,
  panel: Panel,
  options: FutureOptions,
): Promise<Panel> {
  const { names } = panel.known;
  for (const name of names) checkPresent(table, name);
  const free = table.columns.filter(({ name }) => !names.includes(name));
  const time = timeOf(free, options).column;
  const form = await timeFormOf(session, table, time, options);
  const wanted: Wanted = { item: itemOf(free, options, time).column, time, form, numbers: names };
  const { timezone } = options;
  const rows = await readRows(session, table, wanted, { timezone, asked: panel.frequency });
  const measures = { channels: names, known: [], past: [] };
  const { panel: ahead, faults } = arrange(rows.series, measures, panel.frequency);
  await refuseFaults(rows, wanted, panel.frequency, faults, () => gridRemedy(rows.series, panel.frequency));

  const matched = ahead.items
    .map((name, theirs) => ({ theirs, item: findItem(panel, name) }))
    .filter(({ item }) => item >= 0)
    .map(({ theirs, item }) => ({ theirs, item, beyond: itemEnd(ahead, theirs) - itemEnd(panel, item) }));
  const farthest = matched.reduce((most, { beyond }) => Math.max(most, beyond), 0);
  if (farthest === 0) refuseOld(table, panel, ahead, matched[0]);
  const horizon = Math.min(farthest, options.horizon ?? farthest);
  const future = new Float64Array(panel.items.length * horizon * names.length).fill(Number.NaN);
  const filled: Panel = { ...panel, known: { ...panel.known, horizon, future } };
  for (const { theirs, item } of matched) {
    const from = itemEnd(panel, item) - itemStart(ahead, theirs);
    copyTarget(ahead, { item: theirs, from, count: horizon }, itemFuture(filled, item));
  }
  return filled;
}

function checkPresent({ columns, sources }: Table, name: string): void {
  if (columns.some((column) => column.name === name)) return;
  const file = sources[0]?.name ?? '';
  throw new DataError(
    {
      rule: `the future file must have the known covariate ${name}`,
      received: `the columns ${columns.map((column) => column.name).join(', ')} in ${file}`,
      remedy: 'add the column, or do not call it known',
    },
    { place: { file } },
  );
}

function refuseOld(
  { sources }: Table,
  panel: Panel,
  ahead: Panel,
  first: { readonly item: number; readonly theirs: number } | undefined,
): never {
  const file = sources[0]?.name ?? '';
  const { frequency } = panel;
  throw new DataError(
    {
      rule: 'the future file must have rows after the end of the data',
      received: first
        ? `rows up to ${printPeriod(frequency, itemEnd(ahead, first.theirs) - 1)} for ${panel.items[first.item]}, which ends at ${printPeriod(frequency, itemEnd(panel, first.item) - 1)}, in ${file}`
        : `no item of the data in ${file}`,
      remedy: 'give the covariates of the periods to be forecast',
    },
    { place: { file } },
  );
}
