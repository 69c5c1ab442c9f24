import { show } from '../errors/index.ts';
import { KeyError } from './store.ts';

/** What one file name and one S3 key can hold, in bytes of UTF-8. */
const longestSegment = 255;
const longestKey = 1024;

/** Names that begin so are the file store's own (unfinished writes, locks). */
export const reserved = '.tidecast-';

/** Control characters, half surrogate pairs, and what some file system does not take in a name. */
const refused = /[\p{Cc}\p{Cs}\\<>:"|?*]/u;

const segmentRules: readonly (readonly [rule: string, holds: (segment: string) => boolean])[] = [
  ['parts that are not empty, without a slash at either end', (segment) => segment !== ''],
  ['no part . or ..', (segment) => segment !== '.' && segment !== '..'],
  ['no control characters and none of \\ < > : " | ? *', (segment) => !refused.test(segment)],
  [
    `parts of at most ${longestSegment} bytes in UTF-8`,
    (segment) => Buffer.byteLength(segment) <= longestSegment,
  ],
  [`no part that begins with ${reserved}`, (segment) => !segment.startsWith(reserved)],
];

/**
 * Holds for every store alike, so that data can move from files to S3 and back: parts joined by `/`, in any
 * script, at most 1024 bytes.
 *
 * @throws KeyError naming the first rule that is broken
 */
export function checkKey(key: string): string {
  const rule =
    Buffer.byteLength(key) > longestKey
      ? `at most ${longestKey} bytes in UTF-8`
      : brokenRule(key.split('/'), segmentRules);
  if (rule) {
    throw new KeyError({
      rule: `a key must have ${rule}`,
      received: show(key),
      remedy: 'give the object another name',
    });
  }
  return key;
}

/** What a list may ask for: nothing, or a key that may end in a slash. */
export function checkPrefix(prefix: string): string {
  if (prefix !== '') checkKey(prefix.endsWith('/') ? prefix.slice(0, -1) : prefix);
  return prefix;
}

const brokenRule = (segments: readonly string[], rules: typeof segmentRules): string | undefined =>
  rules.find(([, holds]) => !segments.every(holds))?.[0];

/** Keys sort by their bytes in UTF-8, as S3 sorts them. */
export const compareKeys = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));
