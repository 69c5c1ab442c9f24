import { itemFuture, itemKnown, itemPast, itemTarget, type Panel } from './panel.ts';

/** Some rows of an item. Rows before its first are missing, so is what lies after its last. */
export interface Rows {
  readonly item: number;
  /** The first row, which may be negative. */
  readonly from: number;
  readonly count: number;
}

/** Writes the target of some rows, `[count, channels]`, to `into` from `at` on. */
export function copyTarget(panel: Panel, rows: Rows, into: Float64Array, at = 0): void {
  copyRows([itemTarget(panel, rows.item)], panel.channels.length, rows, into, at);
}

/** Writes the past covariates of some rows, `[count, names]`, to `into` from `at` on. */
export function copyPast(panel: Panel, rows: Rows, into: Float64Array, at = 0): void {
  copyRows([itemPast(panel, rows.item)], panel.past.names.length, rows, into, at);
}

/** Writes the known covariates of some rows, the future ones among them, `[count, names]`, to `into` from `at` on. */
export function copyKnown(panel: Panel, rows: Rows, into: Float64Array, at = 0): void {
  const parts = [itemKnown(panel, rows.item), itemFuture(panel, rows.item)];
  copyRows(parts, panel.known.names.length, rows, into, at);
}

/** @param parts what the item has, one part after the other, from its row 0 on */
function copyRows(
  parts: readonly Float64Array[],
  width: number,
  { from, count }: Rows,
  into: Float64Array,
  at: number,
): void {
  into.fill(Number.NaN, at, at + count * width);
  let first = 0; // of the part, in values
  for (const part of parts) {
    const begin = Math.max(first, from * width);
    const end = Math.min(first + part.length, (from + count) * width);
    if (begin < end) into.set(part.subarray(begin - first, end - first), at + begin - from * width);
    first += part.length;
  }
}
