import { show } from '../errors/index.ts';
import { FrequencyError } from './errors.ts';
import { type Unit, unitNames, units } from './units.ts';

/** How long a period is. */
export interface Period {
  readonly unit: Unit;
  /** Units per period. */
  readonly multiple: number;
}

/** A period's length: milliseconds in fixed units, months or working days in units of the calendar. */
export function periodLength({ unit, multiple }: Period): number {
  const { length } = units[unit];
  return multiple * ('ms' in length ? length.ms : 'months' in length ? length.months : length.weekdays);
}

/** How a unit's length is measured. */
export type Measure = 'milliseconds' | 'months' | 'weekdays';

export function measureOf({ unit }: Pick<Period, 'unit'>): Measure {
  const { length } = units[unit];
  return 'ms' in length ? 'milliseconds' : 'months' in length ? 'months' : 'weekdays';
}

/** Whether periods are counted by the calendar, and so are not all of the same length in hours. */
export const isCalendar = (period: Pick<Period, 'unit'>): boolean => measureOf(period) !== 'milliseconds';

/**
 * How often a series is observed, and at which phase: hours at a quarter past, days at 06:00, weeks from Wednesday,
 * the last day of every second month. Times are UTC; a time of the data without a zone counts as UTC. Plans and
 * bundles hold it in this form.
 */
export interface Frequency extends Period {
  /**
   * Where period 0 begins, at least 0 and less than a period: in fixed units milliseconds after
   * 1970-01-01T00:00Z, in months after January 1970, in working days after Monday, 1969-12-29.
   */
  readonly offset: number;
  /** In units of months the day of the month; a shorter month has its last day instead. Else 1. */
  readonly day: number;
  /** In units of the calendar milliseconds after midnight. Else 0. */
  readonly time: number;
}

const symbols = new Map(unitNames.map((unit) => [units[unit].symbol, unit]));

/**
 * Reads `1h`, `15min`, `1d`, `1b` (business days), `1w`, `1mo`, `1q`, `1y`; the number may be left out. The phase is the plainest: from
 * midnight, Monday, the first of the month, January.
 *
 * @throws FrequencyError where the text is no such spelling
 */
export function parseFrequency(text: string): Frequency {
  const [, digits = '', symbol = ''] = /^\s*(\d*)\s*([a-z]+)\s*$/i.exec(text) ?? [];
  const unit = symbols.get(symbol.toLowerCase());
  const multiple = digits === '' ? 1 : Number(digits);
  if (!unit || multiple < 1 || !Number.isSafeInteger(multiple)) throw misspelled(text);
  return { unit, multiple, offset: units[unit].origin % periodLength({ unit, multiple }), day: 1, time: 0 };
}

/** Letters of other tools whose meaning is no unit's first letter: pandas has T for minutes, A for years. */
const foreign = new Map([
  ['t', 'min'],
  ['a', 'y'],
]);
/** The units that other tools anchor: W-SUN, MS, QE, A-DEC. */
const anchored = ['w', 'mo', 'q', 'y'];

function misspelled(text: string): FrequencyError {
  const known = [...symbols.keys()];
  const [, digits = '', letters = '', anchor] = /^\s*(\d*)\s*([a-z]+)(-[a-z]+)?\s*$/i.exec(text) ?? [];
  const initial = letters.charAt(0).toLowerCase();
  const isAnchored = anchor !== undefined || /^([mqya]s|[mqy]e)$/i.test(letters);
  const meant = (isAnchored ? anchored : known).filter(
    (symbol) => symbol === foreign.get(initial) || symbol[0] === initial,
  );
  const isSpelling = meant.length > 0 && !/^0+$/.test(digits);
  return new FrequencyError({
    rule: `a frequency must be a whole number and one of ${known.join(', ')}`,
    received: show(text),
    remedy: isSpelling
      ? `did you mean ${meant.map((symbol) => `${digits || 1}${symbol}`).join(' or ')}?${isAnchored ? ' Where periods begin is taken from the data' : ''}`
      : 'write for example 15min, 1h, 1d or 1mo',
  });
}

/** The spelling that `parseFrequency` reads. It does not hold the phase: keep the frequency itself for that. */
export const printFrequency = ({ unit, multiple }: Frequency): string => `${multiple}${units[unit].symbol}`;
