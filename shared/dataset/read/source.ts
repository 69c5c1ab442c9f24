import { stat, writeFile } from 'node:fs/promises';
import { DataError, LimitError } from '../errors.ts';
import { readHeader } from './header.ts';
import { compressionOf, jsonNames, jsonRows } from './json.ts';
import { expansionOf, type Limits } from './limits.ts';
import { type Prepared, type TextOptions, unreadable } from './prepare.ts';
import { literal, type Session } from './session.ts';
import { harmless } from './unpack.ts';

/** One file of a table. */
export interface Source extends Prepared {
  /** Empty where there is none. */
  readonly delimiter: string;
  /** The columns in the order of the file. */
  readonly columns: readonly SourceColumn[];
}

interface SourceColumn {
  readonly name: string;
  /** DuckDB's type; VARCHAR for all columns of a text. */
  readonly type: string;
}

/** @throws DataError where its columns cannot be read */
export async function openSource(
  session: Session,
  file: Prepared,
  options: Pick<TextOptions, 'delimiter'> & Limits,
): Promise<Source> {
  if (file.layout === 'parquet') {
    return { ...file, delimiter: '', columns: await parquetColumns(session, file, options) };
  }
  const text = (names: readonly string[]) => names.map((name) => ({ name, type: 'VARCHAR' }));
  if (file.layout !== 'csv') {
    return { ...file, delimiter: '', columns: text(await jsonNames(session, file)) };
  }
  const header = await readHeader(file, options.delimiter);
  return { ...file, delimiter: header.delimiter, columns: text(header.names) };
}

async function parquetColumns(
  session: Session,
  { path, name }: Prepared,
  limits: Limits,
): Promise<SourceColumn[]> {
  try {
    const described = await session.run(`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`);
    const columns = (await described.getRowsJS()).map(([column, type]) => ({
      name: String(column),
      type: String(type),
    }));
    const counted = await session.run(`SELECT num_rows::DOUBLE FROM parquet_file_metadata(${literal(path)})`);
    const [[rows = 0] = []] = (await counted.getRowsJS()) as [number][];
    await checkClaim({ path, name }, rows, columns.length, expansionOf(limits));
    return columns;
  } catch (error) {
    throw error instanceof DataError ? error : unreadable(name, error);
  }
}

/** A few bytes can say that one value comes a billion times. @throws LimitError where a file says such a thing */
async function checkClaim(
  { path, name }: Pick<Prepared, 'path' | 'name'>,
  rows: number,
  columns: number,
  expansion: number,
): Promise<void> {
  const { size } = await stat(path);
  if (8 * rows * columns <= Math.max(harmless, expansion * size)) return;
  throw new LimitError(
    {
      rule: `a Parquet file may hold ${expansion} times its size in values of 8 bytes (limits.expansion)`,
      received: `${rows} rows of ${columns} columns in ${size} bytes of ${name}`,
      remedy: 'see whether it holds what it should, or raise the limit',
    },
    { place: { file: name } },
  );
}

/** The table function that reads a source, its columns named c0, c1, … in their order in the file. */
export function scan(source: Source, options: ScanOptions = {}): string {
  const names = source.columns.map((_, i) => `c${i}`);
  if (source.layout === 'parquet') return `read_parquet(${literal(source.path)}) AS t(${names.join(', ')})`;
  if (source.layout !== 'csv') {
    return jsonRows(
      source,
      source.columns.map(({ name }) => name),
    );
  }
  const types = source.columns.map((_, i) => `c${i}: ${literal(options.types?.[i] ?? 'VARCHAR')}`);
  const { path, end } = source;
  const files = options.end && end !== undefined ? `[${literal(path)}, ${literal(end)}]` : literal(path);
  return `read_csv(${[
    files,
    'auto_detect = false, header = true',
    `delim = ${literal(source.delimiter)}, quote = '"', escape = '"', nullstr = ['']`,
    // A tenth of DuckDB's default: quicker, and a hundred megabytes less.
    'buffer_size = 4000000',
    `compression = ${compressionOf(source)}`,
    `columns = {${types.join(', ')}}`,
    ...(options.unsplittable ? [lenience[options.unsplittable]] : []),
    ...(options.isSample ? ['parallel = false'] : []),
  ].join(', ')})`;
}

interface ScanOptions {
  /** DuckDB's types by column of a CSV; VARCHAR where nothing is said, and for all columns of JSON. */
  readonly types?: readonly string[];
  /** Whether the file at its end is read after it. */
  readonly end?: boolean;
  /** Whether only the first rows are asked for. */
  readonly isSample?: boolean;
  /** What happens to lines that cannot be split into the columns; an error where nothing is said. */
  readonly unsplittable?: keyof typeof lenience;
}

/**
 * A condition that holds for one row after all others of a scan with `end`: DuckDB's streams end without a word where
 * an error stops them, and only who has seen this row has seen all. Null where there is no such row to be had.
 * A UNION with one would take half as long again.
 */
export async function markEnd({ end, delimiter, columns }: Source): Promise<string | null> {
  if (end === undefined || columns.length < 2) return null;
  const empty = delimiter.repeat(columns.length - 1);
  await writeFile(end, `${empty}\n${empty}\n`);
  return `filename = ${literal(end)}`;
}

/** `stored`: in the table `reject_errors`. */
const lenience = {
  skipped: 'ignore_errors = true',
  stored: 'store_rejects = true, rejects_limit = 1000',
};
