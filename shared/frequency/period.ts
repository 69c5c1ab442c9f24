import { daysIn, firstDayOf, monthOf } from './civil.ts';
import { type Frequency, measureOf, periodLength } from './frequency.ts';
import { day } from './units.ts';

/** Turns times into period indices and back; made once where many are turned. */
export interface Periods {
  /** The index of the period that a time (milliseconds UTC) lies in; consecutive periods differ by 1. */
  index(timestamp: number): number;
  /** When a period begins, in milliseconds UTC. */
  timestamp(index: number): number;
}

export const periodsOf = (frequency: Frequency): Periods => {
  const measure = measureOf(frequency);
  if (measure === 'milliseconds') return fixedPeriods(frequency);
  return measure === 'months' ? calendarPeriods(frequency) : weekdayPeriods(frequency);
};

function fixedPeriods(frequency: Frequency): Periods {
  const { offset } = frequency;
  const length = periodLength(frequency);
  return {
    index: (timestamp) => Math.floor((timestamp - offset) / length),
    timestamp: (index) => offset + index * length,
  };
}

function calendarPeriods(frequency: Frequency): Periods {
  const { offset, day: dayOfMonth, time } = frequency;
  const length = periodLength(frequency);
  const timestamp = (index: number) => {
    const month = offset + index * length;
    return day * (firstDayOf(month) + Math.min(dayOfMonth, daysIn(month)) - 1) + time;
  };
  return {
    index(at) {
      const index = Math.floor((monthOf(at) - offset) / length);
      // Before its day of the month a period has not begun yet.
      return timestamp(index) > at ? index - 1 : index;
    },
    timestamp,
  };
}

/** From Monday, 1969-12-29, to 1970-01-01. */
const sinceMonday = 3;

/** Mondays to Fridays; a weekend belongs to the Friday before. */
function weekdayPeriods(frequency: Frequency): Periods {
  const { offset, time } = frequency;
  const length = periodLength(frequency);
  return {
    index(at) {
      const days = Math.floor((at - time) / day) + sinceMonday;
      const weeks = Math.floor(days / 7);
      return Math.floor((5 * weeks + Math.min(days - 7 * weeks, 4) - offset) / length);
    },
    timestamp(index) {
      const days = offset + index * length;
      const weeks = Math.floor(days / 5);
      return day * (7 * weeks + (days - 5 * weeks) - sinceMonday) + time;
    },
  };
}

/** The index of the period that a time lies in. @param timestamp milliseconds UTC */
export const periodIndex = (frequency: Frequency, timestamp: number): number =>
  periodsOf(frequency).index(timestamp);

/** When a period begins, in milliseconds UTC. */
export const timestampOf = (frequency: Frequency, index: number): number =>
  periodsOf(frequency).timestamp(index);
