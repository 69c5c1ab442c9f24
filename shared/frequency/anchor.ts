import { dayOf, daysIn, monthOf, timeOf } from './civil.ts';
import { type Frequency, measureOf, periodLength } from './frequency.ts';
import { periodsOf } from './period.ts';

/** Timestamps of items, each in milliseconds UTC. */
export type Times = readonly ArrayLike<number>[];

/** The same unit and multiple at the phase that most of the timestamps have. */
export function anchorFrequency(frequency: Frequency, times: Times): Frequency {
  const length = periodLength(frequency);
  const phaseOf = (n: number) => n - length * Math.floor(n / length);
  const measure = measureOf(frequency);
  if (measure === 'milliseconds') {
    const offset = mostCommon(times, phaseOf);
    return offset === null ? frequency : { ...frequency, offset };
  }
  if (measure === 'weekdays') {
    const time = mostCommon(times, timeOf);
    if (time === null) return frequency;
    const days = periodsOf({ ...frequency, multiple: 1, offset: 0, time });
    return { ...frequency, time, offset: mostCommon(times, (at) => phaseOf(days.index(at))) ?? 0 };
  }
  const offset = mostCommon(times, (timestamp) => phaseOf(monthOf(timestamp)));
  const dayAndTime = monthDay(times);
  return offset === null || !dayAndTime
    ? frequency
    : { ...frequency, offset, day: dayAndTime.day, time: dayAndTime.time };
}

/** The day and time in the month that most timestamps have, and the share of those that do. */
export interface MonthDay {
  /** 1..31, of which a shorter month has its last instead. */
  readonly day: number;
  readonly time: number;
  readonly share: number;
}

export function monthDay(times: Times): MonthDay | null {
  const time = mostCommon(times, timeOf);
  if (time === null) return null;
  const hits = new Array<number>(32).fill(0);
  let total = 0;
  for (const timestamp of every(times)) {
    total++;
    if (timeOf(timestamp) !== time) continue;
    const here = dayOf(timestamp);
    const last = here === daysIn(monthOf(timestamp)) ? 31 : here;
    for (let day = here; day <= last; day++) hits[day] = (hits[day] ?? 0) + 1;
  }
  // Of equals the last: 30 April and 30 June are month ends.
  const day = hits.lastIndexOf(Math.max(...hits));
  return { day, time, share: (hits[day] ?? 0) / total };
}

/** The value that `of` gives most often, the smallest of equals; null without timestamps. */
function mostCommon(times: Times, of: (timestamp: number) => number): number | null {
  const counts = new Map<number, number>();
  for (const timestamp of every(times)) count(counts, of(timestamp));
  return mostCounted(counts);
}

export function count(counts: Map<number, number>, key: number): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

export function mostCounted(counts: ReadonlyMap<number, number>): number | null {
  const [best] = [...counts].sort(([a, times], [b, others]) => others - times || a - b);
  return best ? best[0] : null;
}

function* every(times: Times): Generator<number> {
  for (const item of times) for (let i = 0; i < item.length; i++) yield item[i] as number;
}
