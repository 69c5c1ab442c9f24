import { show } from '../../errors/index.ts';
import { type Frequency, periodsOf, printFrequency, printTime } from '../../frequency/index.ts';
import { DataError, printPlace } from '../errors.ts';
import { refuseAmbiguous } from './ambiguous.ts';
import type { Series } from './grouping.ts';
import type { GridFaults } from './regular.ts';
import { readFast, unnamedItem, type Wanted } from './series.ts';
import { literal, type Session } from './session.ts';
import type { Table } from './table.ts';
import { type OnAxis, onAxis } from './time/axis.ts';
import { openTrace, type Trace } from './trace.ts';

/** A table's rows by item, all of them sound in themselves. */
export interface Rows {
  /** By item name, rising; their times by the clock that periods are counted on. */
  readonly series: readonly Series[];
  readonly tableTimes: OnAxis['tableTimes'];
  /** To tell where a row lies that does not go with the others. */
  trace(): Promise<Trace>;
}

/** By what clock the rows are to be. */
export interface Clock {
  readonly timezone?: string | undefined;
  /** The frequency, where it is told. */
  readonly asked?: string | Frequency | undefined;
}

/** @throws DataError where a line, an item, a timestamp or a number cannot be read, or there are no rows */
export async function readRows(
  session: Session,
  table: Table,
  wanted: Wanted,
  { timezone, asked }: Clock,
): Promise<Rows> {
  await refuseAmbiguous(session, table, wanted.numbers);
  let opened: Promise<Trace> | null = null;
  const trace = () => {
    opened ??= openTrace(session, table, wanted);
    return opened;
  };
  const fast = await readFast(session, table, wanted).catch(() => null);
  const series = fast?.every(isSound) ? fast : await (await trace()).series();
  if (series.length === 0) {
    const [file] = table.sources;
    throw new DataError(
      { rule: 'a table must have rows', received: `none in ${file?.name}`, remedy: 'add the observations' },
      { place: file ? { file: file.name } : null },
    );
  }
  const { missing, ...axis } = onAxis(series, wanted.form, timezone, asked);
  const [first] = missing;
  if (first) await refuseMissing(await trace(), wanted, first, { timezone, missing });
  return { ...axis, trace };
}

async function refuseMissing(
  trace: Trace,
  { time: column }: Wanted,
  { item, time }: OnAxis['missing'][number],
  { timezone, missing }: Pick<OnAxis, 'missing'> & Clock,
): Promise<never> {
  const [row] = await trace.find(`item = ${literal(item ?? '')} AND t = ${time}`);
  const count = missing.reduce((sum, one) => sum + one.count, 0);
  const place = await trace.place(row?.row ?? 0, column);
  throw new DataError(
    {
      rule: `a local time must be one that there was in ${timezone}, whose clocks are set forward once a year`,
      received: `${printTime(time)}${ofItem(item ?? '')} in ${printPlace(place)}${others(count)}`,
      remedy: 'mend it, or leave timezone out where the times are UTC',
    },
    { place, count },
  );
}

/** What a fast reading cannot tell the place of; infinite values are found when they are placed. */
function isSound({ item, ...one }: Series): boolean {
  if (item === null || item.trim() === '') return false;
  const times = one.times();
  for (let row = 0; row < times.length; row++) if (Number.isNaN(times[row])) return false;
  return true;
}

/** What to do about rows without a place of their own. */
interface Remedies {
  /** About a timestamp beside the grid. */
  beside(): string;
  /** What else there is to do about two rows of one time. */
  readonly together?: string | undefined;
}

/** One item's faults. */
export interface ItemFaults {
  readonly item: string;
  readonly faults: GridFaults;
}

/** How a message names an item; nothing where the table has no column of items. */
export const ofItem = (item: string): string => (item === unnamedItem ? '' : ` of item ${show(item)}`);
const others = (count: number): string => (count > 1 ? ` (and ${count - 1} more)` : '');

/**
 * @throws DataError where a row has no period of its own or an infinite value, naming the first of the first item
 */
export async function refuseFaults(
  rows: Rows,
  { time }: Wanted,
  frequency: Frequency,
  found: readonly ItemFaults[],
  { beside, together }: Remedies,
): Promise<void> {
  if (found.some(({ faults }) => faults.isInfinite)) await rows.trace(); // refuses it with its place
  for (const kind of ['offGrid', 'conflicts'] as const) {
    const faulty = found.find(({ faults }) => faults[kind].count > 0);
    if (!faulty) continue;
    const { item, faults } = faulty;
    const count = found.reduce((sum, other) => sum + other.faults[kind].count, 0);
    const trace = await rows.trace();
    const here = await trace.find(
      `item = ${literal(item)} AND t IN (${rows.tableTimes(faults[kind].first).join(', ')})`,
    );
    const [first, ...more] = here;
    if (!first) continue;
    const at = printTime(first.time);
    if (kind === 'offGrid') {
      const periods = periodsOf(frequency);
      const place = await trace.place(first.row, time);
      throw new DataError(
        {
          rule: `timestamps must be whole periods of ${printFrequency(frequency)} apart, as ${printTime(periods.timestamp(periods.index(first.time)))} is`,
          received: `${at}${ofItem(item)} in ${printPlace(place)}${others(count)}`,
          remedy: beside(),
        },
        { place, count },
      );
    }
    const other = more.find(({ values }) => !values.every((value, i) => Object.is(value, first.values[i])));
    const places = [await trace.place(first.row), await trace.place((other ?? first).row)];
    throw new DataError(
      {
        rule: 'an item must have one row for each time',
        received: `two that differ for ${at}${ofItem(item)}, ${places.map(printPlace).join(' and ')}${others(count)}`,
        remedy: `keep one of them, or say with the option aggregation what becomes of them${together ?? ''}`,
      },
      { place: places[1] ?? null, count },
    );
  }
}
