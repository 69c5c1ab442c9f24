/**
 * A history without gaps, for methods that need one: it begins with the first observed value, inner gaps are
 * bridged by a straight line, and a gap at the end repeats the values one season before (with no season, the last).
 *
 * @param history [time], NaN where missing
 * @returns [time from the first observed value on]; empty where nothing was observed
 */
export function fillGaps(history: Float64Array, season: number): Float64Array {
  const first = history.findIndex((value) => !Number.isNaN(value));
  if (first < 0) return new Float64Array(0);
  const values = history.slice(first);
  let last = 0;
  for (let t = 1; t < values.length; t++) {
    if (Number.isNaN(values[t])) continue;
    bridge(values, last, t);
    last = t;
  }
  for (let t = last + 1; t < values.length; t++)
    values[t] = values[t >= season ? t - season : last] as number;
  return values;
}

function bridge(values: Float64Array, from: number, to: number): void {
  const start = values[from] as number;
  const slope = ((values[to] as number) - start) / (to - from);
  for (let t = from + 1; t < to; t++) values[t] = start + slope * (t - from);
}
