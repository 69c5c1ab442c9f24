import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createGunzip } from 'node:zlib';
import { Decompress } from 'fzstd';
import { LimitError } from '../errors.ts';
import type { Packing } from './form.ts';

/** A file that may be packed. */
export interface Packed {
  readonly path: string;
  /** As it was given, for messages. */
  readonly name: string;
  readonly packing: Packing;
}

/** To how many times its size a packed file may unpack where nothing is said: tables hardly pass 30. */
export const defaultExpansion = 300;
/** So much may any file unpack to: small ones of nothing but zeros do no harm. */
export const harmless = 16 * 2 ** 20;

/** The bytes of a file, unpacked. @throws what the unpacker says of a file that is torn or changed */
export async function* unpacked({ path, packing }: Packed): AsyncGenerator<Uint8Array> {
  const file = createReadStream(path, { highWaterMark: 2 ** 17 });
  try {
    if (packing === 'zstd') {
      yield* unpackedZstd(file);
      return;
    }
    if (packing === 'none') {
      yield* file as AsyncIterable<Buffer>;
      return;
    }
    const text = createGunzip({ chunkSize: 2 ** 17 });
    file.on('error', (error) => text.destroy(error));
    yield* file.pipe(text) as AsyncIterable<Buffer>;
  } finally {
    file.destroy();
  }
}

async function* unpackedZstd(file: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = [];
  const stream = new Decompress((part) => {
    parts.push(part);
  });
  for await (const chunk of file) {
    // In small pieces, so that a file of one repeated byte is not unpacked all at once.
    for (let at = 0; at < chunk.length; at += zstdPiece) {
      stream.push(chunk.subarray(at, at + zstdPiece));
      yield* parts;
      parts = [];
    }
  }
  stream.push(new Uint8Array(0), true);
  yield* parts;
}

/** A block takes four bytes at least and unpacks to 128 KiB at most: a piece to 128 MiB, where it is made to. */
const zstdPiece = 2 ** 12;

/**
 * Unpacks all of it, since DuckDB takes a torn file for a short one, does not look at a gzip file's checksum, and
 * would unpack without an end.
 *
 * @param visit sees every piece
 * @throws LimitError where it becomes too large, and what the unpacker says of a file that is torn or changed
 */
export async function unpackWithin(
  file: Packed,
  expansion: number,
  visit: (piece: Uint8Array) => void | Promise<void>,
): Promise<void> {
  const { size } = await stat(file.path);
  const most = file.packing === 'none' ? Number.POSITIVE_INFINITY : Math.max(harmless, expansion * size);
  let bytes = 0;
  for await (const piece of unpacked(file)) {
    bytes += piece.length;
    if (bytes > most) throw tooLarge(file.name, expansion, size, most);
    await visit(piece);
  }
}

const tooLarge = (file: string, expansion: number, size: number, most: number): LimitError =>
  new LimitError(
    {
      rule: `a packed file may unpack to ${expansion} times its size (limits.expansion)`,
      received: `more than ${most} bytes from ${size} in ${file}`,
      remedy: 'see whether it holds what it should, give it unpacked, or raise the limit',
    },
    { place: { file } },
  );
