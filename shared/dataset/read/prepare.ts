import { open, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { show } from '../../errors/index.ts';
import { DataError } from '../errors.ts';
import { encodingNamed, encodingOf, refuseOtherEncodings, utf8 } from './encoding.ts';
import { type Layout, layoutOf, packingOf } from './form.ts';
import { expansionOf, type Limits } from './limits.ts';
import { type Packed, unpacked, unpackWithin } from './unpack.ts';

/** How texts are written, where that should not be seen from them. */
export interface TextOptions {
  /** For example windows-1252; UTF-8 and UTF-16 need not be named. */
  readonly encoding?: string;
  /** One character. */
  readonly delimiter?: string;
  /** What stands before the fraction of a number. */
  readonly decimal?: '.' | ',';
  /** What stands between groups of three digits. */
  readonly thousands?: '.' | ',' | ' ' | "'";
}

/** A file that DuckDB can read as it is. */
export interface Prepared extends Packed {
  readonly layout: Layout;
  /** For a CSV that is not packed: where a file can be that is read after it (`markEnd`). */
  readonly end?: string;
}

export interface Preparation extends Pick<TextOptions, 'encoding'>, Limits {
  /** Where what is written anew goes. */
  readonly folder: string;
}

/** @throws DataError where the file is not there */
async function findFile(name: string): Promise<string> {
  const path = resolve(name);
  const found = await stat(path).catch(() => null);
  if (!found?.isFile()) {
    throw new DataError(
      {
        rule: 'the data must be in a file',
        received: `${found ? 'a folder' : 'none'} at ${show(name)}`,
        remedy: 'give the path of a .csv, .jsonl or .parquet file; .gz and .zst may follow',
      },
      { place: { file: name } },
    );
  }
  return path;
}

/**
 * Finds out how a file is packed and written, and that a packed one is whole. A text in another encoding than UTF-8
 * is written anew.
 *
 * @param index of the file, among those that go to the same folder
 * @throws DataError where it is no table, torn, or in an encoding that has to be named
 * @throws LimitError where it unpacks to more than it may
 */
export async function prepare(name: string, index: number, options: Preparation): Promise<Prepared> {
  const path = await findFile(name);
  const packing = await packingOf(path);
  if (packing === 'parquet') return { path, name, packing: 'none', layout: 'parquet' };
  const file = { path, name, packing };
  const { encoding, text, isMarked } = await headOf(file, options.encoding);
  const layout = layoutOf(text);
  const expansion = expansionOf(options);
  const end = join(options.folder, `${index}.end`);
  // DuckDB reads no JSON after a byte order mark.
  if (encoding === utf8 && !(isMarked && layout !== 'csv')) {
    if (packing !== 'none')
      await whole(
        name,
        unpackWithin(file, expansion, () => undefined),
      );
    return { ...file, layout, ...(packing === 'none' && { end }) };
  }
  const copy = join(options.folder, `${index}.txt`);
  await whole(name, writeUtf8(file, encoding, expansion, copy));
  return { path: copy, name, packing: 'none', layout, end };
}

async function whole(name: string, work: Promise<void>): Promise<void> {
  await work.catch((error: unknown) => {
    throw error instanceof DataError ? error : unreadable(name, error);
  });
}

const looked = 2 ** 16;

interface Head {
  readonly encoding: string;
  readonly text: string;
  /** Whether a UTF-8 text has a byte order mark. */
  readonly isMarked: boolean;
}

/** The encoding of a text and how it begins. */
async function headOf(file: Packed, asked: string | undefined): Promise<Head> {
  const named = asked === undefined ? null : encodingNamed(asked);
  const head = await firstBytes(file);
  const found = named ?? encodingOf(head);
  if (found === null) throw noTable(file.name, 'bytes that are no text');
  if (found === 'unknown') await refuseOtherEncodings(file);
  return { encoding: found, text: new TextDecoder(found).decode(head), isMarked: head[0] === 0xef };
}

async function firstBytes(file: Packed): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const part of unpacked(file)) {
      parts.push(part);
      size += part.length;
      if (size >= looked) break;
    }
  } catch (error) {
    // What is torn later is still a text.
    if (size === 0) throw noTable(file.name, 'bytes that are no text', error);
  }
  return Buffer.concat(parts).subarray(0, looked);
}

async function writeUtf8(file: Packed, encoding: string, expansion: number, copy: string): Promise<void> {
  const decoder = new TextDecoder(encoding, { fatal: true }); // drops a byte order mark
  const written = await open(copy, 'w');
  const decode = (piece?: Uint8Array): string => {
    try {
      return piece ? decoder.decode(piece, { stream: true }) : decoder.decode();
    } catch (error) {
      throw notIn(file.name, encoding, line, error);
    }
  };
  let line = 1;
  const write = async (text: string) => {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) line++;
    if (text !== '') await written.write(text);
  };
  try {
    await unpackWithin(file, expansion, (piece) => write(decode(piece)));
    await write(decode());
  } finally {
    await written.close();
  }
}

const notIn = (file: string, encoding: string, line: number, cause: unknown): DataError =>
  new DataError(
    {
      rule: `a text must be in one encoding, as ${file} in ${encoding}`,
      received: `bytes that are none of its characters, in line ${line} or some lines after it`,
      remedy: 'write the file again, or name its encoding with the option encoding',
    },
    { place: { file, line }, cause },
  );

/** @param received what is there instead of a table */
export const noTable = (file: string, received: string, cause?: unknown): DataError =>
  new DataError(
    {
      rule: 'a table must be CSV with its names in the first line, JSON lines or Parquet',
      received: `${received} in ${file}`,
      remedy: 'save it as one of these',
    },
    { place: { file, line: 1 }, cause },
  );

/** What a reader says about a file it cannot read, in its first line. */
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
