import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { DataError } from '../errors.ts';

/** How a file is written, by its first bytes: its name does not matter. */
export type Form = 'csv' | 'csv.gz' | 'parquet';

const signatures: readonly (readonly [form: Form, bytes: readonly number[]])[] = [
  ['csv.gz', [0x1f, 0x8b]],
  ['parquet', [0x50, 0x41, 0x52, 0x31]], // PAR1
];

export async function formOf(path: string): Promise<Form> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(4), 0, 4, 0);
    const starts = ([, bytes]: (typeof signatures)[number]) =>
      bytesRead >= bytes.length && bytes.every((byte, i) => buffer[i] === byte);
    return signatures.find(starts)?.[0] ?? 'csv';
  } finally {
    await file.close();
  }
}

/** The bytes of a text file, unpacked. */
export function readText(path: string, form: Form): Readable {
  const file = createReadStream(path);
  if (form !== 'csv.gz') return file;
  const text = createGunzip();
  file.on('error', (error) => text.destroy(error));
  return file.pipe(text).on('close', () => file.destroy());
}

/**
 * Unpacks all of it, since DuckDB does not look at a gzip file's checksum and takes a torn one for a short one.
 *
 * @throws zlib's error where the file is torn or changed
 */
export async function checkWhole(path: string, form: Form): Promise<void> {
  if (form !== 'csv.gz') return;
  for await (const _ of readText(path, form));
}

const delimiters = [',', ';', '\t', '|'];
const longestHeader = 1 << 20;

export interface Header {
  readonly delimiter: string;
  readonly names: readonly string[];
}

/**
 * The first line of a CSV: its names, and the delimiter that occurs in it most often.
 *
 * @throws DataError where the file is empty or no text
 */
export async function readHeader(path: string, form: Form, name: string): Promise<Header> {
  const line = await firstLine(path, form, name);
  const bare = outsideQuotes(line);
  const occurrences = (delimiter: string) => bare.split(delimiter).length;
  const delimiter = delimiters.reduce((best, other) =>
    occurrences(other) > occurrences(best) ? other : best,
  );
  return { delimiter, names: splitRecord(line, delimiter).map((cell) => cell.trim()) };
}

async function firstLine(path: string, form: Form, name: string): Promise<string> {
  const refuse = (received: string) =>
    new DataError(
      {
        rule: 'a table must be CSV in UTF-8, plain or gzip, with its names in the first line, or Parquet',
        received: `${received} in ${name}`,
        remedy: 'save it as one of these',
      },
      { place: { file: name, line: 1 } },
    );
  const decoder = new TextDecoder('utf-8', { fatal: true }); // drops a byte order mark
  let text = '';
  let isEnded = false;
  try {
    for await (const chunk of readText(path, form)) {
      text += decoder.decode(chunk as Buffer, { stream: true });
      const end = recordEnd(text);
      if (end >= 0) {
        text = text.slice(0, end);
        isEnded = true;
        break;
      }
      if (text.length > longestHeader) throw refuse('a first line of more than a million characters');
    }
  } catch (error) {
    throw error instanceof DataError ? error : refuse('bytes that are no text');
  }
  if (text.includes('\0')) throw refuse('bytes that are no text');
  if (text.trim() === '') throw refuse(isEnded ? 'an empty first line' : 'nothing');
  return text.replace(/\r$/, '');
}

/** The first line break outside quotes; −1 where there is none yet. */
const recordEnd = (text: string): number => outsideQuotes(text).search(/\r?\n/);

/** The text with what stands in quotes blanked, so that positions stay. */
const outsideQuotes = (text: string): string =>
  text.replace(/"(?:[^"]|"")*(?:"|$)/g, (quoted) => '\u00a0'.repeat(quoted.length));

function splitRecord(line: string, delimiter: string): string[] {
  const bare = outsideQuotes(line);
  const cells: string[] = [];
  let from = 0;
  for (let i = 0; i <= bare.length; i++) {
    if (i < bare.length && bare[i] !== delimiter) continue;
    const cell = line.slice(from, i).trim();
    cells.push(cell.startsWith('"') ? cell.replace(/^"|"$/g, '').replaceAll('""', '"') : cell);
    from = i + 1;
  }
  return cells;
}
