import type { Place } from '../errors.ts';
import { readText } from './header.ts';
import type { Source } from './source.ts';

const quote = 0x22;
const newline = 0x0a;
const carriage = 0x0d;

/**
 * Where some rows of a file lie. A text's lines are counted by reading it again: a quoted cell may span several, and
 * empty ones are no rows.
 *
 * @param rows counted from 0, without the header
 */
export async function placesOf(source: Source, rows: readonly number[], column?: string): Promise<Place[]> {
  const file = source.name;
  const named = column === undefined ? {} : { column };
  if (source.form === 'parquet') return rows.map((row) => ({ file, row: row + 1, ...named }));
  const lines = await linesOf(source, Math.max(...rows) + 1);
  return rows.map((row) => ({ file, line: lines[row + 1] ?? 0, ...named }));
}

/** The lines on which the records begin, the header first, up to the record `last`. */
async function linesOf(source: Source, last: number): Promise<number[]> {
  const begins: number[] = [];
  let line = 1;
  let isQuoted = false;
  let isEmpty = true;
  for await (const chunk of readText(source.path, source.form)) {
    for (const byte of chunk as Buffer) {
      if (byte === newline) {
        line++;
        if (!isQuoted) isEmpty = true;
        continue;
      }
      if (byte === quote) isQuoted = !isQuoted;
      if (!isEmpty || byte === carriage) continue;
      isEmpty = false;
      begins.push(line);
      if (begins.length > last) return begins;
    }
  }
  return begins;
}
