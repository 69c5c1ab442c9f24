import { isNumber, type NumberStyle } from './numbers.ts';
import { isTime } from './time/forms.ts';

/** What a column holds, by its type or, in text, by its first rows. */
export type Kind = 'number' | 'time' | 'text' | 'empty';

/** What stands for a missing value, in lower case: words of spreadsheets, statistics and programs. */
export const missingWords = [
  ...['', 'na', 'n/a', 'n.a.', 'nan', '-nan', 'null', 'nil', 'none', 'missing', '<na>'],
  ...['#n/a', '#na', '#n/a n/a', '-', '--', '–', '—', '.', '..', '?'],
];

export const isMissing = (word: string): boolean => missingWords.includes(word.trim().toLowerCase());

/** A column is what most of its words are: one bad cell makes no number column a text. */
export function kindOfWords(words: readonly string[], style: NumberStyle | null = null): Kind {
  if (words.length === 0) return 'empty';
  const most = (is: (word: string) => boolean) => words.filter(is).length * 2 > words.length;
  if (most((word) => isNumber(word, style))) return 'number';
  return most((word) => isTime(word.trim())) ? 'time' : 'text';
}

const numbers = /^(U?(TINY|SMALL|BIG|HUGE)?INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\(.*\)|BOOLEAN)$/;

/** The kind of a column by DuckDB's type. */
export const kindOfType = (type: string): Kind =>
  numbers.test(type) ? 'number' : /^(DATE|TIMESTAMP)/.test(type) ? 'time' : 'text';
