import { type Columns, columnsOf } from './columns.ts';
import { type Numbers, numbersOf } from './runs.ts';

/** Rows of a table in the order in which they come. */
export interface Segments {
  /** @param values by column: `[rows]` @param items `[rows]`: the number of each row's item */
  append(items: Int32Array, times: Float64Array, values: readonly Float64Array[]): void;
  /** By item, of which there are so many: its rows in their order. */
  byItem(items: number): readonly ItemRows[];
}

/** One item's rows. */
export interface ItemRows {
  readonly rows: number;
  times(): Float64Array;
  /** By column: `[rows]` */
  readonly values: readonly Float64Array[];
  /** Lets go of the values: once no item needs any of a piece, its memory is free. */
  release(): void;
}

/** Memory for some consecutive rows. */
interface Open {
  readonly items: Int32Array;
  readonly times: Float64Array;
  readonly values: Columns;
  rows: number;
}

/** Consecutive rows. */
interface Segment {
  readonly items: Numbers<Int32Array>;
  readonly times: Numbers<Float64Array>;
  readonly values: Columns;
  readonly rows: number;
}

/** Rows of a piece: small tables take little, large ones few allocations. */
const [smallest, largest] = [1 << 14, 1 << 20];
/** Numbers of a piece: of many columns there are fewer rows. */
const mostNumbers = 1 << 24;

/**
 * Keeps rows in a few large pieces. Most tables have an item's rows one after another: then `byItem` gives views of
 * the pieces' values, no number is copied a second time, and times are kept as runs.
 *
 * @param width how many columns of values there are
 */
export function segmentsOf(width: number): Segments {
  const segments: Segment[] = [];
  let open = openSegment(smallest, width);
  const makeRoom = (rows: number) => {
    const size = open.items.length;
    if (open.rows + rows <= size) return;
    if (open.rows > 0) segments.push(closed(open));
    const most = Math.max(smallest, Math.min(largest, Math.floor(mostNumbers / Math.max(1, width))));
    open = openSegment(Math.max(rows, Math.min(most, 2 * size)), width);
  };
  return {
    append(items, times, values) {
      makeRoom(items.length);
      open.items.set(items, open.rows);
      open.times.set(times, open.rows);
      for (const [c, column] of values.entries()) open.values.all[c]?.set(column, open.rows);
      open.rows += items.length;
    },
    byItem: (items) => {
      const all = [...segments, closed(open)];
      const extents = extentsOf(all, items);
      const scattered = gather(all, extents, width);
      return extents.map(
        ({ segment, first, count }, item) => scattered[item] ?? viewOf(segment, first, count),
      );
    },
  };
}

const openSegment = (size: number, width: number): Open => ({
  items: new Int32Array(size),
  times: new Float64Array(size),
  values: columnsOf(width, size),
  rows: 0,
});

const integers = (count: number) => new Int32Array(count);
const doubles = (count: number) => new Float64Array(count);

function closed({ items, times, values, rows }: Open): Segment {
  values.close(rows);
  return {
    items: numbersOf(items.subarray(0, rows), integers),
    times: numbersOf(times.subarray(0, rows), doubles),
    values,
    rows,
  };
}

function viewOf(segment: Segment | null, first: number, count: number): ItemRows {
  const columns = segment?.values;
  const values = columns?.all.map((column) => column.subarray(first, first + count)) ?? [];
  const release = () => columns?.release(count);
  return { ...itemRows(segment?.times ?? null, first, count, values), release };
}

/** A function of its own, so that the times keep no values that nobody asks for any more. */
const itemRows = (
  times: Numbers<Float64Array> | null,
  first: number,
  rows: number,
  values: Float64Array[],
): ItemRows => ({
  rows,
  times: () => times?.read(first, rows) ?? doubles(0),
  values,
  release: () => {
    values.length = 0;
  },
});

/** Where an item's rows lie. */
interface Extent {
  count: number;
  /** Where all rows are in; null where they are in several. */
  segment: Segment | null;
  first: number;
  last: number;
}

function extentsOf(segments: readonly Segment[], items: number): Extent[] {
  const extents = Array.from(
    { length: items },
    (): Extent => ({ count: 0, segment: null, first: 0, last: 0 }),
  );
  for (const segment of segments) {
    const numbers = segment.items.read(0, segment.rows);
    for (let row = 0; row < segment.rows; row++) {
      const extent = extents[numbers[row] as number] as Extent;
      if (extent.count === 0) {
        extent.segment = segment;
        extent.first = row;
      } else if (extent.segment !== segment) extent.segment = null;
      extent.count++;
      extent.last = row;
    }
  }
  return extents;
}

const isTogether = ({ segment, first, last, count }: Extent): boolean =>
  segment !== null && last - first + 1 === count;

/** By item: a copy of the rows that do not lie one after another; nothing for other items. */
function gather(
  segments: readonly Segment[],
  extents: readonly Extent[],
  width: number,
): readonly (ItemRows | undefined)[] {
  const copies = extents.map((extent) =>
    isTogether(extent) ? undefined : Array.from({ length: 1 + width }, () => doubles(extent.count)),
  );
  if (copies.every((copy) => copy === undefined)) return [];
  const next = new Int32Array(extents.length);
  for (const { items, times, values, rows } of segments) {
    const numbers = items.read(0, rows);
    const columns = [times.read(0, rows), ...values.all];
    let copied = 0;
    for (let row = 0; row < rows; row++) {
      const item = numbers[row] as number;
      const copy = copies[item];
      if (!copy) continue;
      const at = next[item] as number;
      next[item] = at + 1;
      copied++;
      for (let c = 0; c < columns.length; c++)
        (copy[c] as Float64Array)[at] = (columns[c] as Float64Array)[row] as number;
    }
    values.release(copied);
  }
  return copies.map((copy) => {
    const [times, ...values] = copy ?? [];
    if (!times) return undefined;
    return itemRows(numbersOf(times, doubles), 0, times.length, values);
  });
}
