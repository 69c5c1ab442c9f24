import { literal } from '../session.ts';
import { patternOf, withClocks } from './format.ts';
import { isIso, isoForm } from './iso.ts';
import { numberForms } from './numbers.ts';
import type { TimeForm } from './time-form.ts';

/** A form that words are recognised by. */
interface Candidate {
  readonly matches: (word: string) => boolean;
  readonly form: (words: readonly string[]) => TimeForm;
}

/** A date in one of these formats; a word may fit several, of which the data then decide. */
export interface Ambiguous {
  readonly formats: readonly (readonly string[])[];
}

export const formatForm = (formats: readonly string[], example?: string): TimeForm => {
  const [first = ''] = formats;
  const list = formats.length > 1 ? `[${formats.map(literal).join(', ')}]` : literal(first);
  return {
    name: first,
    rule: `must be written ${formats.length > 1 ? 'as one of ' : 'as '}${formats.join(', ')}${example === undefined ? ', as the others are' : ` like ${example}`}`,
    isLocal: !formats.some((format) => format.includes('%z')),
    sql: (word) => `epoch_us(try_strptime(trim(${word}), ${list})) / 1000.0`,
  };
};

/** Dates that can be read in one way only. */
const dates = [
  ...['%Y/%m/%d', '%Y.%m.%d', '%d.%m.%Y', '%d.%m.%y'],
  ...['%d-%b-%Y', '%d-%b-%y', '%d %b %Y', '%d/%b/%Y', '%b %d, %Y', '%d %B %Y', '%B %d, %Y', '%d. %B %Y'],
];
/** Months and years. */
const months = ['%Y-%m', '%Y/%m', '%YM%m', '%m/%Y', '%b %Y', '%B %Y', '%b-%Y', '%b-%y', '%Y-%b', '%Y %b'];

const dateForms: readonly Candidate[] = dates.map((date) => ({
  matches: (word) => withClocks(date, [word]).some((format) => patternOf(format)?.test(word) ?? false),
  form: (words) => formatForm(withClocks(date, words)),
}));

const monthForms: readonly Candidate[] = months.map((month) => ({
  matches: (word) => patternOf(month)?.test(word) ?? false,
  form: () => formatForm([month]),
}));

const quarter = '^(?:([0-9]{4})[ -]?[Qq]([1-4])|[Qq]([1-4])[ -]?([0-9]{4}))$';
const quarterForm: TimeForm = {
  name: 'quarter',
  rule: 'must be a quarter such as 1998 Q1',
  isLocal: true,
  sql(word) {
    const part = (group: number) => `regexp_extract(trim(${word}), ${literal(quarter)}, ${group})`;
    const [year, number] = [`(${part(1)} || ${part(4)})`, `(${part(2)} || ${part(3)})`];
    const made = `make_timestamp(${year}::BIGINT, 3 * ${number}::BIGINT - 2, 1, 0, 0, 0)`;
    return `CASE WHEN regexp_matches(trim(${word}), ${literal(quarter)}) THEN epoch_us(${made}) / 1000.0 END`;
  },
};

const week = /^\d{4}-?W\d{2}$/;
const weekForm: TimeForm = {
  name: 'ISO week',
  rule: 'must be an ISO week such as 2024-W05',
  isLocal: true,
  sql: (word) => `epoch_us(try_strptime(trim(${word}) || '-1', ['%G-W%V-%u', '%GW%V-%u'])) / 1000.0`,
};
const weekDayForm = formatForm(['%G-W%V-%u'], '2024-W05-1');

/** Dates of which day and month may be told apart by the data alone. */
const orders = ['/', '-'].flatMap((mark) =>
  ['%Y', '%y'].map((year) => [`%d${mark}%m${mark}${year}`, `%m${mark}%d${mark}${year}`] as const),
);

const candidates: readonly Candidate[] = [
  ...dateForms,
  ...monthForms,
  { matches: (word) => new RegExp(quarter).test(word), form: () => quarterForm },
  { matches: (word) => week.test(word), form: () => weekForm },
  { matches: (word) => /^\d{4}-W\d{2}-[1-7]$/.test(word), form: () => weekDayForm },
];

/** Whether a word is a timestamp whose form shows that it is one: numbers may be anything. */
export const isTime = (word: string): boolean =>
  isIso(word) || candidates.some(({ matches }) => matches(word)) || orderOf([word]) !== null;

/** Most of the words decide; the others are then refused. */
const most = (words: readonly string[], is: (word: string) => boolean): boolean =>
  words.filter(is).length * 2 > words.length;

/**
 * How a column's timestamps are written, by some of them.
 *
 * @returns null where they are in no known form
 */
export function formOfWords(given: readonly string[]): TimeForm | Ambiguous | null {
  const words = given.map((word) => word.trim());
  if (most(words, isIso)) return isoForm(words);
  const found = candidates.find(({ matches }) => most(words, matches));
  if (found) return found.form(words);
  const order = orderOf(words);
  if (order) return { formats: order };
  return numberForms.find(({ matches }) => most(words, matches))?.form ?? null;
}

/** The two orders in which the words may be dates, each with its times of day; null where they are none. */
function orderOf(words: readonly string[]): Ambiguous['formats'] | null {
  const found = orders.find(([order]) =>
    most(words, (word) => withClocks(order, [word]).some((format) => patternOf(format)?.test(word) ?? false)),
  );
  return found ? found.map((order) => withClocks(order, words)) : null;
}
