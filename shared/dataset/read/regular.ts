import type { Grid, Span } from './grid.ts';
import type { Series } from './grouping.ts';

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

/** Number columns of the series and the matrix of all items that they go to. */
export interface Destination {
  /** Positions in `Series.values`. */
  readonly columns: readonly number[];
  /** `[rows, columns]`; of an item that is placed, all of its rows are written. */
  readonly into: Float64Array;
}

/**
 * Puts every row of an item at its period. In what order the rows come does not matter.
 *
 * @param firstRow the item's first row in the destinations
 */
export function place(
  series: Series,
  span: Span,
  grid: Grid,
  destinations: readonly Destination[],
  firstRow: number,
): GridFaults {
  const times = series.times();
  if (isSteady(times, span, grid)) {
    return { ...faultless, isInfinite: scatter(series, null, destinations, firstRow) };
  }
  for (const { columns, into } of destinations) {
    into.fill(Number.NaN, firstRow * columns.length, (firstRow + span.length) * columns.length);
  }
  const offGrid = noFault();
  const conflicts = noFault();
  const places = placesOf(times, span, grid, offGrid);
  const merged = isRising(places)
    ? 0
    : dropRepeated({ times, values: series.values }, span, places, conflicts);
  return { offGrid, conflicts, merged, isInfinite: scatter(series, places, destinations, firstRow) };
}

const noFault = (): Fault => ({ count: 0, first: Number.POSITIVE_INFINITY });
const faultless = { offGrid: noFault(), conflicts: noFault(), merged: 0 };

function note(fault: Fault, time: number): void {
  fault.count++;
  fault.first = Math.min(fault.first, time);
}

/** Whether the rows are the periods of a fixed length one after another, as they mostly are. */
function isSteady(times: Float64Array, { start, length }: Span, { step, timestamp }: Grid): boolean {
  if (step === null || times.length !== length) return false;
  const first = timestamp(start);
  for (let row = 0; row < length; row++) if (times[row] !== first + row * step) return false;
  return true;
}

const nowhere = -1;

/** `[rows]`: the row of the panel, counted from the item's first, for each row of the input. */
function placesOf(times: Float64Array, { start }: Span, grid: Grid, offGrid: Fault): Int32Array {
  const places = new Int32Array(times.length);
  for (let row = 0; row < times.length; row++) {
    const time = times[row] as number;
    const period = grid.index(time);
    const isOn = grid.timestamp(period) === time;
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

interface PlacedSeries extends Pick<Series, 'values'> {
  readonly times: Float64Array;
}

/** Leaves the first row of each place, and counts how many others repeat it. */
function dropRepeated(series: PlacedSeries, { length }: Span, places: Int32Array, conflicts: Fault): number {
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
 * Writes the numbers to their places, and no −0, so that equal panels are equal bit for bit.
 *
 * @param places null where each row goes to the place of its own number
 * @returns whether any value is infinite
 */
function scatter(
  { values }: Series,
  places: Int32Array | null,
  destinations: readonly Destination[],
  firstRow: number,
): boolean {
  let isInfinite = false;
  for (const { columns, into } of destinations) {
    for (let c = 0; c < columns.length; c++) {
      const column = values[columns[c] as number] as Float64Array;
      if (scatterColumn(column, places, into, columns.length, firstRow * columns.length + c))
        isInfinite = true;
    }
  }
  return isInfinite;
}

function scatterColumn(
  values: Float64Array,
  places: Int32Array | null,
  into: Float64Array,
  width: number,
  first: number,
): boolean {
  let isInfinite = false;
  for (let row = 0; row < values.length; row++) {
    const value = values[row] as number;
    const at = places === null ? row : (places[row] as number);
    if (at === nowhere) continue;
    const isMissing = Number.isNaN(value);
    if (!isMissing && value - value !== 0) isInfinite = true;
    into[first + at * width] = isMissing ? Number.NaN : value + 0;
  }
  return isInfinite;
}
