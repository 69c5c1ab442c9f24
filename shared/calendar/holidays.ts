import { type Frequency, measureOf, periodLength, zoneOf } from '../frequency/index.ts';

const day = 86_400_000;

/** Whether a period is no longer than a day, so that it is one of a holiday or not. */
const isWithinDay = (frequency: Frequency): boolean => {
  const measure = measureOf(frequency);
  return measure === 'weekdays'
    ? periodLength(frequency) === 1
    : measure === 'milliseconds' && periodLength(frequency) <= day;
};

/** Of days and parts of days: whether they are one, or beside one; of longer periods: how many are in them. */
export const holidayColumns = (frequency: Frequency): readonly string[] =>
  isWithinDay(frequency) ? ['holiday', 'before_holiday', 'after_holiday'] : ['holidays'];

interface Holidays {
  readonly dates: readonly string[];
  readonly years: readonly [number, number];
  readonly timezone?: string | undefined;
}

/** @param starts when periods begin, and the one after the last @returns `[periods, columns]` */
export function holidays(
  { dates, years, timezone }: Holidays,
  frequency: Frequency,
  starts: Float64Array,
): Float64Array {
  // By days since 1970.
  const days = new Set(dates.map((date) => Date.parse(`${date}T00:00Z`) / day));
  const [from, to] = [Date.UTC(years[0], 0, 1) / day, Date.UTC(years[1] + 1, 0, 1) / day];
  const local = timezone === undefined || isWholeDay(frequency) ? (at: number) => at : zoneOf(timezone).local;
  const dayOf = (at: number) => Math.floor(local(at) / day);
  const columns = holidayColumns(frequency).length;
  const values = new Float64Array((starts.length - 1) * columns);
  for (let row = 0; row + 1 < starts.length; row++) {
    const first = dayOf(starts[row] as number);
    const end = columns === 1 ? dayOf(starts[row + 1] as number) : first + 1;
    const isListed = first >= from && end <= to;
    const seen = (date: number) => (isListed ? Number(days.has(date)) : Number.NaN);
    if (columns === 1) {
      let count = isListed ? 0 : Number.NaN;
      for (let date = first; date < end && isListed; date++) count += seen(date);
      values[row] = count;
    } else {
      values.set([seen(first), seen(first + 1), seen(first - 1)], row * columns);
    }
  }
  return values;
}

/** Days and what is longer are counted by the clock of the data. */
const isWholeDay = (frequency: Frequency): boolean =>
  measureOf(frequency) !== 'milliseconds' || periodLength(frequency) % day === 0;
