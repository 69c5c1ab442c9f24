/** The middle of the sorted values, or the mean of the two in the middle. */
export const median = (values: ArrayLike<number>): number => medianInPlace(new Float64Array(values));

/** The same of values that are put into another order by it: no copy is made of them. None may be NaN. */
export function medianInPlace(values: Float64Array): number {
  if (values.length === 0) return Number.NaN;
  const half = values.length >> 1;
  const upper = select(values, half);
  if (values.length % 2 === 1) return upper;
  let lower = values[0] as number;
  for (let i = 1; i < half; i++) lower = Math.max(lower, values[i] as number);
  return (lower + upper) / 2;
}

/** A few more than any values need that were not made for it: those would take forever. */
const mostRounds = 100;

/** Moves the value that sorting would put at a place there, and lesser ones before it: sorting all takes longer. */
function select(values: Float64Array, place: number): number {
  let [first, last] = [0, values.length - 1];
  for (let rounds = 0; first < last; rounds++) {
    if (rounds === mostRounds) {
      values.subarray(first, last + 1).sort();
      break;
    }
    const pivot = values[(first + last) >> 1] as number;
    let [low, high] = [first, last];
    while (low <= high) {
      while ((values[low] as number) < pivot) low++;
      while ((values[high] as number) > pivot) high--;
      if (low > high) break;
      const value = values[low] as number;
      values[low++] = values[high] as number;
      values[high--] = value;
    }
    if (place <= high) last = high;
    else if (place >= low) first = low;
    else break;
  }
  return values[place] as number;
}
