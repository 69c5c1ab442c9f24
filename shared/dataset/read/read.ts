import type { Frequency } from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import { type ColumnFills, fillPanel } from '../panel/fill.ts';
import { type Panel, panelRows } from '../panel/panel.ts';
import { type QualityReport, qualityReport } from '../report.ts';
import { type Aggregations, aggregate } from './aggregate.ts';
import { arrange, isOnGrid, layOut, type Measures, numberColumns } from './arrange.ts';
import { findFrequency, gridRemedy } from './frequency.ts';
import { addFuture, type FutureOptions } from './future.ts';
import type { Series } from './grouping.ts';
import { addItems } from './items.ts';
import type { Limits } from './limits.ts';
import type { Prepared, TextOptions } from './prepare.ts';
import { addRelated, type Related } from './related.ts';
import { refuseSeveralFrequencies } from './rhythm.ts';
import { decideRoles, listOf, type RoleOptions, type Roles } from './roles.ts';
import { readRows, refuseFaults } from './rows.ts';
import type { Session } from './session.ts';
import { findStatics, type Statics } from './statics.ts';
import { openTable, type Table } from './table.ts';
import { type TimeOptions, timeFormOf } from './time/resolve.ts';
import { withSession } from './work.ts';

export interface ReadOptions extends RoleOptions, TextOptions, TimeOptions, Limits {
  /** Covariates by item and time, past and future: files of a table of their own. */
  readonly related?: string | readonly string[];
  /** What describes items as a whole: files of a table with one row for each. */
  readonly items?: string | readonly string[];
  /** How far apart rows are, `1h` for example; with its phase as a `Frequency`. Inferred where nothing is said. */
  readonly frequency?: string | Frequency;
  /** What becomes of several rows of one item and period; without it they are refused where they differ. */
  readonly aggregation?: Aggregations;
  /** What stands in the place of missing values, by column; without it they are missing. */
  readonly fills?: ColumnFills;
  /** Periods after each item's end that are kept of the covariates at most. */
  readonly horizon?: number;
}

export interface Dataset {
  readonly panel: Panel;
  readonly report: QualityReport;
}

/**
 * Reads a table from CSV, JSON lines and Parquet files, several being parts of one, and makes it regular.
 * Gaps stay missing, rows may come in any order, rows that repeat another one are merged.
 *
 * @throws DataError naming one cause, its first place, and how often it occurs
 */
export async function readDataset(
  files: string | readonly string[],
  options: ReadOptions = {},
): Promise<Dataset> {
  const tables = [files, options.related ?? [], options.items ?? []].map((names) => [names].flat());
  return withSession(tables, options, async (session, [parts = [], relatedParts = [], itemParts = []]) => {
    const table = await openTable(session, parts, options);
    const open = (found: readonly Prepared[]) =>
      found.length > 0 ? openTable(session, found, options) : null;
    const [related, items] = [await open(relatedParts), await open(itemParts)];
    const told = rolesFor(table, options, related, items);
    const decided = decideRoles(table, told, related ? namesOf(related) : null);
    const read = await readPanel(session, table, decided, { ...options, ...told });
    let whole: Related = read;
    if (related) whole = await addRelated(session, related, whole, options);
    if (items) whole = await addItems(session, items, whole, options);
    const { panel, values: filled } = options.fills
      ? fillPanel(whole.panel, options.fills)
      : { panel: whole.panel, values: 0 };
    const { rows, merged, confidence, aggregated } = read;
    const names = parts.map(({ name }) => name);
    const reading = { files: names, rows, merged, confidence, aggregated, filled };
    return { panel, report: qualityReport(panel, whole.roles, reading) };
  });
}

const namesOf = ({ columns }: Table): string[] => columns.map(({ name }) => name);

/** What the options say of the table itself: other tables may have the covariates that are named. */
function rolesFor(
  table: Table,
  options: RoleOptions,
  related: Table | null,
  items: Table | null,
): RoleOptions {
  const own = namesOf(table);
  const beside = (other: Table | null, names: readonly string[] = []) =>
    names.filter((name) => own.includes(name) || !other || !namesOf(other).includes(name));
  return {
    ...options,
    known: beside(related, options.known),
    past: beside(related, options.past),
    ignore: [related, items].reduce((names, other) => beside(other, names), options.ignore ?? []),
    static: beside(items, options.static),
  };
}

/** The table by itself. @throws DataError where a row cannot be read or does not go with the others */
async function readPanel(session: Session, table: Table, decided: Roles, options: ReadOptions) {
  const { timezone, frequency: asked, aggregation } = options;
  const numbers = [...numberColumns(measuresOf(decided)), ...staticNumbers(table, decided)];
  const time = decided.time.column;
  const form = await timeFormOf(session, table, time, options);
  const wanted = { item: listOf(decided.item.column), time, form, numbers };
  const rows = await readRows(session, table, wanted, { timezone, asked });
  const found = await findStatics(session, table, rows.series, { roles: decided, numbers, options });
  const series = withoutStatics(rows.series, numbers, found.roles);
  const { panel, faults, ...more } = arrangeAtFrequency(series, found, { asked, aggregation });
  await refuseFaults(rows, wanted, panel.frequency, faults, {
    beside: () => gridRemedy(rows.series, asked),
    together: unnamedItems(found.roles),
  });
  checkObserved(panel, found.roles);
  const count = rows.series.reduce((sum, one) => sum + one.rows, 0);
  return { panel, roles: found.roles, rows: count, ...more };
}

/** A table whose items have no column that is known by its name looks like one with rows that contradict. */
function unnamedItems({ item, ignored }: Roles): string | undefined {
  const texts = ignored.filter(({ because }) => because === 'it holds text').map(({ column }) => column);
  if (item.column !== null || texts.length === 0) return undefined;
  return `; where ${texts.join(', ')} name${texts.length > 1 ? '' : 's'} the series, say so with the option item`;
}

const measuresOf = ({ target, known, past }: Roles): Measures => ({ channels: target.column, known, past });

/** Static covariates that are told, and hold numbers: they are read with the others. */
const staticNumbers = ({ columns }: Table, { static: statics, item }: Roles): string[] =>
  columns
    .filter(({ name, kind }) => kind === 'number' && statics.includes(name))
    .map(({ name }) => name)
    .filter((name) => !listOf(item.column).includes(name));

/** The number columns that have a value in every row, in the order in which they are arranged. */
function withoutStatics(
  series: readonly Series[],
  numbers: readonly string[],
  roles: Roles,
): readonly Series[] {
  const kept = numberColumns(measuresOf(roles)).map((name) => numbers.indexOf(name));
  if (kept.length === numbers.length) return series;
  return series.map((one) => ({ ...one, values: kept.flatMap((at) => one.values.slice(at, at + 1)) }));
}

function arrangeAtFrequency(
  series: readonly Series[],
  { roles, statics }: Statics,
  {
    asked,
    aggregation,
  }: { readonly asked: ReadOptions['frequency']; readonly aggregation: Aggregations | undefined },
) {
  const measures = measuresOf(roles);
  const laidOut = (whole: boolean) => {
    const isAggregated = aggregation !== undefined;
    const { frequency, confidence } = findFrequency(series, asked, { whole, isAggregated });
    // Who says the frequency says that all that is between rows is missing.
    if (asked === undefined) refuseSeveralFrequencies(series, frequency);
    const together = aggregation
      ? aggregate(series, frequency, numberColumns(measures), aggregation)
      : { series, rows: 0 };
    return { layout: layOut(together.series, frequency), confidence, aggregated: together.rows };
  };
  const sampled = laidOut(false);
  // What a sample does not show, such as one long item with finer steps or another day of the month, all timestamps do.
  const { layout, ...more } = typeof asked === 'object' || isOnGrid(sampled.layout) ? sampled : laidOut(true);
  const { panel, ...arranged } = arrange(layout, measures);
  return { ...arranged, ...more, panel: { ...panel, statics } };
}

/**
 * The panel with the known covariates' values after each item's end, from files of their own.
 *
 * @throws DataError where they lack a column, have faults, or do not go beyond the data's end
 */
export function readFuture(
  panel: Panel,
  files: string | readonly string[],
  options: FutureOptions & TextOptions & TimeOptions & Limits = {},
): Promise<Panel> {
  return withSession([[files].flat()], options, async (session, [found = []]) =>
    addFuture(session, await openTable(session, found, options), panel, options),
  );
}

/** The names of a table's columns. @throws DataError where it cannot be read */
export function readColumns(
  files: string | readonly string[],
  options: TextOptions & Limits = {},
): Promise<readonly string[]> {
  return withSession([[files].flat()], options, async (session, [found = []]) =>
    (await openTable(session, found, options)).columns.map(({ name }) => name),
  );
}

function checkObserved(panel: Panel, { target }: Roles): void {
  if (panel.target.some((value) => !Number.isNaN(value))) return;
  throw new DataError({
    rule: `the target ${target.column.join(', ')} must have numbers`,
    received: `none in ${panelRows(panel)} rows`,
    remedy: 'fill in the observations, or name another column with the option target',
  });
}
