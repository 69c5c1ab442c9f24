import {
  abs,
  add,
  cast,
  constant,
  cumSum,
  div,
  equal,
  gather,
  greater,
  isMissing,
  less,
  max,
  mul,
  not,
  reduceSum,
  reshape,
  reverse,
  scalar,
  sizeAlong,
  slice,
  sub,
  transpose,
  type Value,
  where,
} from '../../graph/index.ts';

/**
 * A series as the network meets it: the last `length` periods, centred on the last observation and divided by the
 * mean absolute change, both in double precision. A series on another scale or level gives the same context.
 */
export interface Context {
  /** Normalised values, gaps filled with the last value before them, `[length, series]`, float32. */
  readonly values: Value;
  /** 1 where observed, `[length, series]`, float32. */
  readonly observed: Value;
  /** Observations up to and including each period, `[length, series]`, float32. */
  readonly count: Value;
  /** `[1, series]`, float64: a value is center + unit · normalised value. */
  readonly center: Value;
  readonly unit: Value;
}

/** The last `length` periods of `x [batch, time, channel]` as `[length, batch, channel]`; NaN before its start. */
export function lastPeriods(x: Value, length: number): Value {
  const timeFirst = transpose(x, [1, 0, 2]);
  const first = sub(sizeAlong(x, 1), constant([length], 'int64'));
  const places = add(
    constant(
      Array.from({ length }, (_, i) => i),
      'int64',
    ),
    first,
  ); // [length]
  const taken = gather(timeFirst, max(places, 0), 0);
  const before = reshape(less(places, 0), [length, 1, 1]);
  return where(before, Number.NaN, taken);
}

/** Channels side by side as series of their own: `[length, batch, channel]` → `[length, series]`. */
export const asSeries = (x: Value): Value => reshape(x, [x.shape[0] ?? 1, 'series']);

/** @param raw `[length, series]`, float64, NaN where missing */
export function normalise(raw: Value): Context {
  const present = not(isMissing(raw));
  const observed = cast(present, 'float64');
  const filled = fillGaps(raw); // [length, series]
  const length = Number(raw.shape[0]);
  const center = slice(filled, 0, -1); // [1, series]
  const unit = meanChange(filled, observed, center, length);
  return {
    values: cast(div(sub(filled, center), unit), 'float32'),
    observed: cast(observed, 'float32'),
    count: cast(cumSum(observed, 0), 'float32'),
    center,
    unit,
  };
}

/** The mean absolute change from one period to the next; for a series that never moves a thousandth of its level. */
function meanChange(filled: Value, observed: Value, center: Value, length: number): Value {
  const change = abs(sub(slice(filled, 0, 1), slice(filled, 0, 0, length - 1)));
  const counted = slice(observed, 0, 1);
  const mean = div(reduceSum(mul(change, counted), [0], true), max(reduceSum(counted, [0], true), 1));
  const level = mul(abs(center), 1e-3);
  const one = scalar(1, 'float64');
  return where(greater(mean, 0), mean, where(equal(level, 0), one, level));
}

/** Missing values take the last one before them, those before the first observation that one; all missing: 0. */
function fillGaps(raw: Value): Value {
  const forward = fillForward(raw);
  const both = reverse(fillForward(reverse(forward, 0)), 0);
  return where(isMissing(both), 0, both);
}

/** Doubling: after the round with distance d, gaps of up to 2d − 1 periods are filled. */
function fillForward(x: Value): Value {
  const length = Number(x.shape[0]);
  let filled = x;
  for (let distance = 1; distance < length; distance *= 2) {
    const places = Array.from({ length }, (_, i) => Math.max(i - distance, 0));
    filled = where(isMissing(filled), gather(filled, places, 0), filled);
  }
  return filled;
}
