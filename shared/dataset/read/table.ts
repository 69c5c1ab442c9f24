import { DataError } from '../errors.ts';
import { checkColumns, type Limits } from './limits.ts';
import { styleOf, type Writing, writingsOf } from './numbers.ts';
import { type Prepared, type TextOptions, unreadable } from './prepare.ts';
import type { Session } from './session.ts';
import { openSource, type Source, scan } from './source.ts';
import { isMissing, type Kind, kindOfType, kindOfWords } from './words.ts';

export interface TableColumn {
  readonly name: string;
  readonly kind: Kind;
  /** Of the first rows, without missing ones: by what they are its timestamps are recognised. */
  readonly words: readonly string[];
  /** For numbers in text. */
  readonly writing: Writing;
}

/** One or several files with the same columns. */
export interface Table {
  readonly sources: readonly Source[];
  /** As in the first file; another may have them in another order. */
  readonly columns: readonly TableColumn[];
}

/** Rows by which the columns of a text file are judged. */
export const sampleRows = 1000;

/** @throws DataError where a file is missing or unreadable, or two of them differ in their columns */
export async function openTable(
  session: Session,
  files: readonly Prepared[],
  options: TextOptions & Limits = {},
): Promise<Table> {
  const sources: Source[] = [];
  for (const file of files) {
    const source = await openSource(session, file, options);
    checkColumns(source.name, source.columns.length, options);
    sources.push(source);
  }
  const [first, ...others] = sources;
  if (!first) {
    throw new DataError({
      rule: 'there must be data',
      received: 'no file of the table itself',
      remedy: 'give at least one; those whose names begin with related or items are tables beside it',
    });
  }
  for (const source of sources) checkDistinct(source);
  for (const other of others) checkSame(first, other);
  const samples = await sample(session, first);
  const columns = columnsOf(first, samples, options);
  checkNamed(first, columns);
  return { sources, columns };
}

function columnsOf(
  { columns }: Source,
  samples: readonly (readonly (string | null)[])[],
  options: TextOptions,
): TableColumn[] {
  const told = styleOf(options);
  const found = columns.map(({ name, type }, i) => {
    const words = samples.map((row) => row[i] ?? '').filter((word) => !isMissing(word));
    const isText = type === 'VARCHAR';
    return { name, words, isText, kind: isText ? kindOfWords(words, told) : kindOfType(type) };
  });
  const written = found.filter(({ kind, isText }) => kind === 'number' && isText);
  const writings = writingsOf(written.map(({ words }) => words));
  return found.map((column): TableColumn => {
    const { name, kind, words } = column;
    const writing = told ?? writings[written.indexOf(column)] ?? null;
    return { name, kind, writing, words };
  });
}

async function sample(session: Session, source: Source): Promise<(string | null)[][]> {
  const texts = source.columns.map((_, i) => `c${i}::VARCHAR`).join(', ');
  const read = (from: string) => session.run(`SELECT ${texts} FROM ${from} LIMIT ${sampleRows}`);
  try {
    // Lines that cannot be split are skipped here, and refused with their place when all is read.
    const result = await read(scan(source, { unsplittable: 'skipped', isSample: true }));
    return (await result.getRowsJS()) as (string | null)[][];
  } catch (error) {
    throw unreadable(source.name, error);
  }
}

function checkDistinct({ name: file, columns }: Source): void {
  const names = columns.map(({ name }) => name);
  const twice = names.find((name, i) => name !== '' && names.indexOf(name) < i);
  if (twice === undefined) return;
  throw new DataError(
    {
      rule: 'columns must have names of their own',
      received: `${names.filter((name) => name === twice).length} named ${twice} in ${file}`,
      remedy: 'rename or remove all but one',
    },
    { place: { file, column: twice } },
  );
}

/** A column of times that is named by a time has no name: its first row was taken for it. */
function checkNamed({ name: file, layout }: Source, columns: readonly TableColumn[]): void {
  const row = columns.find(({ name, kind }) => kind === 'time' && kindOfWords([name]) === 'time');
  if (layout !== 'csv' || !row) return;
  throw new DataError(
    {
      rule: 'the first line must name the columns',
      received: `the time ${row.name} in line 1 of ${file}`,
      remedy: 'write names above the rows, for example timestamp and value',
    },
    { place: { file, line: 1 } },
  );
}

function checkSame(first: Source, other: Source): void {
  const names = ({ columns }: Source) => columns.map(({ name }) => name);
  const without = (a: Source, b: Source) => names(a).filter((name) => !names(b).includes(name));
  const difference = [
    ...without(first, other).map((name) => `no ${name}`),
    ...without(other, first).map((name) => `also ${name}`),
  ];
  if (difference.length === 0) return;
  throw new DataError(
    {
      rule: `all files of a table must have the columns of the first, ${first.name}`,
      received: `${difference.join(', ')} in ${other.name}`,
      remedy: 'give files with the same columns',
    },
    { place: { file: other.name }, count: difference.length },
  );
}
