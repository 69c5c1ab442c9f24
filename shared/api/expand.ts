import { Decompress } from 'fzstd';
import { bodyTooLarge, Refusal } from './problem.ts';

/** RFC 9659: a body in zstd needs a window of at most 8 MB to be expanded. */
const largestWindow = 8 * 2 ** 20;

/**
 * Expands a body in zstd, and stops as soon as it has more bytes than it may have, whatever its header says.
 *
 * @throws Refusal for more than `most` bytes, for a window beyond 8 MB, for anything but one whole frame
 */
export function expanded(bytes: Uint8Array, most: number): Uint8Array<ArrayBuffer> {
  const { window, end } = frameOf(bytes);
  // fzstd would take memory for the window of every frame, as large as its header says.
  if (!(window <= largestWindow && end === bytes.length)) throw unreadable();
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Decompress((part) => {
    size += part.length;
    if (size > most) throw bodyTooLarge(most);
    parts.push(part);
  });
  try {
    stream.push(bytes, true);
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable(error);
  }
  return new Uint8Array(Buffer.concat(parts));
}

const unreadable = (cause?: unknown) =>
  new Refusal(
    'MALFORMED',
    {
      rule: 'a body in zstd must be one whole frame with a window of at most 8 MB',
      received: 'something else',
      remedy: 'compress it in one piece, at a level of 19 or less, or send it as it is',
    },
    { cause },
  );

/** What a frame's header and the headers of its blocks say (RFC 8878, section 3.1.1): sizes in bytes. */
function frameOf(bytes: Uint8Array): { readonly window: number; readonly end: number } {
  if (number(bytes, 0, 4) !== 0xfd2fb528) return { window: Number.NaN, end: 0 };
  const flags = bytes[4] ?? 0;
  const single = (flags >> 5) & 1;
  const sizeBytes = [single, 2, 4, 8][flags >> 6] ?? 0;
  const dictionaryBytes = [0, 1, 2, 4][flags & 3] ?? 0;
  const header = 6 - single + dictionaryBytes;
  // Of one segment the window is the content; a size of two bytes counts from 256.
  const window = single
    ? number(bytes, header, sizeBytes) + (sizeBytes === 2 ? 256 : 0)
    : windowSize(number(bytes, 5, 1));
  const checksumBytes = (flags >> 2) & 1 ? 4 : 0;
  return { window, end: endOfBlocks(bytes, header + sizeBytes) + checksumBytes };
}

/** Little-endian; NaN beyond the end. */
function number(bytes: Uint8Array, at: number, length: number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += (bytes[at + i] ?? Number.NaN) * 2 ** (8 * i);
  return sum;
}

function windowSize(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

/** NaN where they do not end. Blocks of one repeated byte have that byte alone, whatever their size. */
function endOfBlocks(bytes: Uint8Array, first: number): number {
  for (let at = first; ; ) {
    const header = number(bytes, at, 3);
    if (Number.isNaN(header)) return header;
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3);
    if (header & 1) return at;
  }
}
