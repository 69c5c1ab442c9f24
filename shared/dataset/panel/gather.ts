import { itemTarget, type Panel } from './panel.ts';

/** Some rows of an item. Rows before its first are missing, so is what lies after its last. */
export interface Rows {
  readonly item: number;
  /** The first row, which may be negative. */
  readonly from: number;
  readonly count: number;
}

/** Writes the target of some rows, `[count, channels]`, to `into`. */
export function copyTarget(panel: Panel, { item, from, count }: Rows, into: Float64Array): void {
  const width = panel.channels.length;
  const target = itemTarget(panel, item);
  into.fill(Number.NaN, 0, count * width);
  const begin = Math.max(0, from * width);
  const end = Math.min(target.length, (from + count) * width);
  if (begin < end) into.set(target.subarray(begin, end), begin - from * width);
}
