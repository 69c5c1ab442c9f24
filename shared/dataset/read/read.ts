import type { Frequency } from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import { type ColumnFills, fillPanel } from '../panel/fill.ts';
import { type Panel, panelRows } from '../panel/panel.ts';
import { type QualityReport, qualityReport } from '../report.ts';
import { type Aggregations, aggregate } from './aggregate.ts';
import { arrange, type Measures, numberColumns } from './arrange.ts';
import { findFrequency, gridRemedy } from './frequency.ts';
import { addFuture, type FutureOptions } from './future.ts';
import type { Series } from './grouping.ts';
import type { TextOptions } from './prepare.ts';
import { refuseSeveralFrequencies } from './rhythm.ts';
import { decideRoles, type RoleOptions, type Roles } from './roles.ts';
import { readRows, refuseFaults } from './rows.ts';
import type { Limits } from './session.ts';
import { findStatics, type Statics } from './statics.ts';
import { openTable, type Table } from './table.ts';
import { type TimeOptions, timeFormOf } from './time/index.ts';
import { withSession } from './work.ts';

export interface ReadOptions extends RoleOptions, TextOptions, TimeOptions, Limits {
  /** The known covariates after the end: files with item, time and covariates. */
  readonly future?: string | readonly string[];
  /** How far apart rows are, `1h` for example; with its phase as a `Frequency`. Inferred where nothing is said. */
  readonly frequency?: string | Frequency;
  /** What becomes of several rows of one item and period; without it they are refused where they differ. */
  readonly aggregation?: Aggregations;
  /** What stands in the place of missing values, by column; without it they are missing. */
  readonly fills?: ColumnFills;
  /** Periods after each item's end that are kept of the future at most. */
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
  const names = [files].flat();
  const futureNames = [options.future ?? []].flat();
  return withSession([names, futureNames], options, async (session, [files = [], ahead = []]) => {
    const table = await openTable(session, files, options);
    const future = ahead.length > 0 ? await openTable(session, ahead, options) : null;
    const decided = decideRoles(table, options, future ? future.columns.map(({ name }) => name) : null);
    const numbers = [...numberColumns(measuresOf(decided)), ...staticNumbers(table, decided)];
    const time = decided.time.column;
    const form = await timeFormOf(session, table, time, options);
    const wanted = { item: decided.item.column, time, form, numbers };
    const { timezone, frequency: asked } = options;
    const rows = await readRows(session, table, wanted, { timezone, asked });
    const found = await findStatics(session, table, rows.series, { roles: decided, numbers, options });
    const { roles } = found;
    const series = withoutStatics(rows.series, numbers, roles);
    const { aggregation, fills } = options;
    const { panel, faults, merged, confidence, aggregated } = arrangeAtFrequency(series, found, {
      asked,
      aggregation,
    });
    const remedy = () => gridRemedy(rows.series, asked);
    await refuseFaults(rows, wanted, panel.frequency, faults, remedy);
    checkObserved(panel, roles);
    const { item } = wanted;
    const isNamed = (name: string | null) => future?.columns.some((column) => column.name === name);
    const whole =
      future && roles.known.length > 0
        ? await addFuture(session, future, panel, {
            ...(item === null || isNamed(item) ? { item } : {}),
            ...(isNamed(time) ? { time } : {}),
            ...(options.horizon === undefined ? {} : { horizon: options.horizon }),
            ...{ timestampFormat: options.timestampFormat, timezone },
          })
        : panel;
    const filled = fills ? fillPanel(whole, fills) : { panel: whole, values: 0 };
    const count = rows.series.reduce((sum, { times }) => sum + times.length, 0);
    return {
      panel: filled.panel,
      report: qualityReport(filled.panel, roles, {
        ...{ files: names, rows: count, merged, confidence, aggregated, filled: filled.values },
      }),
    };
  });
}

const measuresOf = ({ target, known, past }: Roles): Measures => ({ channels: target.column, known, past });

/** Static covariates that are told, and hold numbers: they are read with the others. */
const staticNumbers = ({ columns }: Table, roles: Roles): string[] =>
  roles.static.filter((name) => columns.some((column) => column.name === name && column.kind === 'number'));

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
  const arranged = (whole: boolean) => {
    const isAggregated = aggregation !== undefined;
    const { frequency, confidence } = findFrequency(series, asked, { whole, isAggregated });
    // Who says the frequency says that all that is between rows is missing.
    if (asked === undefined) refuseSeveralFrequencies(series, frequency);
    const measures = measuresOf(roles);
    const together = aggregation
      ? aggregate(series, frequency, numberColumns(measures), aggregation)
      : { series, rows: 0 };
    const { panel, ...arranged } = arrange(together.series, measures, frequency);
    return { ...arranged, panel: { ...panel, statics }, confidence, aggregated: together.rows };
  };
  const sampled = arranged(false);
  // What a sample does not show, such as one long item with finer steps or another day of the month, all timestamps do.
  const isOnGrid = sampled.faults.every(({ faults }) => faults.offGrid.count === 0);
  return isOnGrid || typeof asked === 'object' ? sampled : arranged(true);
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
