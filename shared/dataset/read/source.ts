import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { show } from '../../errors/index.ts';
import { DataError } from '../errors.ts';
import { checkWhole, type Form, formOf, readHeader } from './header.ts';
import { literal, type Session } from './session.ts';

/** One file of a table. */
export interface Source {
  /** Absolute. */
  readonly path: string;
  /** As it was given, for messages. */
  readonly name: string;
  readonly form: Form;
  /** Empty for Parquet. */
  readonly delimiter: string;
  /** The columns in the order of the file. */
  readonly columns: readonly SourceColumn[];
}

interface SourceColumn {
  readonly name: string;
  /** DuckDB's type; VARCHAR for all columns of a text file. */
  readonly type: string;
}

/** @throws DataError where the file is not there */
export async function findFile(name: string): Promise<string> {
  const path = resolve(name);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) {
    throw new DataError(
      {
        rule: 'the data must be in a file',
        received: `${found ? 'a folder' : 'none'} at ${show(name)}`,
        remedy: 'give the path of a .csv, .csv.gz or .parquet file',
      },
      { place: { file: name } },
    );
  }
  return path;
}

/** @throws DataError where its columns cannot be read */
export async function openSource(session: Session, name: string): Promise<Source> {
  const path = await findFile(name);
  const form = await formOf(path);
  if (form === 'parquet') {
    const columns = await parquetColumns(session, path, name);
    return { path, name, form, delimiter: '', columns };
  }
  const { delimiter, names } = await readHeader(path, form, name);
  await checkWhole(path, form).catch((error) => {
    throw unreadable(name, error);
  });
  return { path, name, form, delimiter, columns: names.map((column) => ({ name: column, type: 'VARCHAR' })) };
}

async function parquetColumns(session: Session, path: string, name: string): Promise<SourceColumn[]> {
  try {
    const described = await session.run(`DESCRIBE SELECT * FROM read_parquet(${literal(path)})`);
    return (await described.getRowsJS()).map(([column, type]) => ({
      name: String(column),
      type: String(type),
    }));
  } catch (error) {
    throw unreadable(name, error);
  }
}

/** The table function that reads a source, its columns named c0, c1, … in their order in the file. */
export function scan(source: Source, options: ScanOptions = {}): string {
  const names = source.columns.map((_, i) => `c${i}`);
  if (source.form === 'parquet') return `read_parquet(${literal(source.path)}) AS t(${names.join(', ')})`;
  const types = source.columns.map((_, i) => `c${i}: ${literal(options.types?.[i] ?? 'VARCHAR')}`);
  return `read_csv(${[
    literal(source.path),
    'auto_detect = false, header = true',
    `delim = ${literal(source.delimiter)}, quote = '"', escape = '"', nullstr = ['']`,
    // A tenth of DuckDB's default: quicker, and a hundred megabytes less.
    'buffer_size = 4000000',
    `compression = '${source.form === 'csv.gz' ? 'gzip' : 'none'}'`,
    `columns = {${types.join(', ')}}`,
    ...(options.unsplittable ? [lenience[options.unsplittable]] : []),
    ...(options.isSample ? ['parallel = false'] : []),
  ].join(', ')})`;
}

interface ScanOptions {
  /** DuckDB's types by column; VARCHAR where nothing is said. */
  readonly types?: readonly string[];
  /** Whether only the first rows are asked for. */
  readonly isSample?: boolean;
  /** What happens to lines that cannot be split into the columns; an error where nothing is said. */
  readonly unsplittable?: keyof typeof lenience;
}

/** `stored`: in the table `reject_errors`. */
const lenience = {
  skipped: 'ignore_errors = true',
  stored: 'store_rejects = true, rejects_limit = 1000',
};

/** What DuckDB says about a file it cannot read, in its first line. */
export function unreadable(name: string, error: unknown): DataError {
  const [said = ''] = ((error as Partial<Error> | null)?.message ?? String(error)).split('\n');
  return new DataError(
    {
      rule: 'a data file must be whole',
      received: `${name}, of which the reader says ${show(said.trim())}`,
      remedy: 'write the file again',
    },
    { place: { file: name }, cause: error },
  );
}
