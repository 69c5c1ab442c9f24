/** Numbers of all stored windows at most: with more, there are too many items to look at one by one. */
const mostNumbers = 2_000_000;
/** Of one item at most, so that one answer can hold it. */
const mostOfItem = 100_000;

export interface Kept {
  /** So many of each item's newest windows are stored with their forecasts. */
  readonly windows: number;
  /** The numbers in all of them. */
  readonly numbers: number;
}

/**
 * How many windows are stored with their forecasts: as many as fit, and none where one of each item does not.
 *
 * @param counts windows of each item
 * @param size numbers of one window, all channels together
 */
export function windowsKept(counts: Iterable<number>, size: number): Kept {
  // [n]: items that have more than n windows
  const longer: number[] = [];
  for (const count of counts) {
    for (let n = 0; n < count; n++) longer[n] = (longer[n] ?? 0) + 1;
  }
  let kept: Kept = { windows: 0, numbers: 0 };
  for (const items of longer) {
    const next = { windows: kept.windows + 1, numbers: kept.numbers + items * size };
    if (next.numbers > mostNumbers || next.windows * size > mostOfItem) break;
    kept = next;
  }
  return kept;
}
