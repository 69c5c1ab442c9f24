import { type Frequency, periodsOf } from '../../frequency/index.ts';
import type { Series } from './series.ts';

/** Where an item lies on the grid. */
export interface Span {
  /** The period index of its first row. */
  readonly start: number;
  readonly length: number;
}

/** An item's first and last period. */
export function spanOf({ times }: Series, frequency: Frequency): Span {
  const periods = periodsOf(frequency);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const time of times) {
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const start = periods.index(first);
  return { start, length: periods.index(last) - start + 1 };
}

/** Some times of an item with the same fault. */
interface Fault {
  count: number;
  /** The earliest, in milliseconds; infinite where there is none. */
  first: number;
}

/** What keeps rows from a place of their own on the grid. */
export interface GridFaults {
  /** Rows at a time that is no period's beginning. */
  readonly offGrid: Readonly<Fault>;
  /** Times with several rows that differ. */
  readonly conflicts: Readonly<Fault>;
  /** Rows that repeat another one. */
  readonly merged: number;
}

/** Number columns of a series and the matrix they go to. */
export interface Destination {
  /** Positions in `Series.values`. */
  readonly columns: readonly number[];
  /** `[span.length, columns]`, NaN at first. */
  readonly into: Float64Array;
}

const free = 0;
const filled = 1;
const disputed = 2;

/** Puts every row at its period. In what order the rows come does not matter. */
export function place(
  series: Series,
  { start, length }: Span,
  frequency: Frequency,
  destinations: readonly Destination[],
): GridFaults {
  const periods = periodsOf(frequency);
  const state = new Uint8Array(length);
  const offGrid = { count: 0, first: Number.POSITIVE_INFINITY };
  const conflicts = { count: 0, first: Number.POSITIVE_INFINITY };
  let merged = 0;
  for (let row = 0; row < series.times.length; row++) {
    const time = series.times[row] as number;
    const period = periods.index(time);
    const at = period - start;
    if (periods.timestamp(period) !== time) note(offGrid, time);
    else if (state[at] === free) {
      state[at] = filled;
      for (const destination of destinations) write(series, row, at, destination);
    } else if (destinations.every((destination) => isSame(series, row, at, destination))) merged++;
    else if (state[at] === filled) {
      state[at] = disputed;
      note(conflicts, time);
    }
  }
  return { offGrid, conflicts, merged };
}

function note(fault: Fault, time: number): void {
  fault.count++;
  fault.first = Math.min(fault.first, time);
}

function write({ values }: Series, row: number, at: number, { columns, into }: Destination): void {
  const width = columns.length;
  for (let c = 0; c < width; c++) {
    const value = values[columns[c] as number]?.[row] as number;
    // Only numbers are written, and no −0, so that equal panels are equal bit for bit.
    if (!Number.isNaN(value)) into[at * width + c] = value + 0;
  }
}

const isSame = ({ values }: Series, row: number, at: number, { columns, into }: Destination): boolean =>
  columns.every((column, c) => {
    const a = values[column]?.[row] as number;
    const b = into[at * columns.length + c] as number;
    return a === b || (Number.isNaN(a) && Number.isNaN(b));
  });
