import { DataError } from '../errors.ts';
import { copyTarget } from '../panel/gather.ts';
import { findItem, itemEnd, itemFuture, itemStart, type Panel } from '../panel/panel.ts';
import { arrange, layOut } from './arrange.ts';
import { gridRemedy } from './frequency.ts';
import type { ItemColumns } from './roles.ts';
import { itemOf, listOf, timeOf } from './roles.ts';
import { readRows, refuseFaults } from './rows.ts';
import type { Session } from './session.ts';
import type { Table } from './table.ts';
import { type TimeOptions, timeFormOf } from './time/resolve.ts';

/** The columns by which rows of another table find their place; by name where nothing is said. */
export interface PlaceOptions extends TimeOptions {
  readonly item?: ItemColumns;
  readonly time?: string;
}

/** Covariates by item and period, from a table of their own. */
export interface Ahead {
  /** Their values are its target. */
  readonly panel: Panel;
  /** Items that the data have too, by their number in both. */
  readonly matched: readonly { readonly item: number; readonly theirs: number }[];
}

/**
 * Reads covariates from a table of their own, at the data's frequency.
 *
 * @throws DataError where the table lacks a column or has faults of its own
 */
export async function readAhead(
  session: Session,
  table: Table,
  panel: Panel,
  names: readonly string[],
  options: PlaceOptions,
): Promise<Ahead> {
  const free = table.columns.filter(({ name }) => !names.includes(name));
  const time = timeOf(free, options).column;
  const form = await timeFormOf(session, table, time, options);
  const wanted = { item: listOf(itemOf(free, options, time).column), time, form, numbers: names };
  const clock = { timezone: options.timezone, asked: panel.frequency };
  const rows = await readRows(session, table, wanted, clock);
  const measures = { channels: names, known: [], past: [] };
  const { panel: ahead, faults } = arrange(layOut(rows.series, panel.frequency), measures);
  const beside = () => gridRemedy(rows.series, panel.frequency);
  await refuseFaults(rows, wanted, panel.frequency, faults, { beside });
  const matched = ahead.items
    .map((name, theirs) => ({ theirs, item: findItem(panel, name) }))
    .filter(({ item }) => item >= 0);
  return { panel: ahead, matched };
}

/** How many periods the farthest item goes beyond the data's end. */
export const farthest = (panel: Panel, { panel: ahead, matched }: Ahead): number =>
  matched.reduce(
    (most, { item, theirs }) => Math.max(most, itemEnd(ahead, theirs) - itemEnd(panel, item)),
    0,
  );

/** `[items, horizon, names]`: the values after each item's end, NaN where there are none. */
export function futureOf(panel: Panel, { panel: ahead, matched }: Ahead, horizon: number): Float64Array {
  const width = ahead.channels.length;
  const future = new Float64Array(panel.items.length * horizon * width).fill(Number.NaN);
  const filled: Panel = { ...panel, known: { ...panel.known, names: ahead.channels, horizon, future } };
  for (const { theirs, item } of matched) {
    const from = itemEnd(panel, item) - itemStart(ahead, theirs);
    copyTarget(ahead, { item: theirs, from, count: horizon }, itemFuture(filled, item));
  }
  return future;
}

/** @param rule who must have it @throws DataError where the table has no column of that name */
export function checkPresent({ columns, sources }: Table, name: string, rule: string, remedy: string): void {
  if (columns.some((column) => column.name === name)) return;
  const file = sources[0]?.name ?? '';
  throw new DataError(
    {
      rule,
      received: `the columns ${columns.map((column) => column.name).join(', ')} in ${file}`,
      remedy,
    },
    { place: { file } },
  );
}

/** @throws DataError where none of the data's items is in the table */
export function checkMatched({ sources }: Table, what: string, panel: Panel, items: readonly string[]): void {
  if (items.some((item) => findItem(panel, item) >= 0)) return;
  const file = sources[0]?.name ?? '';
  throw new DataError(
    {
      rule: `${what} must have items of the data, such as ${panel.items[0]}`,
      received: `${items.slice(0, 3).join(', ')}${items.length > 3 ? ', …' : ''} in ${file}`,
      remedy: 'name the items in both alike',
    },
    { place: { file } },
  );
}
