import type { DuckDBResult, DuckDBVector } from '@duckdb/node-api';
import { compareNames } from '../panel/panel.ts';
import { literal, loadDuckDb, type Session } from './session.ts';
import { type Source, scan } from './source.ts';
import type { Table } from './table.ts';

/** Which columns are read. */
export interface Wanted {
  readonly item: string | null;
  readonly time: string;
  readonly numbers: readonly string[];
}

/** All rows of one item as the input has them: in no order, perhaps with duplicates. */
export interface Series {
  /** Null where a row names no item. */
  readonly item: string | null;
  /** `[rows]` milliseconds UTC, NaN where there is none */
  readonly times: Float64Array;
  /** By number column: `[rows]`, NaN where missing. */
  readonly values: readonly Float64Array[];
}

/** The item of a table without an item column. */
export const unnamedItem = 'series';

/** The name by which a source's column is scanned. */
export function scanned(source: Source, name: string): string {
  return `c${source.columns.findIndex((column) => column.name === name)}`;
}

const typeOf = (source: Source, name: string): string =>
  source.columns.find((column) => column.name === name)?.type ?? 'VARCHAR';

/** What makes the item's name from a source: `item` is NULL where the cell is empty. */
export const itemSql = (source: Source, item: string | null): string =>
  item === null ? literal(unnamedItem) : `${scanned(source, item)}::VARCHAR`;

/**
 * Reads a table in one pass: DuckDB converts and groups, and hands over each item's numbers as lists that lie in
 * memory as typed arrays. Rises by the item's name.
 *
 * @throws DuckDB's error where a cell is not of the column's type, or no timestamp: `openTrace` tells what is
 *   wrong, and reads what this cannot
 */
export async function readFast(session: Session, table: Table, wanted: Wanted): Promise<Series[]> {
  const parts = table.sources.map((source) => fastSql(source, table, wanted));
  return grouped(session, parts.join(' UNION ALL '), wanted.numbers.length);
}

function fastSql(source: Source, table: Table, { item, time, numbers }: Wanted): string {
  const types = source.columns.map(({ name }) => (numbers.includes(name) ? 'DOUBLE' : 'VARCHAR'));
  const values = numbers.map((name, i) => {
    const column = scanned(source, name);
    return `coalesce(${source.form === 'parquet' ? parquetNumber(source, name) : column}, 'nan') AS v${i}`;
  });
  const length = table.columns.find(({ name }) => name === time)?.timestampLength ?? null;
  const columns = [`${itemSql(source, item)} AS item`, `${timeSql(source, time, length)} AS t`, ...values];
  return `SELECT ${columns.join(', ')} FROM ${scan(source, { types })}`;
}

/**
 * Milliseconds UTC, NaN where there are none. A cast to TIMESTAMP takes text without looking at its zone, and is
 * much faster than one that does: it is used where the length leaves no room for a zone but Z.
 */
function timeSql(source: Source, time: string, length: number | null): string {
  const column = scanned(source, time);
  const isTyped = /^(DATE|TIMESTAMP)/.test(typeOf(source, time));
  const milliseconds = (type: string) => `epoch_us(${column}::${type}) / 1000.0`;
  if (isTyped) return `coalesce(${milliseconds('TIMESTAMP')}, 'nan')`;
  return length !== null && typeOf(source, time) === 'VARCHAR'
    ? `CASE WHEN strlen(${column}) = ${length} THEN ${milliseconds('TIMESTAMP')} ELSE 'nan' END`
    : `coalesce(${milliseconds('VARCHAR::TIMESTAMPTZ')}, 'nan')`;
}

function parquetNumber(source: Source, name: string): string {
  const column = scanned(source, name);
  return typeOf(source, name) === 'VARCHAR' ? `CAST(${column} AS DOUBLE)` : `${column}::DOUBLE`;
}

/** @param rows SQL of rows `item, t, v0, v1, …` */
export async function grouped(session: Session, rows: string, numbers: number): Promise<Series[]> {
  const columns = ['t', ...Array.from({ length: numbers }, (_, i) => `v${i}`)];
  const lists = columns.map((name) => `list(${name})`).join(', ');
  const result = await session.stream(`SELECT item, ${lists} FROM (${rows}) GROUP BY item`);
  const series = await seriesOf(result, columns.length);
  return series.sort((a, b) => compareNames(a.item ?? '', b.item ?? ''));
}

async function seriesOf(result: DuckDBResult, width: number): Promise<Series[]> {
  const duckDb = await loadDuckDb();
  const series: Series[] = [];
  for (;;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) return series;
    const items = chunk.getColumnVector(0);
    const lists = Array.from({ length: width }, (_, c) => chunk.getColumnVector(c + 1));
    for (let row = 0; row < chunk.rowCount; row++) {
      const item = items.getItem(row);
      const [times = new Float64Array(0), ...values] = lists.map((list) => numbersOf(duckDb, list, row));
      series.push({ item: item === null ? null : String(item), times, values });
    }
  }
}

/** The numbers of one list. `@duckdb/node-api` copies a vector when it is first asked for: views outlive the chunk. */
function numbersOf(
  { DuckDBListVector, DuckDBDoubleVector }: Awaited<ReturnType<typeof loadDuckDb>>,
  list: DuckDBVector,
  row: number,
): Float64Array {
  if (!(list instanceof DuckDBListVector && list.childVector instanceof DuckDBDoubleVector)) {
    throw new TypeError(`expected lists of doubles, got ${list.type}`);
  }
  const offset = list.getEntryOffset(row);
  const length = list.getEntryLength(row);
  const { childVector } = list;
  // The vector keeps its numbers in a typed array that its types do not show; without it, cell by cell.
  const whole: unknown = Reflect.get(childVector, 'items');
  return whole instanceof Float64Array
    ? whole.subarray(offset, offset + length)
    : Float64Array.from({ length }, (_, i) => childVector.getItem(offset + i) ?? Number.NaN);
}
