/// <reference lib="es2024.arraybuffer" />

/** Columns of numbers that are let go of a few rows at a time. */
export interface Columns {
  /** By column: `[rows]` */
  readonly all: readonly Float64Array[];
  /** Says how many rows there are, all of which are needed. */
  close(rows: number): void;
  /** So many rows are not needed any more. Once none is, the memory is given back and the columns are empty. */
  release(count: number): void;
}

/**
 * Room for rows.
 *
 * The memory is one that can be resized, since only such a one is given back at once: for all other kinds that is a
 * matter of the next garbage collection, which comes when it likes.
 */
export function columnsOf(width: number, size: number): Columns {
  const bytes = 8 * width * size;
  const memory = new ArrayBuffer(bytes, { maxByteLength: bytes });
  let left = Number.POSITIVE_INFINITY;
  return {
    all: Array.from({ length: width }, (_, c) => new Float64Array(memory, 8 * c * size, size)),
    close(rows) {
      left = rows;
    },
    release(count) {
      left -= count;
      if (left === 0) memory.resize(0);
    },
  };
}
