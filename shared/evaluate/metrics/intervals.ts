/** A central interval: from one quantile level to the level that mirrors it. */
export interface Interval {
  /** The share it should hold, e.g. 0.8 between the levels 0.1 and 0.9. */
  readonly interval: number;
  /** Positions of its bounds among the levels. */
  readonly low: number;
  readonly high: number;
}

/** The central intervals that the levels hold, the widest first. */
export function intervalsOf(levels: readonly number[]): readonly Interval[] {
  return levels.flatMap((level, low) => {
    const high = levels.findIndex((other) => Math.abs(level + other - 1) < 1e-9);
    return high > low ? [{ interval: Number((1 - 2 * level).toFixed(9)), low, high }] : [];
  });
}
