import { ConfigurationError, show } from '../errors/index.ts';
import {
  abs,
  cast,
  constant,
  div,
  isMissing,
  less,
  max,
  min,
  mul,
  not,
  reduceSum,
  reshape,
  square,
  sub,
  unsqueeze,
  type Value,
  where,
} from '../graph/index.ts';

/** What is minimised. `levels` are quantile levels in (0, 1), rising; `delta` is in the target's units. */
export type LossSettings =
  | { readonly kind: 'mse' }
  | { readonly kind: 'mae' }
  | { readonly kind: 'huber'; readonly delta: number }
  | { readonly kind: 'pinball'; readonly levels: readonly number[] };

/** @throws ConfigurationError where delta or the quantile levels are out of range */
export function checkLoss(loss: LossSettings): void {
  if (loss.kind === 'huber' && !(loss.delta > 0)) {
    throw new ConfigurationError({
      rule: 'delta must be above 0',
      received: show(loss.delta),
      remedy: '1 is usual',
    });
  }
  if (loss.kind === 'pinball') checkLevels(loss.levels);
}

function checkLevels(levels: readonly number[]): void {
  const rising = levels.every((level, i) => i === 0 || level > (levels[i - 1] ?? level));
  if (levels.length === 0 || !rising || levels.some((level) => !(level > 0 && level < 1))) {
    throw new ConfigurationError({
      rule: 'quantile levels must rise and lie strictly between 0 and 1',
      received: show(levels),
      remedy: 'give levels such as [0.1, 0.5, 0.9]',
    });
  }
}

/** How many outputs a loss needs for each target channel. */
export const outputsPerTarget = (loss: LossSettings): number =>
  loss.kind === 'pinball' ? loss.levels.length : 1;

/**
 * The mean loss over the targets that were observed.
 *
 * @param prediction `[…, target]`, for pinball `[…, target·level]` with the levels of one target side by side
 * @param target `[…, target]`, NaN where missing
 * @param weights like the target; a weight of 0 leaves an element out
 * @returns a scalar; 0 where nothing was observed
 */
export function lossOf(loss: LossSettings, prediction: Value, target: Value, weights?: Value): Value {
  checkLoss(loss);
  const observed = not(isMissing(target));
  const known = where(observed, target, 0);
  const seen = cast(observed, target.dtype);
  const weight = weights ? mul(seen, weights) : seen;
  const losses = elementLosses(loss, prediction, known);
  return div(reduceSum(mul(losses, weight)), max(reduceSum(weight), 1e-12));
}

/** The loss of each element, like the target. */
function elementLosses(loss: LossSettings, prediction: Value, target: Value): Value {
  if (loss.kind === 'pinball') return ofLevels(loss.levels, prediction, target);
  const error = sub(prediction, target);
  if (loss.kind === 'mse') return square(error);
  if (loss.kind === 'mae') return abs(error);
  // Huber (1964): quadratic up to delta, linear beyond: c·(|e| − c/2) with c = min(|e|, delta).
  const inner = min(abs(error), loss.delta);
  return mul(inner, sub(abs(error), mul(inner, 0.5)));
}

/** Twice the pinball loss averaged over the levels, so that at the median it is the absolute error. */
function ofLevels(levels: readonly number[], prediction: Value, target: Value): Value {
  const apart = reshape(prediction, [...target.shape, levels.length]); // […, target, level]
  const losses = pinball(levels, sub(unsqueeze(target, -1), apart));
  return mul(reduceSum(losses, [-1]), 2 / levels.length);
}

/**
 * The pinball loss max(τe, (τ − 1)e) with e = y − q (Koenker & Bassett 1978), written as e·(τ − 1[e < 0]): the
 * factor is the gradient too, so that going back costs one product.
 *
 * @param levels for each element of the last axis
 * @param error `[…, level]`
 * @param weights of the losses, like the error
 */
export function pinball(levels: readonly number[], error: Value, weights?: Value): Value {
  const level = constant(levels, error.dtype, [levels.length]);
  const slope = sub(level, cast(less(error, 0), error.dtype));
  return mul(error, weights ? mul(slope, weights) : slope);
}
