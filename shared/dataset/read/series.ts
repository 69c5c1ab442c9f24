import { grouped, type Series } from './grouping.ts';
import { type NumberStyle, plainNumberSql } from './numbers.ts';
import { literal, type Session } from './session.ts';
import { markEnd, type Source, scan } from './source.ts';
import type { Table } from './table.ts';
import type { TimeForm } from './time/time-form.ts';
import { missingWords } from './words.ts';

/** Which columns are read. */
export interface Wanted {
  /** None, one, or several that name an item together. */
  readonly item: readonly string[];
  readonly time: string;
  /** How its timestamps are written. */
  readonly form: TimeForm;
  readonly numbers: readonly string[];
}

/** The item of a table without an item column. */
export const unnamedItem = 'series';

/** The name by which a source's column is scanned. */
export function scanned(source: Source, name: string): string {
  return `c${source.columns.findIndex((column) => column.name === name)}`;
}

const typeOf = (source: Source, name: string): string =>
  source.columns.find((column) => column.name === name)?.type ?? 'VARCHAR';

/**
 * What makes the item's name from a source: NULL where the cell is empty. Several columns' names are joined by
 * slashes, so that each name has one meaning: a slash or a backslash in a part has a backslash before it.
 */
export function itemSql(source: Source, item: readonly string[]): string {
  const words = item.map((name) => `${scanned(source, name)}::VARCHAR`);
  const [only = literal(unnamedItem), ...more] = words;
  if (more.length === 0) return only;
  const part = (word: string) => `replace(replace(${word}, '\\', '\\\\'), '/', '\\/')`;
  const isWhole = words.map((word) => `trim(${word}) <> ''`).join(' AND ');
  return `CASE WHEN ${isWhole} THEN ${words.map(part).join(` || '/' || `)} END`;
}

/**
 * Reads a table in one pass, in which DuckDB converts. Rises by the item's name.
 *
 * @throws DuckDB's error where a cell is not of the column's type, or no timestamp: `openTrace` tells what is
 *   wrong, and reads what this cannot
 */
export async function readFast(session: Session, table: Table, wanted: Wanted): Promise<Series[]> {
  const [source, ...others] = table.sources;
  const end = source && others.length === 0 ? await markEnd(source) : null;
  const parts = table.sources.map((one) => fastSql(one, table, wanted, end));
  if (end === null) parts.push(`SELECT NULL, 'nan', ${wanted.numbers.map(() => "'nan', ").join('')}true`);
  return grouped(session, parts.join(' UNION ALL '), wanted.numbers.length);
}

function fastSql(
  source: Source,
  table: Table,
  { item, time, form, numbers }: Wanted,
  end: string | null,
): string {
  const types = source.columns.map(({ name }) =>
    numbers.includes(name) && !styleIn(source, table, name) ? 'DOUBLE' : 'VARCHAR',
  );
  const values = numbers.map((name, i) => {
    return `coalesce(${fastNumber(source, table, name)}, 'nan') AS v${i}`;
  });
  const word = scanned(source, time);
  const times = `coalesce(${form.fast ? form.fast(word) : form.sql(`${word}::VARCHAR`)}, 'nan') AS t`;
  const columns = [`${itemSql(source, item)} AS item`, times, ...values, `${end ?? 'false'} AS ended`];
  return `SELECT ${columns.join(', ')} FROM ${scan(source, { types, end: end !== null })}`;
}

/**
 * NULL in place of what stands for a missing value. IN with a list so long would become a join, after which rows are
 * no longer in the order of the input.
 *
 * @param word SQL of a text
 */
export const presentSql = (word: string): string =>
  `CASE WHEN NOT list_contains([${missingWords.map(literal).join(', ')}], lower(trim(${word}))) THEN ${word} END`;

/** How a column's numbers are written; null where that is as usual. Ambiguous ones were refused before. */
function styleIn(source: Source, { columns }: Table, name: string): NumberStyle | null {
  const writing = columns.find((column) => column.name === name)?.writing ?? null;
  return writing && 'decimal' in writing && typeOf(source, name) === 'VARCHAR' ? writing : null;
}

/** A number, or DuckDB's error where the cell is none. */
function fastNumber(source: Source, table: Table, name: string): string {
  const column = scanned(source, name);
  const style = styleIn(source, table, name);
  // What is no number fails to be converted, as it does where DuckDB reads it as one.
  if (style) return `CAST(${plainNumberSql(column, style, "'no number'")} AS DOUBLE)`;
  return source.layout === 'csv' ? column : `CAST(${column} AS DOUBLE)`;
}

/** A number, or NULL where the text is none. @param word SQL of a text */
export function numberSql(source: Source, table: Table, name: string, word: string): string {
  const style = styleIn(source, table, name);
  return `TRY_CAST(${style ? plainNumberSql(word, style, 'NULL') : word} AS DOUBLE)`;
}
