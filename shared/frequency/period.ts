import { daysIn, firstDayOf, monthOf } from './civil.ts';
import { type Frequency, isCalendar, periodLength } from './frequency.ts';
import { day } from './units.ts';

/** Turns times into period indices and back; made once where many are turned. */
export interface Periods {
  /** The index of the period that a time (milliseconds UTC) lies in; consecutive periods differ by 1. */
  index(timestamp: number): number;
  /** When a period begins, in milliseconds UTC. */
  timestamp(index: number): number;
}

export const periodsOf = (frequency: Frequency): Periods =>
  isCalendar(frequency) ? calendarPeriods(frequency) : fixedPeriods(frequency);

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

/** The index of the period that a time lies in. @param timestamp milliseconds UTC */
export const periodIndex = (frequency: Frequency, timestamp: number): number =>
  periodsOf(frequency).index(timestamp);

/** When a period begins, in milliseconds UTC. */
export const timestampOf = (frequency: Frequency, index: number): number =>
  periodsOf(frequency).timestamp(index);
