import {
  abs,
  add,
  cast,
  clip,
  cumSum,
  div,
  equal,
  isMissing,
  max,
  mul,
  not,
  reduceSum,
  sqrt,
  square,
  sub,
  type Value,
  where,
} from '../../../graph/index.ts';
import { recentPeriods } from '../settings.ts';
import { fillForward } from './gaps.ts';
import { before } from './recurrence.ts';

/** A past covariate in units of what it was until then: where it stands, and where it stood lately. */
export interface PastRows {
  /** The newest value. */
  readonly now: Value;
  /** The mean of the last `recentPeriods`. */
  readonly recent: Value;
}

/**
 * A past covariate at each period by the mean and deviation of all that came before, that period included, at most
 * five deviations away: nothing that comes later changes it. A gap takes the value before it; before the first one all
 * is 0.
 *
 * @param x `[time, series]`, float64, NaN where missing
 * @returns `[time, series]` each, float64
 */
export function pastRows(x: Value): PastRows {
  const filled = fillForward(x);
  const present = not(isMissing(filled));
  const observed = cast(present, 'float64');
  const count = cumSum(observed, 0);
  const first = reduceSum(where(equal(mul(count, observed), 1), filled, 0), [0], true);
  // Relative to the first value, so that squares keep their digits on a high level.
  const apart = where(present, sub(filled, first), 0);
  const number = max(count, 1);
  const mean = div(cumSum(apart, 0), number);
  const variance = max(sub(div(cumSum(square(apart), 0), number), square(mean)), 0);
  const least = add(mul(abs(add(first, mean)), 1e-6), 1e-30);
  const standard = (value: Value): Value => {
    const z = div(sub(value, mean), max(sqrt(variance), least));
    return where(isMissing(z), 0, clip(where(isMissing(z), 0, z), -5, 5));
  };
  const recently = (sum: Value) => sub(sum, before(sum, recentPeriods));
  const recent = div(recently(cumSum(apart, 0)), max(recently(count), 1));
  return { now: where(present, standard(apart), 0), recent: where(present, standard(recent), 0) };
}
