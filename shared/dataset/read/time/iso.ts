import type { TimeForm } from './time-form.ts';

const iso = /^\d{4}-\d{1,2}-\d{1,2}([T ]\d{1,2}:\d{2}|$)/;

/** Whether a word is a date or time of ISO 8601, as DuckDB takes it. */
export const isIso = (word: string): boolean => iso.test(word);

/** A zone behind a time of day. */
const zone = ':[0-9]{2}(\\.[0-9]+)?\\s*([Zz]|[+-][0-9]{2}(:?[0-9]{2})?)$';

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
export function isoForm(words: readonly string[]): IsoForm {
  const zoned = words.filter((word) => new RegExp(zone).test(word)).length * 2 > words.length;
  const hasZone = (word: string) => `regexp_matches(trim(${word}), '${zone}')`;
  return {
    name: 'ISO 8601',
    rule: zoned
      ? 'must be an ISO date and time with a zone, as the first have, such as 2024-01-31T06:00:00Z'
      : 'must be an ISO date or time without a zone, as the first are, such as 2024-01-31 or 2024-01-31 06:00:00',
    isLocal: !zoned,
    length: fixedLength(words),
    sql: (word) =>
      `CASE WHEN ${zoned ? '' : 'NOT '}${hasZone(word)} THEN epoch_us(TRY_CAST(${word} AS TIMESTAMPTZ)) / 1000.0 END`,
  };
}

export interface IsoForm extends TimeForm {
  /** Where all of the words have one fixed form: how long they are. */
  readonly length: number | null;
}
