/** Rows of a table in the order in which they come. */
export interface Segments {
  /** @param columns by column: `[rows]` @param items `[rows]`: the number of each row's item */
  append(items: Int32Array, columns: readonly Float64Array[]): void;
  /** By item, of which there are so many, and by column: its rows in their order. */
  byItem(items: number): readonly (readonly Float64Array[])[];
}

/** Memory for some consecutive rows. */
interface Segment {
  readonly items: Int32Array;
  readonly columns: readonly Float64Array[];
  rows: number;
}

/** Small tables take little, large ones few allocations. */
const [smallest, largest] = [1 << 14, 1 << 20];

/**
 * Keeps rows in a few large pieces. Most tables have an item's rows one after another: then `byItem` gives views of
 * the pieces, and no number is copied a second time.
 */
export function segmentsOf(width: number): Segments {
  const segments: Segment[] = [];
  const room = (rows: number): Segment => {
    const last = segments.at(-1);
    if (last && last.rows + rows <= last.items.length) return last;
    const size = Math.max(rows, Math.min(largest, last ? 2 * last.items.length : smallest));
    const columns = Array.from({ length: width }, () => new Float64Array(size));
    const segment = { items: new Int32Array(size), columns, rows: 0 };
    segments.push(segment);
    return segment;
  };
  return {
    append(items, columns) {
      const segment = room(items.length);
      segment.items.set(items, segment.rows);
      for (const [c, column] of columns.entries()) segment.columns[c]?.set(column, segment.rows);
      segment.rows += items.length;
    },
    byItem: (items) => {
      const extents = extentsOf(segments, items);
      const scattered = gather(segments, extents, width);
      return extents.map(({ segment, first, count }, item) => {
        const columns =
          scattered[item] ?? segment?.columns.map((column) => column.subarray(first, first + count));
        return columns ?? [];
      });
    },
  };
}

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
    for (let row = 0; row < segment.rows; row++) {
      const extent = extents[segment.items[row] as number] as Extent;
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

/** By item and column: a copy of the rows that do not lie one after another; nothing for other items. */
function gather(
  segments: readonly Segment[],
  extents: readonly Extent[],
  width: number,
): readonly (readonly Float64Array[] | undefined)[] {
  const copies = extents.map((extent) =>
    isTogether(extent) ? undefined : Array.from({ length: width }, () => new Float64Array(extent.count)),
  );
  if (copies.every((copy) => copy === undefined)) return copies;
  const next = new Int32Array(extents.length);
  for (const { items, columns, rows } of segments) {
    for (let row = 0; row < rows; row++) {
      const item = items[row] as number;
      const copy = copies[item];
      if (!copy) continue;
      const at = next[item] as number;
      next[item] = at + 1;
      for (let c = 0; c < width; c++)
        (copy[c] as Float64Array)[at] = (columns[c] as Float64Array)[row] as number;
    }
  }
  return copies;
}
