import { type Frequency, isCalendar } from './frequency.ts';
import { timestampOf } from './period.ts';
import { day } from './units.ts';

/** A time as the files have it: `2024-01-31 06:00:00`, UTC; with a fraction only where there is one. */
export function printTime(timestamp: number): string {
  const [date = '', time = ''] = new Date(timestamp).toISOString().split('T');
  return `${date} ${time.replace(/(\.000)?Z$/, '')}`;
}

/** Whether every period of it begins at midnight. */
const isByDate = (frequency: Frequency): boolean =>
  isCalendar(frequency)
    ? frequency.time === 0
    : ['day', 'week'].includes(frequency.unit) && frequency.offset % day === 0;

/**
 * A period's beginning as forecasts and reports print it: the date alone where all periods begin at midnight and last
 * a day or longer (`2024-01-31`), else date and time in UTC (`2024-01-31 06:00:00`).
 */
export function printPeriod(frequency: Frequency, index: number): string {
  const text = printTime(timestampOf(frequency, index));
  return isByDate(frequency) ? text.slice(0, text.indexOf(' ')) : text;
}

/** The same in ISO 8601, as programs read it: `2024-01-31`, `2024-01-31T06:00:00Z`. */
export function isoPeriod(frequency: Frequency, index: number): string {
  const text = printPeriod(frequency, index);
  return text.includes(' ') ? `${text.replace(' ', 'T')}Z` : text;
}
