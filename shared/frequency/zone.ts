import { show } from '../errors/index.ts';
import { FrequencyError } from './errors.ts';
import { day } from './units.ts';

/** A change of a zone's clock. */
interface Transition {
  /** Milliseconds UTC. */
  readonly at: number;
  /** Milliseconds that local time is ahead of UTC from then on. */
  readonly offset: number;
}

/** The local time of a place, by the time zone database of this machine's ICU. */
export interface Zone {
  readonly name: string;
  /** Local time, as if it were UTC. @param instant milliseconds UTC */
  local(instant: number): number;
  /**
   * When a local time is: twice where the clock is set back, the earlier first; never where it is set forward.
   *
   * @param local local time as if it were UTC
   */
  instants(local: number): readonly number[];
}

/** Clocks are changed at most so often; two changes closer together would be taken for none. */
const probe = 14 * day;

/**
 * @param name of the IANA database, such as `Europe/Berlin`
 * @throws FrequencyError where there is no such zone
 */
export function zoneOf(name: string): Zone {
  const offsetAt = offsets(name);
  const years = new Map<number, readonly Transition[]>();
  const yearOf = (time: number) => new Date(time).getUTCFullYear();
  const transitionsOf = (year: number): readonly Transition[] => {
    const known = years.get(year);
    if (known) return known;
    const found = transitionsIn(offsetAt, Date.UTC(year, 0, 1), Date.UTC(year + 1, 0, 1));
    years.set(year, found);
    return found;
  };
  const offsetOf = (instant: number): number =>
    transitionsOf(yearOf(instant)).findLast(({ at }) => at <= instant)?.offset ?? offsetAt(instant);
  return {
    name,
    local: (instant) => instant + offsetOf(instant),
    instants(local) {
      // No zone is more than a day from UTC: its offsets around then are all that it can be.
      const possible = new Set([offsetOf(local - day), offsetOf(local), offsetOf(local + day)]);
      return [...possible]
        .map((offset) => local - offset)
        .filter((instant) => instant + offsetOf(instant) === local)
        .sort((a, b) => a - b);
    },
  };
}

/** The changes from one time on until another, the first entry being what holds at the beginning. */
function transitionsIn(offsetAt: (instant: number) => number, from: number, to: number): Transition[] {
  const found: Transition[] = [{ at: from, offset: offsetAt(from) }];
  for (let low = from; low < to; low += probe) {
    const high = Math.min(to, low + probe);
    const [before, after] = [offsetAt(low), offsetAt(high)];
    if (before !== after) found.push({ at: changeBetween(offsetAt, low, high, after), offset: after });
  }
  return found;
}

/** The first millisecond at which the offset is `after`. */
function changeBetween(
  offsetAt: (instant: number) => number,
  from: number,
  to: number,
  after: number,
): number {
  let [low, high] = [from, to];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle) === after) high = middle;
    else low = middle;
  }
  return high;
}

/** Reads a zone's offset off the clock that `Intl` shows. */
function offsets(name: string): (instant: number) => number {
  const clock = clockOf(name);
  return (instant) => {
    const whole = Math.floor(instant / 1000) * 1000;
    const parts = Object.fromEntries(
      clock.formatToParts(whole).map(({ type, value }) => [type, Number(value)]),
    );
    const { year = 0, month = 1, day: date = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, date, hour, minute, second) - whole;
  };
}

function clockOf(timeZone: string): Intl.DateTimeFormat {
  const part = '2-digit' as const;
  try {
    return new Intl.DateTimeFormat('en-US', {
      ...{ timeZone, hourCycle: 'h23', year: 'numeric' },
      ...{ month: part, day: part, hour: part, minute: part, second: part },
    });
  } catch (error) {
    throw new FrequencyError(
      {
        rule: 'a time zone must be one of the IANA database',
        received: show(timeZone),
        remedy: 'write for example Europe/Berlin or America/New_York',
      },
      { cause: error },
    );
  }
}
