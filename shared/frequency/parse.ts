import { show } from '../errors/index.ts';
import { daysIn, monthOf } from './civil.ts';
import { FrequencyError } from './errors.ts';
import { type Frequency, printFrequency } from './frequency.ts';
import { periodsOf } from './period.ts';
import { isoPeriod } from './print.ts';

/** Date, time of day to the millisecond, zone; each but the date may be left out. */
const pattern =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,3})0*)?)?(?:Z|([+-])(\d{2}):?(\d{2}))?)?$/i;

/**
 * Reads `2024-01-31`, `2024-01-31 06:00`, `2024-01-31T06:00:00Z`, `2024-01-31T06:00:00.5+02:00`. Without a zone it is UTC.
 *
 * @returns milliseconds UTC
 * @throws FrequencyError for another form, or a day or time that does not exist
 */
export function parseTime(text: string): number {
  const found = pattern.exec(text.trim());
  const time = found ? read(found) : null;
  if (time !== null) return time;
  throw new FrequencyError({
    rule: 'a timestamp must be a date and time that exist, in ISO 8601',
    received: show(text),
    remedy: 'write for example 2024-01-31 or 2024-01-31T06:00:00Z; without a zone it is UTC',
  });
}

function read([, ...fields]: RegExpExecArray): number | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = fields
    .slice(0, 6)
    .map((field) => Number(field ?? 0));
  const [fraction = '', sign = '', zoneHours = 0, zoneMinutes = 0] = fields.slice(6);
  const first = new Date(0);
  first.setUTCFullYear(year, month - 1, 1); // Date.UTC takes years below 100 for others
  const real =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(monthOf(first.getTime())) &&
    hour < 24 &&
    minute < 60;
  if (!real || second >= 60 || Number(zoneHours) >= 24 || Number(zoneMinutes) >= 60) return null;
  const zone = (sign === '-' ? -1 : 1) * (60 * Number(zoneHours) + Number(zoneMinutes));
  const minutes = 60 * (24 * (day - 1) + hour) + minute - zone;
  return first.getTime() + 60_000 * minutes + 1000 * second + Number(fraction.padEnd(3, '0'));
}

/**
 * The index of the period that begins at a timestamp.
 *
 * @throws FrequencyError where none begins there, or it is no timestamp
 */
export function parsePeriod(frequency: Frequency, text: string): number {
  const periods = periodsOf(frequency);
  const time = parseTime(text);
  const index = periods.index(time);
  if (periods.timestamp(index) === time) return index;
  throw new FrequencyError({
    rule: `a timestamp must be the beginning of one of the periods of ${printFrequency(frequency)}`,
    received: show(text),
    remedy: `the nearest are ${isoPeriod(frequency, index)} and ${isoPeriod(frequency, index + 1)}`,
  });
}
