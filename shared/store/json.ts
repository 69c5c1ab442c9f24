import { show, TidecastError } from '../errors/index.ts';

/** What JSON can hold. Keys whose value is undefined are left out. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json | undefined };

/** A value that JSON would write as something else, or not at all. */
export class JsonError extends TidecastError {
  readonly code = 'JSON';
}

/**
 * The same value gives the same text, wherever it was made: keys sorted, numbers in JavaScript's shortest form
 * that reads back the same (ECMA-262 Number::toString; −0 is 0), two spaces, a line break at the end.
 *
 * @throws JsonError for a number that is not finite, which JSON would write as null, and for what is no data
 */
export const canonicalJson = (value: Json): string => `${JSON.stringify(sorted(value, ''), null, 2)}\n`;

/** The same as UTF-8. */
export const jsonBytes = (value: Json): Uint8Array => Buffer.from(canonicalJson(value));

/**
 * @throws SyntaxError where the bytes are no JSON
 */
export const parseJson = (bytes: Uint8Array): unknown =>
  JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString());

function sorted(value: unknown, path: string): unknown {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  if (Array.isArray(value)) return value.map((entry, i) => sorted(entry, `${path}[${i}]`));
  if (isPlain(value)) {
    return Object.fromEntries(
      Object.keys(value)
        .sort()
        .filter((key) => value[key] !== undefined)
        .map((key) => [key, sorted(value[key], `${path}.${key}`)]),
    );
  }
  throw new JsonError({
    rule: `${path || 'the value'} must be text, a finite number, true, false, null, a list or a plain object`,
    received: typeof value === 'object' ? (value.constructor?.name ?? 'an object') : show(value),
    remedy: 'write null for what is missing, and lists of numbers for typed arrays',
  });
}

function isPlain(value: unknown): value is Record<string, unknown> {
  // By name and not by identity: test runners and workers have an Object of their own.
  return Object.prototype.toString.call(value) === '[object Object]';
}
