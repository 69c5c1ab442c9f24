import type { Place } from '../errors.ts';
import type { Source } from './source.ts';
import { unpacked } from './unpack.ts';

const quote = 0x22;
const newline = 0x0a;
const carriage = 0x0d;
const blank = 0x20;

/**
 * Where some rows of a file lie. A text's lines are counted by reading it again: a quoted cell may span several, and
 * empty ones are no rows.
 *
 * @param rows counted from 0, without the header
 */
export async function placesOf(source: Source, rows: readonly number[], column?: string): Promise<Place[]> {
  const file = source.name;
  const named = column === undefined ? {} : { column };
  const isText = source.layout === 'csv' || source.layout === 'json-lines';
  if (!isText) return rows.map((row) => ({ file, row: row + 1, ...named }));
  const first = source.layout === 'csv' ? 1 : 0;
  const lines = await linesOf(source, Math.max(...rows) + first);
  return rows.map((row) => ({ file, line: lines[row + first] ?? 0, ...named }));
}

/** The lines on which the records begin, a CSV's header first, up to the record `last`. */
async function linesOf(source: Source, last: number): Promise<number[]> {
  const begins: number[] = [];
  const isCsv = source.layout === 'csv';
  let line = 1;
  let isQuoted = false;
  let isEmpty = true;
  let before = 0;
  for await (const piece of unpacked(source)) {
    for (const byte of piece) {
      const isBreak = byte === newline || byte === carriage;
      // A carriage return breaks a line by itself, or together with the newline after it.
      const isSecond = byte === newline && before === carriage;
      before = byte;
      if (isBreak) {
        if (!isSecond) line++;
        if (!isQuoted) isEmpty = true;
        continue;
      }
      if (isCsv && byte === quote) isQuoted = !isQuoted;
      if (!isEmpty || (!isCsv && byte === blank)) continue;
      isEmpty = false;
      begins.push(line);
      if (begins.length > last) return begins;
    }
  }
  return begins;
}
