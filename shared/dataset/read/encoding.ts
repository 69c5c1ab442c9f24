import { isUtf8 } from 'node:buffer';
import { show } from '../../errors/index.ts';
import { DataError } from '../errors.ts';
import { type Packed, unpacked } from './unpack.ts';

/** What DuckDB reads; all else is written anew in it. */
export const utf8 = 'utf-8';

/** The name of an encoding as the web's standard has it. @throws DataError where there is none of that name */
export function encodingNamed(name: string): string {
  try {
    return new TextDecoder(name).encoding;
  } catch {
    throw new DataError({
      rule: 'the encoding must be one that browsers know, such as utf-8, utf-16le, windows-1252 or shift_jis',
      received: show(name),
      remedy: 'mend the option encoding',
    });
  }
}

const marks: readonly (readonly [encoding: string, bytes: readonly number[]])[] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/**
 * The encoding of a text by its first bytes: its byte order mark, else the zeros that UTF-16 has in every second byte
 * of most texts, else UTF-8. Null where it is none of these, and no text in any other encoding.
 */
export function encodingOf(head: Uint8Array): string | 'unknown' | null {
  const marked = marks.find(([, bytes]) => bytes.every((byte, i) => head[i] === byte));
  if (marked) return marked[0];
  const zeros = [0, 0];
  for (const [i, byte] of head.entries()) if (byte === 0) zeros[i % 2] = (zeros[i % 2] ?? 0) + 1;
  const [even = 0, odd = 0] = zeros;
  const most = head.length / 4;
  if (odd > most && even === 0) return 'utf-16le';
  if (even > most && odd === 0) return 'utf-16be';
  if (head.some(isControl)) return null;
  return isUtf8(wholeCharacters(head)) ? utf8 : 'unknown';
}

/** Control characters that no table has: all but tabulators, line breaks, form feeds and DOS's end of file. */
const isControl = (byte: number): boolean => byte < 0x20 && ![9, 10, 12, 13, 0x1a].includes(byte);

/** Without the beginning of a character whose rest was cut off. */
function wholeCharacters(bytes: Uint8Array): Uint8Array {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] as number;
    if (byte >= 0xc0) return bytes.subarray(0, bytes.length - back);
    if (byte < 0x80) break;
  }
  return bytes;
}

const newline = 0x0a;

/**
 * Refuses a text that is not all UTF-8, with the first line that is not.
 *
 * @throws DataError asking for the encoding
 */
export async function refuseOtherEncodings(file: Packed): Promise<void> {
  const wrong: { line: number; byte: number }[] = [];
  let line = 1;
  let rest: Uint8Array = new Uint8Array(0);
  const look = (lines: Uint8Array) => {
    const isRight = isUtf8(lines);
    for (let from = 0; from < lines.length; line++) {
      const end = lines.indexOf(newline, from);
      const one = lines.subarray(from, end < 0 ? lines.length : end);
      if (!isRight && !isUtf8(one)) wrong.push({ line, byte: one.find((byte) => byte >= 0x80) ?? 0 });
      from += one.length + 1;
    }
  };
  for await (const piece of unpacked(file)) {
    const bytes = Buffer.concat([rest, piece]);
    const end = bytes.lastIndexOf(newline) + 1;
    look(bytes.subarray(0, end));
    rest = bytes.subarray(end);
  }
  look(rest);
  const [first] = wrong;
  if (first) throw notUtf8(file.name, first.line, first.byte, wrong.length);
}

/** @param count lines that are not */
function notUtf8(file: string, line: number, byte: number, count: number): DataError {
  const more = count > 1 ? ` (and ${count - 1} more lines)` : '';
  return new DataError(
    {
      rule: 'a text must be in UTF-8 or UTF-16, or in an encoding that is named',
      received: `the byte 0x${byte.toString(16)} in line ${line} of ${file}${more}`,
      remedy: 'save it as UTF-8, or name its encoding with the option encoding, for example windows-1252',
    },
    { place: { file, line }, count },
  );
}
