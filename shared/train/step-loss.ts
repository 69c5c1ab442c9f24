import {
  cast,
  concat,
  div,
  isMissing,
  max,
  mul,
  not,
  reduceSum,
  sub,
  type Value,
  where,
} from '../graph/index.ts';
import { type ForecasterSettings, knotsOf, type StepOutputs } from '../model/index.ts';
import { pinball } from './loss.ts';

/**
 * Twice the pinball loss of a member's steps in units of the data's mean change, averaged over knots, steps and the
 * observed part of the horizon.
 *
 * It never makes z of the outputs: their errors keep the knots side by side, so that no operator broadcasts over an
 * innermost axis of a few knots (measured: a quarter of the time of a training step).
 *
 * @param target z, `[step, series, horizon]`, NaN where missing
 * @param weights `[1, series, 1]`
 */
export function stepLoss(
  { levels, horizon, unit }: Pick<ForecasterSettings, 'levels' | 'horizon' | 'unit'>,
  { output, base, scale }: StepOutputs,
  target: Value,
  weights: Value,
): Value {
  const knots = knotsOf(levels);
  const forKnots = (value: Value): Value => concat(Array(knots.length).fill(value), 2);
  const observed = not(isMissing(target));
  const known = div(where(observed, sub(target, base), 0), unit); // [step, series, horizon]
  const weight = mul(cast(observed, target.dtype), weights);
  const error = sub(forKnots(known), mul(output, div(scale, unit))); // [step, series, knot·horizon]
  const byHorizon = knots.flatMap((level) => Array<number>(horizon).fill(level));
  const losses = pinball(byHorizon, error, forKnots(weight));
  return div(reduceSum(losses), mul(max(reduceSum(weight), 1e-12), knots.length / 2));
}
