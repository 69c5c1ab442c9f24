import type { TimeForm } from './time-form.ts';

const iso = /^\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}|$)/;

/** Whether a word is a date or time of ISO 8601, as DuckDB takes it. */
export const isIso = (word: string): boolean => iso.test(word);

/** Regular expressions of DuckDB. */
const local = '[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?';
const zone = '\\s*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)';
const zoned = `[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?${zone}`;
const [isLocal, isZoned] = [new RegExp(`^${local}$`), new RegExp(`^${zoned}$`)];

/** Timestamps whose characters all have a fixed place: of their length, nothing else than one of them can be read. */
const fixedForms: readonly RegExp[] = [
  /^\d{4}-\d\d-\d\d$/,
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d$/,
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\d$/,
  /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d:\d\dZ$/,
];

/** The length of all timestamps where all have the same fixed form; null where they have not. */
function fixedLength(words: readonly string[]): number | null {
  const isFixed = fixedForms.some((form) => words.every((word) => form.test(word)));
  return isFixed ? (words[0]?.length ?? null) : null;
}

/**
 * ISO 8601 as most of the words have it: with a zone, or without one. A table with both would mean two things by
 * one clock.
 */
export function isoForm(words: readonly string[]): TimeForm {
  const hasZone =
    words.filter((word) => isZoned.test(word)).length > words.filter((word) => isLocal.test(word)).length;
  const length = fixedLength(words);
  return {
    name: 'ISO 8601',
    rule: hasZone
      ? 'must be an ISO date and time with a zone, such as 2024-01-31T06:00:00Z'
      : 'must be an ISO date or time without a zone, such as 2024-01-31 or 2024-01-31 06:00:00',
    isLocal: !hasZone,
    sql: hasZone ? zonedSql : localSql,
    // A cast to TIMESTAMP takes text without looking at its zone, and is much faster: the length leaves no room for one.
    ...(length !== null && {
      fast: (column) =>
        `CASE WHEN strlen(${column}) = ${length} THEN epoch_us(${column}::TIMESTAMP) / 1000.0 END`,
    }),
  };
}

const localSql = (word: string): string =>
  `CASE WHEN regexp_full_match(trim(${word}), '${local}') THEN epoch_us(TRY_CAST(${word} AS TIMESTAMP)) / 1000.0 END`;

/** DuckDB wants seconds before a zone. */
function zonedSql(word: string): string {
  const seconds = `regexp_replace(trim(${word}), '([T ][0-9]{1,2}:[0-9]{2})(${zone})$', '\\1:00\\2')`;
  return `CASE WHEN regexp_full_match(trim(${word}), '${zoned}') THEN epoch_us(TRY_CAST(${seconds} AS TIMESTAMPTZ)) / 1000.0 END`;
}
