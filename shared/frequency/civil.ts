import { day } from './units.ts';

/**
 * Days of the proleptic Gregorian calendar, after Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
 * Unlike `Date` these make no object and know no special years below 100.
 */

/** Days of 400 years, after which the calendar repeats. */
const daysOfEra = 146_097;
/** From 0000-03-01, with which Hinnant's years begin, to 1970-01-01. */
const daysToEpoch = 719_468;

/** Days from 1970-01-01 to a month's first day. @param month months after January 1970 */
export function firstDayOf(month: number): number {
  const sinceMarch = month + 1970 * 12 - 2; // months since March of the year 0
  const year = Math.floor(sinceMarch / 12);
  const era = Math.floor(year / 400);
  const yearOfEra = year - 400 * era;
  const dayOfYear = Math.floor((153 * (sinceMarch - 12 * year) + 2) / 5);
  const dayOfEra = 365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear;
  return daysOfEra * era + dayOfEra - daysToEpoch;
}

/** The month that a time lies in, in months after January 1970. */
export function monthOf(timestamp: number): number {
  const days = Math.floor(timestamp / day) + daysToEpoch;
  const era = Math.floor(days / daysOfEra);
  const dayOfEra = days - daysOfEra * era;
  const yearOfEra = Math.floor(
    (dayOfEra -
      Math.floor(dayOfEra / 1460) +
      Math.floor(dayOfEra / 36_524) -
      Math.floor(dayOfEra / (daysOfEra - 1))) /
      365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const sinceMarch = 12 * (400 * era + yearOfEra) + Math.floor((5 * dayOfYear + 2) / 153);
  return sinceMarch + 2 - 1970 * 12;
}

/** The day of the month, from 1. */
export const dayOf = (timestamp: number): number =>
  Math.floor(timestamp / day) - firstDayOf(monthOf(timestamp)) + 1;

export const daysIn = (month: number): number => firstDayOf(month + 1) - firstDayOf(month);

/** Milliseconds after midnight. */
export const timeOf = (timestamp: number): number => timestamp - day * Math.floor(timestamp / day);
