/** What a column holds, by its type or, in text, by its first rows. */
export type Kind = 'number' | 'time' | 'text' | 'empty';

/** What stands for a missing number, in lower case. */
export const missingWords = ['', 'na', 'n/a', '#n/a', 'nan', 'null', 'none'];

export const isMissing = (word: string): boolean => missingWords.includes(word.trim().toLowerCase());

const time = /^\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}|$)/;

/** The forms that are read fast because one of them is asked of every row. */
const formats: readonly (readonly [format: string, form: RegExp])[] = [
  ['%Y-%m-%d', /^\d{4}-\d\d-\d\d$/],
  ['%Y-%m-%d %H:%M:%S', /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/],
  ['%Y-%m-%dT%H:%M:%S', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/],
  ['%Y-%m-%dT%H:%M:%SZ', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
  ['%Y-%m-%d %H:%M', /^\d{4}-\d\d-\d\d \d\d:\d\d$/],
];

/** The one of these forms that all words have; null where there is none. */
export const timestampFormats = (words: readonly string[]): string | null =>
  words.length === 0 ? null : (formats.find(([, form]) => words.every((w) => form.test(w)))?.[0] ?? null);

/** A column is what most of its words are: one bad cell makes no number column a text. */
export function kindOfWords(words: readonly string[]): Kind {
  if (words.length === 0) return 'empty';
  const most = (is: (word: string) => boolean) => words.filter(is).length * 2 > words.length;
  if (most((word) => Number.isFinite(Number(word)))) return 'number';
  return most((word) => time.test(word)) ? 'time' : 'text';
}

const numbers = /^(U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;

/** The kind of a column by DuckDB's type. */
export const kindOfType = (type: string): Kind =>
  numbers.test(type) ? 'number' : /^(DATE|TIMESTAMP)/.test(type) ? 'time' : 'text';
