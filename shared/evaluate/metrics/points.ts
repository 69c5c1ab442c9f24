/** The pointwise statistics: `actual` and `forecast` are one value each, in the units of the data. */

/** |y − ŷ| of MASE and WAPE. */
export const absoluteError = (actual: number, forecast: number): number => Math.abs(actual - forecast);

/** 200·|y − ŷ| / (|y| + |ŷ|) of sMAPE, in percent; 0 where both are 0, which is a perfect forecast. */
export function symmetricError(actual: number, forecast: number): number {
  const size = Math.abs(actual) + Math.abs(forecast);
  return size === 0 ? 0 : (200 * Math.abs(actual - forecast)) / size;
}

/** ρ_τ(y, q) = max(τ(y − q), (τ − 1)(y − q)) (Koenker & Bassett 1978). */
export function pinball(level: number, actual: number, quantile: number): number {
  const error = actual - quantile;
  return error >= 0 ? level * error : (level - 1) * error;
}
