import { add, constant, mul, pad, slice, type Value } from '../../../graph/index.ts';

/** The value `periods` before, 0 before the start: `x [time, …]` with a fixed time axis. */
export const before = (x: Value, periods: number): Value =>
  pad(slice(x, 0, 0, Math.max(Number(x.shape[0]) - periods, 0)), 0, Math.min(periods, Number(x.shape[0])), 0);

/**
 * y_t = x_t + decay · y_{t − lag}, for all t at once: each round of doubling adds as many terms as there are already
 * (Blelloch 1990, "Prefix sums and their applications").
 *
 * @param x `[time, …]`, float64, with a fixed time axis
 * @param decay one number, or one for each place of the last axis
 */
export function discountedSum(x: Value, decay: number | readonly number[], lag = 1): Value {
  const length = Number(x.shape[0]);
  let sum = x;
  let factors = decay;
  for (let distance = lag; distance < length; distance *= 2) {
    const factor = typeof factors === 'number' ? factors : constant(factors, 'float64');
    sum = add(sum, mul(before(sum, distance), factor));
    factors = typeof factors === 'number' ? factors ** 2 : factors.map((one) => one ** 2);
  }
  return sum;
}
