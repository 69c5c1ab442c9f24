import {
  add,
  and,
  cast,
  cumSum,
  div,
  equal,
  greater,
  max,
  mul,
  not,
  square,
  sub,
  type Value,
  where,
} from '../../../graph/index.ts';
import type { Filled } from './gaps.ts';
import { before, discountedSum } from './recurrence.ts';

/**
 * A seasonal index as it was known at each period, from nothing later. The index of the phase that lies `ahead`
 * periods after t is shrink_t · (ratio_{t + seasonOffset(m, ahead)} − center_t): the ratio of a phase stays what it
 * was when the phase was last seen, so that the newest m of them are the whole index.
 *
 * All `[time, series]`, float64.
 */
export interface SeasonIndex {
  readonly ratio: Value;
  readonly center: Value;
  /** 0 where the season is not told from noise, up to 1. */
  readonly shrink: Value;
}

/** Share of weight that an observation keeps after a whole season. */
const kept = 0.9;
/** Shrink by 1 − kappa/F. */
const kappa = 2;

/** Where the ratio of the phase `ahead` periods after t stands, relative to t: −m + 1..0. */
export const seasonOffset = (season: number, ahead: number): number => {
  const back = -ahead - Math.floor(season / 2);
  return -(((back % season) + season) % season);
};

/**
 * Causal shrunken seasonality (RECIPE): deviations from the centred 2×m moving average, discounted sums by phase,
 * shrunken by how far the F test tells the phases apart.
 */
export function seasonIndex({ values, observed, age }: Filled, season: number): SeasonIndex {
  const half = Math.floor(season / 2);
  const decay = kept ** (1 / season);
  // The deviation of t − half becomes known at t.
  const centre = before(values, half);
  const whole = movingSum(values, 2 * half + 1);
  const ends = mul(add(values, before(values, 2 * half)), 0.5);
  const trend = div(season % 2 === 0 ? sub(whole, ends) : whole, season);
  const known = mul(before(observed, half), cast(greater(age, 2 * half - 1), 'float64'));
  const deviation = mul(sub(centre, trend), known);

  const sums = discountedSum(deviation, kept, season); // S of the phase that was updated at t
  const counts = discountedSum(known, kept, season);
  const seen = cast(greater(counts, 0), 'float64');
  const ratio = div(sums, max(counts, 1e-12));
  const center = div(movingSum(ratio, season), season);
  const spread = max(sub(movingSum(square(ratio), season), mul(square(center), season)), 0);

  const squares = discountedSum(square(deviation), decay);
  const number = discountedSum(known, decay);
  const explained = decayingSum(mul(sums, ratio), season, decay);
  const noise = div(
    div(max(sub(squares, explained), 0), max(sub(number, season), 1)),
    div(max(number, 1e-12), season),
  );
  const share = sub(1, div(mul(noise, kappa * (season - 1)), where(equal(spread, 0), 1, spread)));
  const all = not(greater(season - 0.5, movingSum(seen, season)));
  const tested = and(and(all, greater(number, season)), greater(spread, 0));
  return { ratio, center, shrink: where(tested, max(share, 0), 0) };
}

/** The sum of the last `count` values. */
const movingSum = (x: Value, count: number): Value => {
  const sum = cumSum(x, 0);
  return sub(sum, before(sum, count));
};

/** Σ decay^j · x_{t − j} over the last `count` values. */
const decayingSum = (x: Value, count: number, decay: number): Value => {
  const sum = discountedSum(x, decay);
  return sub(sum, mul(before(sum, count), decay ** count));
};
