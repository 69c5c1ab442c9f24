// A test's globals are looked up through its sandbox, which is slow in a loop.
const { abs } = Math;
const { isNaN: isNotANumber } = Number;

/** The largest difference between two lists of numbers; infinite where lengths differ or a number is none. */
export function largestDifference(actual: ArrayLike<number>, expected: ArrayLike<number>): number {
  if (actual.length !== expected.length) return Number.POSITIVE_INFINITY;
  let largest = 0;
  for (let i = 0; i < actual.length; i++) {
    const difference = abs((actual[i] as number) - (expected[i] as number));
    if (difference > largest) largest = difference;
    else if (isNotANumber(difference)) return Number.POSITIVE_INFINITY;
  }
  return largest;
}
