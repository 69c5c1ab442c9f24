/** What a directive of a timestamp's format stands for, as DuckDB's `strptime` reads it. */
const directives: Readonly<Record<string, string>> = {
  Y: '\\d{4}',
  y: '\\d{2}',
  m: '\\d{1,2}',
  d: '\\d{1,2}',
  H: '\\d{1,2}',
  I: '\\d{1,2}',
  M: '\\d{2}',
  S: '\\d{2}',
  p: '[AaPp][Mm]',
  b: '[A-Za-z]{3}',
  B: '[A-Za-z]{3,9}',
  a: '[A-Za-z]{3}',
  A: '[A-Za-z]{6,9}',
  g: '\\d{1,3}',
  f: '\\d{1,6}',
  j: '\\d{1,3}',
  z: '[+-]\\d{2}(?::?\\d{2})?',
  '%': '%',
};

/** Of the formats that we know of ourselves: what is told from outside would fill the memory. */
const patterns = new Map<string, RegExp | null>();

/** Whether all directives of a format are known. */
export const isFormat = (format: string): boolean => makePattern(format) !== null;

/** What a word in one of our own formats looks like; null where the format has directives that are not known. */
export function patternOf(format: string): RegExp | null {
  // Each word of a sample is held to a hundred formats: making them again would take most of the time.
  const known = patterns.get(format);
  if (known !== undefined) return known;
  const made = makePattern(format);
  patterns.set(format, made);
  return made;
}

function makePattern(format: string): RegExp | null {
  const parts = format.match(/%-?.|[^%]+|%$/g) ?? [];
  const expressions = parts.map((part) =>
    part.startsWith('%') ? directives[part.replace('%-', '%').slice(1)] : escaped(part),
  );
  const isKnown = expressions.every((expression) => expression !== undefined);
  return isKnown ? new RegExp(`^${expressions.join('')}$`) : null;
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&');

/** Times of day that may follow a date. */
const clocks = ['', ' %H:%M', ' %H:%M:%S', 'T%H:%M', 'T%H:%M:%S', ' %I:%M %p', ' %I:%M:%S %p'];

/** A date's format with the times of day that some of the words have; all of them where none has any. */
export function withClocks(date: string, words: readonly string[]): readonly string[] {
  const formats = clocks.map((clock) => `${date}${clock}`);
  const used = formats.filter((format) => words.some((word) => patternOf(format)?.test(word)));
  return used.length > 0 ? used : formats;
}
