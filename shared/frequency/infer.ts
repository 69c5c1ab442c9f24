import { anchorFrequency, count, monthDay, mostCounted, type Times } from './anchor.ts';
import { monthOf, timeOf } from './civil.ts';
import { type Frequency, type Period, periodLength } from './frequency.ts';
import { periodsOf } from './period.ts';
import { day, type Unit } from './units.ts';

export interface InferredFrequency {
  readonly frequency: Frequency;
  /** The share of steps from one timestamp to the next that are exactly one period; gaps make it smaller. */
  readonly confidence: number;
  /** The share of steps that are a whole number of periods. */
  readonly fits: number;
}

/** The share of timestamps that must fall on one day of the month for the months to be counted. */
const calendarShare = 0.9;
/** The share of steps that must be multiples of the most common one; below it their common divisor is taken. */
const commonShare = 0.8;
/** Steps rarer than this are faults, not part of the rhythm. */
const rareShare = 0.05;

/**
 * The frequency behind timestamps with gaps and a few faults. The period is the most common step where most others
 * are multiples of it, otherwise the greatest common divisor of all steps that are not rare. Where most steps last
 * four weeks or longer and nearly all timestamps fall on one day of the month (or its last), months are counted. Days
 * that come on all of Monday to Friday, and never on a weekend in between, are business days.
 *
 * @param times per item rising, distinct timestamps in milliseconds UTC
 * @returns null where no item has two timestamps, or they are less than a second apart
 */
export function inferFrequency(times: Times): InferredFrequency | null {
  const business = businessDays(times);
  if (business) return business;
  const steps = countSteps(times, (timestamp) => timestamp);
  const common = mostCounted(steps);
  if (common === null) return null;
  const months = common >= 28 * day && (monthDay(times)?.share ?? 0) >= calendarShare;
  const measured = months ? countSteps(times, monthOf) : steps;
  const length = baseStep(measured);
  const period = months ? calendarPeriod(length) : fixedPeriod(length);
  if (!period) return null;
  const bare: Frequency = { ...period, offset: 0, day: 1, time: 0 };
  const total = sum(measured.values());
  const share = (holds: (step: number) => boolean) =>
    sum([...measured].filter(([step]) => holds(step)).map(([, n]) => n)) / total;
  return {
    frequency: anchorFrequency(bare, times),
    confidence: share((step) => step === periodLength(bare)),
    fits: share((step) => step > 0 && step % periodLength(bare) === 0),
  };
}

/** Weekends that must have been left out before it is no accident. */
const leastWeekends = 2;

function businessDays(times: Times): InferredFrequency | null {
  const plain: Frequency = { unit: 'businessDay', multiple: 1, offset: 0, day: 1, time: 0 };
  const weekdays = new Set<number>();
  const clocks = new Set<number>();
  let weekends = 0;
  for (const item of times) {
    for (let i = 0; i < item.length; i++) {
      const at = item[i] as number;
      const weekday = (Math.floor(at / day) + 3) % 7;
      if (weekday > 4) return null;
      clocks.add(timeOf(at));
      weekdays.add(weekday);
      if (i > 0 && at - (item[i - 1] as number) === 3 * day && weekday === 0) weekends++;
    }
    if (clocks.size > 1) return null;
  }
  if (weekdays.size < 5 || weekends < leastWeekends) return null;
  const frequency = anchorFrequency(plain, times);
  const { index } = periodsOf(frequency);
  const steps = countSteps(times, index);
  return { frequency, confidence: (steps.get(1) ?? 0) / sum(steps.values()), fits: 1 };
}

function countSteps(times: Times, of: (timestamp: number) => number): Map<number, number> {
  const steps = new Map<number, number>();
  for (const item of times) {
    for (let i = 1; i < item.length; i++) count(steps, of(item[i] as number) - of(item[i - 1] as number));
  }
  return steps;
}

function baseStep(steps: ReadonlyMap<number, number>): number {
  const total = sum(steps.values());
  const common = mostCounted(steps) ?? 0;
  const multiples = sum([...steps].filter(([step]) => step % common === 0).map(([, n]) => n));
  if (multiples >= commonShare * total) return common;
  const frequent = [...steps].filter(([step, n]) => step > 0 && n >= rareShare * total);
  return frequent.reduce((divisor, [step]) => greatestDivisor(step, divisor), common);
}

const greatestDivisor = (a: number, b: number): number => (b === 0 ? a : greatestDivisor(b, a % b));

const fixedUnits = [
  ['week', 7 * day],
  ['day', day],
  ['hour', day / 24],
  ['minute', day / 1440],
  ['second', 1000],
] as const;
const calendarUnits = [
  ['year', 12],
  ['quarter', 3],
  ['month', 1],
] as const;

const periodIn =
  (lengths: readonly (readonly [Unit, number])[]) =>
  (length: number): Period | null => {
    const [unit, own] = lengths.find(([, candidate]) => length > 0 && length % candidate === 0) ?? [];
    return unit && own ? { unit, multiple: length / own } : null;
  };
const fixedPeriod = periodIn(fixedUnits);
const calendarPeriod = periodIn(calendarUnits);

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, n) => total + n, 0);
