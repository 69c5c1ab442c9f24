/** A column of numbers that grows without a list of objects. */
export interface GrowingNumbers {
  /** Adds every so-manyth number of an array, from one on. */
  addEvery(from: Float64Array, first: number, stride: number): void;
  /** All so far, not copied. */
  all(): Float64Array;
}

export function growingNumbers(): GrowingNumbers {
  let data = new Float64Array(1024);
  let length = 0;
  return {
    addEvery(from, first, stride) {
      const needed = length + Math.ceil((from.length - first) / stride);
      if (needed > data.length) {
        const larger = new Float64Array(Math.max(needed, 2 * data.length));
        larger.set(data.subarray(0, length));
        data = larger;
      }
      for (let at = first; at < from.length; at += stride) data[length++] = from[at] as number;
    },
    all: () => data.subarray(0, length),
  };
}
