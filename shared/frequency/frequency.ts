import { show } from '../errors/index.ts';
import { FrequencyError } from './errors.ts';
import { type Unit, unitNames, units } from './units.ts';

/**
 * How often a series is observed, and at which phase: hours at a quarter past, days at 06:00, weeks from Wednesday,
 * the last day of every second month. Times are UTC; a time of the data without a zone counts as UTC.
 */
export interface Frequency {
  readonly unit: Unit;
  /** Units per period, a whole number of at least 1. */
  readonly multiple: number;
  /**
   * Where period 0 begins, at least 0 and less than a period: in fixed units milliseconds after
   * 1970-01-01T00:00Z, in calendar units months after January 1970.
   */
  readonly offset: number;
  /** In calendar units the day of the month, 1..31; a shorter month has its last day instead. Else 1. */
  readonly day: number;
  /** In calendar units milliseconds after midnight. Else 0. */
  readonly time: number;
}

/** A period's length: milliseconds in fixed units, months in calendar units. */
export function periodLength({ unit, multiple }: Pick<Frequency, 'unit' | 'multiple'>): number {
  const { length } = units[unit];
  return multiple * ('ms' in length ? length.ms : length.months);
}

export const isCalendar = ({ unit }: Pick<Frequency, 'unit'>): boolean => 'months' in units[unit].length;

const symbols = new Map(unitNames.map((unit) => [units[unit].symbol, unit]));

/**
 * Reads `1h`, `15min`, `1d`, `1w`, `1mo`, `1q`, `1y`; the number may be left out. The phase is the plainest: from
 * midnight, Monday, the first of the month, January.
 *
 * @throws FrequencyError where the text is no such spelling
 */
export function parseFrequency(text: string): Frequency {
  const [, digits = '', symbol = ''] = /^\s*(\d*)\s*([a-z]+)\s*$/i.exec(text) ?? [];
  const unit = symbols.get(symbol.toLowerCase());
  const multiple = digits === '' ? 1 : Number(digits);
  if (!unit || multiple < 1 || !Number.isSafeInteger(multiple)) {
    const initial = symbol.charAt(0).toLowerCase();
    const meant = unit || digits === '0' ? [] : [...symbols.keys()].filter((known) => known[0] === initial);
    throw new FrequencyError({
      rule: `a frequency must be a whole number and one of ${[...symbols.keys()].join(', ')}`,
      received: show(text),
      remedy:
        meant.length > 0
          ? `did you mean ${meant.map((known) => `${digits || 1}${known}`).join(' or ')}?`
          : 'write for example 15min, 1h, 1d or 1mo',
    });
  }
  return { unit, multiple, offset: units[unit].origin % periodLength({ unit, multiple }), day: 1, time: 0 };
}

/** The spelling that `parseFrequency` reads. It does not hold the phase: keep the frequency itself for that. */
export const printFrequency = ({ unit, multiple }: Frequency): string => `${multiple}${units[unit].symbol}`;
