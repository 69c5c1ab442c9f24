import { isNumber, type NumberStyle } from './numbers.ts';

/** What a column holds, by its type or, in text, by its first rows. */
export type Kind = 'number' | 'time' | 'text' | 'empty';

/** What stands for a missing value, in lower case: words of spreadsheets, statistics and programs. */
export const missingWords = [
  ...['', 'na', 'n/a', 'n.a.', 'nan', '-nan', 'null', 'nil', 'none', 'missing', '<na>'],
  ...['#n/a', '#na', '#n/a n/a', '-', '--', '–', '—', '.', '..', '?'],
];

export const isMissing = (word: string): boolean => missingWords.includes(word.trim().toLowerCase());

const time = /^\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}|$)/;

/** Timestamps whose characters all have a fixed place: of their length, nothing else than one of them can be read. */
const fixedForms: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\d$/,
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/,
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/,
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ$/,
];

/** The length of all timestamps where all have the same fixed form; null where they have not. */
export function timestampLength(words: readonly string[]): number | null {
  const isFixed = fixedForms.some((form) => words.every((word) => form.test(word)));
  return isFixed ? (words[0]?.length ?? null) : null;
}

/** A column is what most of its words are: one bad cell makes no number column a text. */
export function kindOfWords(words: readonly string[], style: NumberStyle | null = null): Kind {
  if (words.length === 0) return 'empty';
  const most = (is: (word: string) => boolean) => words.filter(is).length * 2 > words.length;
  if (most((word) => isNumber(word, style))) return 'number';
  return most((word) => time.test(word)) ? 'time' : 'text';
}

const numbers = /^(U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;

/** The kind of a column by DuckDB's type. */
export const kindOfType = (type: string): Kind =>
  numbers.test(type) ? 'number' : /^(DATE|TIMESTAMP)/.test(type) ? 'time' : 'text';
