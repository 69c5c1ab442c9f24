import { type Frequency, isCalendar } from './frequency.ts';
import { timestampOf } from './period.ts';
import { day } from './units.ts';

/** A time in ISO 8601, UTC; with a fraction only where there is one. */
function isoTime(timestamp: number): string {
  const text = new Date(timestamp).toISOString();
  return text.endsWith('.000Z') ? `${text.slice(0, -5)}Z` : text;
}

/** A time as the files have it: `2024-01-31 06:00:00`, UTC. */
export const printTime = (timestamp: number): string => isoTime(timestamp).slice(0, -1).replace('T', ' ');

/** Whether every period of it begins at midnight. */
const isByDate = (frequency: Frequency): boolean =>
  isCalendar(frequency)
    ? frequency.time === 0
    : ['day', 'week'].includes(frequency.unit) && frequency.offset % day === 0;

/** A period's beginning as programs read it, in ISO 8601: `2024-01-31`, `2024-01-31T06:00:00Z`. */
export function isoPeriod(frequency: Frequency, index: number): string {
  const text = isoTime(timestampOf(frequency, index));
  return isByDate(frequency) ? text.slice(0, text.indexOf('T')) : text;
}

/**
 * The same as forecasts and reports print it: the date alone where all periods begin at midnight and last a day or
 * longer (`2024-01-31`), else date and time in UTC (`2024-01-31 06:00:00`).
 */
export function printPeriod(frequency: Frequency, index: number): string {
  const text = isoPeriod(frequency, index);
  return text.endsWith('Z') ? text.slice(0, -1).replace('T', ' ') : text;
}
