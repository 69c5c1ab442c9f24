import {
  abs,
  add,
  argMin,
  cast,
  constant,
  cumSum,
  div,
  exp,
  floor,
  gather,
  gatherElements,
  greater,
  less,
  log,
  max,
  mul,
  pow,
  reduceMax,
  reshape,
  square,
  squeeze,
  sub,
  unsqueeze,
  type Value,
  where,
} from '../../../graph/index.ts';
import type { Transform } from '../settings.ts';
import type { Filled } from './gaps.ts';
import { before, discountedSum } from './recurrence.ts';
import type { SeasonIndex } from './season.ts';

/**
 * The Theta forecast from each period, as it was known then (Assimakopoulos & Nikolopoulos 2000; Hyndman & Billah
 * 2003: simple exponential smoothing with half the slope of a regression on time). k periods ahead it lies at
 * level + slope · (k − 1 + reach), in units that `thetaAhead` reads.
 *
 * All `[time, series]`, float64.
 */
export interface ThetaRows {
  readonly level: Value;
  readonly slope: Value;
  readonly reach: Value;
  /** The deseasonalised value that level and slope are relative to, as z. */
  readonly base: Value;
}

/** Smoothing constants; at each period the one with the smallest squared error so far is taken. */
const constants = [...Array.from({ length: 19 }, (_, i) => 0.05 * (i + 1)), 0.9999];
/** A forecast of positive data does not fall below this share of the level. */
const leastShare = 0.1;

export function thetaRows(
  filled: Filled,
  season: number,
  index: SeasonIndex | null,
  transform: Transform,
): ThetaRows {
  const { age, observed } = filled;
  const adjusted = index ? sub(filled.values, firstKnown(index, season, filled)) : filled.values;
  const begun = greater(age, -1);
  const start = firstValue(adjusted, age);
  const base = where(begun, adjusted, start);
  const positive = transform === 'log';
  const x = positive ? exp(sub(base, reduceMax(base, [0], true))) : base;
  const origin = firstValue(x, age);
  const moved = sub(x, origin); // [time, series]: smoothing starts at the first value
  const { alpha, smoothed } = smooth(moved, observed, age);
  const half = mul(slopeOf(moved, observed, age), 0.5);
  const reach = div(sub(1, pow(sub(1, alpha), add(max(age, 0), 1))), alpha);
  const level = add(smoothed, origin);
  return positive
    ? { level: div(level, x), slope: div(half, x), reach, base }
    : { level: sub(level, x), slope: half, reach, base };
}

/**
 * The forecast `ahead` periods after, relative to the base, in z.
 *
 * @param rows at the steps, `[…, 1, series]`
 * @param ahead `[horizon, 1]`: 1..horizon
 */
export function thetaAhead(
  { level, slope, reach }: Omit<ThetaRows, 'base'>,
  ahead: Value,
  transform: Transform,
): Value {
  const line = add(level, mul(slope, add(reach, sub(ahead, 1))));
  return transform === 'log' ? log(max(line, leastShare)) : line;
}

/** Exponential smoothing with each constant: the best one's level at each period. */
function smooth(moved: Value, observed: Value, age: Value) {
  const lanes = unsqueeze(moved, 2); // [time, series, 1]
  const alphas = constant(constants, 'float64');
  const levels = discountedSum(
    mul(lanes, alphas),
    constants.map((one) => 1 - one),
  ); // [time, series, constant]
  const counted = unsqueeze(mul(observed, cast(greater(age, 0), 'float64')), 2);
  const errors = cumSum(mul(square(sub(lanes, before(levels, 1))), counted), 0);
  const best = argMin(errors, 2);
  return {
    smoothed: squeeze(gatherElements(levels, best, 2), 2),
    alpha: reshape(gather(alphas, reshape(best, ['lane']), 0), [
      Number(moved.shape[0]),
      moved.shape[1] ?? 'series',
    ]),
  };
}

/** The slope of a regression on time, over the observations so far; 0 with fewer than three. */
function slopeOf(y: Value, observed: Value, age: Value): Value {
  const running = (value: Value) => cumSum(mul(value, observed), 0);
  const time = max(age, 0);
  const count = max(cumSum(observed, 0), 1);
  const [x, xx, xy, sum] = [running(time), running(square(time)), running(mul(time, y)), running(y)];
  const across = sub(xx, div(square(x), count));
  const slope = div(sub(xy, div(mul(x, sum), count)), where(greater(across, 0.5), across, 1));
  return where(less(count, 3), 0, where(greater(across, 0.5), slope, 0));
}

/** The value at age 0, `[1, series]`. */
const firstValue = (x: Value, age: Value): Value => gatherElements(x, argMin(abs(age), 0), 0);

/** Each period's own index; before the index was known, the first one that was. */
function firstKnown({ ratio, center, shrink }: SeasonIndex, season: number, { age }: Filled): Value {
  const length = Number(ratio.shape[0]);
  const rows = constant(
    Array.from({ length }, (_, i) => i),
    'float64',
    [length, 1],
  );
  const known = greater(shrink, 0);
  const first = cast(argMin(where(known, rows, add(mul(age, 0), length)), 0), 'float64'); // [1, series]
  const at = max(rows, first); // [time, series]
  // Where the phase of each row was last seen at `at`: at + seasonOffset(m, row − at), which is mod arithmetic.
  const behind = sub(sub(at, rows), Math.floor(season / 2));
  const back = sub(behind, mul(season, floor(div(behind, season))));
  const place = max(sub(at, back), 0);
  const pick = (x: Value, where_: Value) => gatherElements(x, cast(where_, 'int64'), 0);
  return mul(pick(shrink, at), sub(pick(ratio, place), pick(center, at)));
}
