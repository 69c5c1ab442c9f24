/** A forecast's median, and the interval around it. */
interface Interval {
  readonly low: number | undefined;
  readonly median: number | undefined;
  readonly high: number | undefined;
}

/**
 * How unusual an observation is: its distance from the median as a part of the way to the interval's end on its side.
 * 0 is the median, 1 an end; above 1 it lies outside. NaN for a missing observation, Infinity outside an interval
 * without width on that side.
 */
export function scoreOf(
  value = Number.NaN,
  { low = Number.NaN, median = Number.NaN, high = Number.NaN }: Interval,
): number {
  if (value === median) return 0;
  return (value - median) / ((value < median ? low : high) - median);
}
