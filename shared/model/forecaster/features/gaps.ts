import {
  and,
  cast,
  cumSum,
  div,
  gather,
  isMissing,
  less,
  max,
  not,
  reduceSum,
  sub,
  type Value,
  where,
} from '../../../graph/index.ts';

/** A series without gaps, and what is known of its time. All `[time, series]`, float64. */
export interface Filled {
  readonly values: Value;
  /** 1 where observed. */
  readonly observed: Value;
  /** Periods since the first observation, which has 0; negative before it. */
  readonly age: Value;
}

/**
 * Gaps take the last value before them; what lies before the first observation takes the mean of the first `season`
 * observations, so that a window reaching there sees a level and not one season's corner. All missing: 0.
 */
export function fillGaps(x: Value, season: number): Filled {
  const present = not(isMissing(x));
  const observed = cast(present, 'float64');
  const count = cumSum(observed, 0);
  const early = and(present, less(count, season + 1));
  const number = max(reduceSum(cast(early, 'float64'), [0], true), 1);
  const start = div(reduceSum(where(early, x, 0), [0], true), number);
  const forward = fillForward(x);
  const begun = cast(less(0, count), 'float64');
  return {
    values: where(isMissing(forward), start, forward),
    observed,
    age: sub(cumSum(begun, 0), 1),
  };
}

/** The number of periods from the first observation to the last row: `[1, series]`, float64. */
export const lengthOf = (x: Value): Value =>
  reduceSum(cast(less(0, cumSum(cast(not(isMissing(x)), 'float64'), 0)), 'float64'), [0], true);

/** Doubling: after the round with distance d, gaps of up to 2d − 1 periods are filled. */
export function fillForward(x: Value): Value {
  const length = Number(x.shape[0]);
  let filled = x;
  for (let distance = 1; distance < length; distance *= 2) {
    const places = Array.from({ length }, (_, i) => Math.max(i - distance, 0));
    filled = where(isMissing(filled), gather(filled, places, 0), filled);
  }
  return filled;
}
