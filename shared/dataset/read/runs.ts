/** Numbers of consecutive rows. */
export interface Numbers<T> {
  /** Those of some of the rows: a view, or made for the caller. */
  read(first: number, count: number): T;
}

/** A run takes three numbers: with fewer rows for each it would save too little. */
const rowsPerRun = 8;

/** Numbers as they are. */
const plain = <T extends Float64Array | Int32Array>(numbers: T): Numbers<T> => ({
  read: (first, count) => numbers.subarray(first, first + count) as T,
});

/**
 * Keeps numbers as runs where these are few: within a run each is a step more than the one before. So it is with the
 * times of most tables and with the numbers of their items, which then take no memory to speak of.
 *
 * @param make an array of so many numbers, to be written
 */
export function numbersOf<T extends Float64Array | Int32Array>(
  numbers: T,
  make: (count: number) => T,
): Numbers<T> {
  const starts: number[] = [];
  const most = Math.ceil(numbers.length / rowsPerRun);
  for (let row = 0; row < numbers.length; ) {
    if (starts.length === most) return plain(numbers);
    starts.push(row);
    row = endOfRun(numbers, row);
  }
  const firsts = Float64Array.from(starts, (row) => numbers[row] as number);
  const steps = Float64Array.from(
    starts,
    (row) => (numbers[row + 1] ?? Number.NaN) - (numbers[row] as number),
  );
  return runsOf({ begins: Int32Array.from(starts), firsts, steps }, make);
}

interface Runs {
  /** The first row of each. */
  readonly begins: Int32Array;
  readonly firsts: Float64Array;
  readonly steps: Float64Array;
}

/** A function of its own, since one within the other would keep the numbers that the runs are made of. */
function runsOf<T extends Float64Array | Int32Array>(
  { begins, firsts, steps }: Runs,
  make: (count: number) => T,
): Numbers<T> {
  return {
    read(first, count) {
      const read = make(count);
      let run = runAt(begins, first);
      for (let done = 0; done < count; run++) {
        const begin = begins[run] as number;
        const end = Math.min(first + count, begins[run + 1] ?? first + count);
        const [start, step] = [firsts[run] as number, steps[run] as number];
        for (let row = first + done; row < end; row++, done++) {
          read[done] = row === begin ? start : start + (row - begin) * step;
        }
      }
      return read;
    },
  };
}

/** Where the numbers leave off rising by the run's first step. */
function endOfRun(numbers: Float64Array | Int32Array, begin: number): number {
  const first = numbers[begin] as number;
  const step = (numbers[begin + 1] as number) - first;
  let row = begin + 1;
  while (row < numbers.length && numbers[row] === first + (row - begin) * step) row++;
  return row;
}

/** The last run that begins at a row or before it. */
function runAt(begins: Int32Array, row: number): number {
  let [low, high] = [0, begins.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((begins[middle] as number) <= row) low = middle;
    else high = middle - 1;
  }
  return low;
}
