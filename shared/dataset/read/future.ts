import { printPeriod } from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import { findItem, itemEnd, itemFuture, type Panel } from '../panel/panel.ts';
import { place, spanOf } from './regular.ts';
import { itemOf, timeOf } from './roles.ts';
import { type ItemFaults, readRows, refuseFaults } from './rows.ts';
import type { Wanted } from './series.ts';
import type { Session } from './session.ts';
import type { Table } from './table.ts';

/** The columns by which future rows find their place; by name where nothing is said. */
export interface FutureOptions {
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
  const wanted: Wanted = { item: itemOf(free, options, time).column, time, numbers: names };
  const rows = await readRows(session, table, wanted);
  const faults: ItemFaults[] = [];
  const parts = rows.series.map((series) => {
    const span = spanOf(series, panel.frequency);
    const into = new Float64Array(span.length * names.length).fill(Number.NaN);
    const columns = names.map((_, i) => i);
    const name = series.item ?? '';
    faults.push({ item: name, faults: place(series, span, panel.frequency, [{ columns, into }]) });
    return { item: findItem(panel, name), end: span.start + span.length, into };
  });
  await refuseFaults(rows, wanted, panel.frequency, faults);

  const ours = parts.filter(({ item }) => item >= 0);
  const ahead = Math.max(0, ...ours.map(({ item, end }) => end - itemEnd(panel, item)));
  if (ahead === 0) refuseOld(table, panel, ours[0]);
  const horizon = Math.min(ahead, options.horizon ?? ahead);
  const future = new Float64Array(panel.items.length * horizon * names.length).fill(Number.NaN);
  const filled: Panel = { ...panel, known: { ...panel.known, horizon, future } };
  for (const { item, end, into } of ours) {
    const beyond = (end - itemEnd(panel, item)) * names.length; // values after the item's end
    const first = into.length - beyond; // of them, in `into`; negative where the rows begin later
    const size = horizon * names.length;
    const values = into.subarray(Math.max(0, first), Math.max(0, first + size));
    itemFuture(filled, item).set(values, Math.max(0, -first));
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
  first: { readonly item: number; readonly end: number } | undefined,
): never {
  const file = sources[0]?.name ?? '';
  const { frequency } = panel;
  throw new DataError(
    {
      rule: 'the future file must have rows after the end of the data',
      received: first
        ? `rows up to ${printPeriod(frequency, first.end - 1)} for ${panel.items[first.item]}, which ends at ${printPeriod(frequency, itemEnd(panel, first.item) - 1)}, in ${file}`
        : `no item of the data in ${file}`,
      remedy: 'give the covariates of the periods to be forecast',
    },
    { place: { file } },
  );
}
