import { type Frequency, isCalendar, periodLength, periodsOf, timestampOf } from '../../frequency/index.ts';
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

/** What keeps rows from a place of their own on the grid, or values from the panel. */
export interface GridFaults {
  /** Rows at a time that is no period's beginning. */
  readonly offGrid: Readonly<Fault>;
  /** Times with several rows that differ. */
  readonly conflicts: Readonly<Fault>;
  /** Rows that repeat another one. */
  readonly merged: number;
  /** Whether there are infinite values. */
  readonly isInfinite: boolean;
}

/** Number columns of a series and the matrix they go to. */
export interface Destination {
  /** Positions in `Series.values`. */
  readonly columns: readonly number[];
  /** `[span.length, columns]`, NaN at first. */
  readonly into: Float64Array;
}

/** Puts every row at its period. In what order the rows come does not matter. */
export function place(
  series: Series,
  span: Span,
  frequency: Frequency,
  destinations: readonly Destination[],
): GridFaults {
  const offGrid = noFault();
  const conflicts = noFault();
  const steady = isSteady(series, span, frequency);
  const places = steady ? null : placesOf(series, span, frequency, offGrid);
  const merged = places && !isRising(places) ? dropRepeated(series, span, places, conflicts) : 0;
  let isInfinite = false;
  for (const { columns, into } of destinations) {
    for (const [c, column] of columns.entries()) {
      const values = series.values[column] ?? new Float64Array(0);
      if (scatter(values, places, into, columns.length, c)) isInfinite = true;
    }
  }
  return { offGrid, conflicts, merged, isInfinite };
}

const noFault = (): Fault => ({ count: 0, first: Number.POSITIVE_INFINITY });

function note(fault: Fault, time: number): void {
  fault.count++;
  fault.first = Math.min(fault.first, time);
}

/** Whether the rows are the periods of a fixed length one after another, as they mostly are. */
function isSteady({ times }: Series, { start, length }: Span, frequency: Frequency): boolean {
  if (isCalendar(frequency) || times.length !== length) return false;
  const first = timestampOf(frequency, start);
  const step = periodLength(frequency);
  for (let row = 0; row < length; row++) if (times[row] !== first + row * step) return false;
  return true;
}

const nowhere = -1;

/** `[rows]`: the row of the panel for each row of the input. */
function placesOf({ times }: Series, { start }: Span, frequency: Frequency, offGrid: Fault): Int32Array {
  const periods = periodsOf(frequency);
  const places = new Int32Array(times.length);
  for (let row = 0; row < times.length; row++) {
    const time = times[row] as number;
    const period = periods.index(time);
    const isOn = periods.timestamp(period) === time;
    places[row] = isOn ? period - start : nowhere;
    if (!isOn) note(offGrid, time);
  }
  return places;
}

function isRising(places: Int32Array): boolean {
  for (let row = 1; row < places.length; row++) {
    if ((places[row] as number) <= (places[row - 1] as number)) return false;
  }
  return true;
}

/** Leaves the first row of each place, and counts how many others repeat it. */
function dropRepeated(series: Series, { length }: Span, places: Int32Array, conflicts: Fault): number {
  const first = new Int32Array(length).fill(nowhere);
  const isDisputed = new Uint8Array(length);
  let merged = 0;
  for (let row = 0; row < places.length; row++) {
    const at = places[row] as number;
    if (at === nowhere) continue;
    const before = first[at] as number;
    if (before === nowhere) {
      first[at] = row;
      continue;
    }
    places[row] = nowhere;
    if (series.values.every((values) => isSame(values[row], values[before]))) merged++;
    else if (isDisputed[at] === 0) {
      isDisputed[at] = 1;
      note(conflicts, series.times[row] as number);
    }
  }
  return merged;
}

const isSame = (a = Number.NaN, b = Number.NaN): boolean => a === b || (Number.isNaN(a) && Number.isNaN(b));

/**
 * Writes one column to its places. Only numbers are written, and no −0, so that equal panels are equal bit for bit.
 *
 * @returns whether any value is infinite
 */
function scatter(
  values: Float64Array,
  places: Int32Array | null,
  into: Float64Array,
  width: number,
  column: number,
): boolean {
  let isInfinite = false;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    const at = places === null ? row : (places[row] as number);
    if (Number.isNaN(value) || at === nowhere) continue;
    if (value - value !== 0) isInfinite = true;
    into[at * width + column] = value + 0;
  }
  return isInfinite;
}
