import { median } from '../median.ts';
import { emptyPanel, itemEnd, itemFuture, itemLength, itemStart, type Panel } from './panel.ts';

/** What stands in the place of a missing value: a number, or what is made of the item's own values. */
export type Fill = number | 'zero' | 'mean' | 'median' | 'min' | 'max' | 'last' | 'nan';

/** By where the missing values are; they stay missing where nothing is said. */
export interface Fills {
  /** From the table's first period to the item's first value. */
  readonly front?: Fill | undefined;
  /** Between an item's first and last value. */
  readonly middle?: Fill | undefined;
  /** From the item's last value to the table's last period. */
  readonly back?: Fill | undefined;
  /** After the table's end: known covariates alone. */
  readonly future?: Fill | undefined;
}

/** By the names of columns. */
export type ColumnFills = Readonly<Record<string, Fills>>;

export interface Filled {
  readonly panel: Panel;
  /** Values that were filled in. */
  readonly values: number;
}

/** A panel with missing values filled in as told, and its items as long as that takes. */
export function fillPanel(panel: Panel, fills: ColumnFills): Filled {
  const stretched = stretch(panel, Object.values(fills));
  let values = 0;
  for (const { names, data } of columnsOf(stretched)) {
    names.forEach((name, c) => {
      const told = fills[name];
      if (told) values += fillColumn(stretched, { data, width: names.length, c }, told);
    });
  }
  stretched.known.names.forEach((name, c) => {
    values += fillFuture(stretched, c, fills[name]?.future ?? 'nan');
  });
  return { panel: stretched, values };
}

const columnsOf = ({ channels, target, known, past }: Panel) => [
  { names: channels, data: target },
  { names: known.names, data: known.values },
  { names: past.names, data: past.values },
];

const isFilled = (fill: Fill | undefined): boolean => fill !== undefined && fill !== 'nan';

/** Items from the table's first period where anything is filled in front, to its last where at the back. */
function stretch(panel: Panel, fills: readonly Fills[]): Panel {
  const isFront = fills.some(({ front }) => isFilled(front));
  const isBack = fills.some(({ back }) => isFilled(back));
  const items = panel.items.map((_, i) => i);
  const first = items.reduce((least, i) => Math.min(least, itemStart(panel, i)), Number.POSITIVE_INFINITY);
  const last = items.reduce((most, i) => Math.max(most, itemEnd(panel, i)), Number.NEGATIVE_INFINITY);
  const start = Float64Array.from(items, (i) => (isFront ? first : itemStart(panel, i)));
  const lengths = items.map((i) => (isBack ? last : itemEnd(panel, i)) - (start[i] ?? 0));
  const { known, past, ...rest } = panel;
  const wide = emptyPanel({
    ...rest,
    start,
    lengths,
    known: known.names,
    horizon: known.horizon,
    past: past.names,
  });
  const [from, to] = [columnsOf(panel), columnsOf(wide)];
  for (const i of items) {
    const lead = itemStart(panel, i) - (start[i] ?? 0);
    const length = itemLength(panel, i);
    from.forEach(({ names, data }, k) => {
      const width = names.length;
      const own = data.subarray((panel.indptr[i] ?? 0) * width, ((panel.indptr[i] ?? 0) + length) * width);
      to[k]?.data.set(own, ((wide.indptr[i] ?? 0) + lead) * width);
    });
    // What was known after an item's end is known of later periods only as far as these are.
    const moved = (itemEnd(wide, i) - itemEnd(panel, i)) * known.names.length;
    const ahead = itemFuture(panel, i);
    const inside = Math.min(moved, ahead.length);
    wide.known.values.set(ahead.subarray(0, inside), (wide.indptr[i + 1] ?? 0) * known.names.length - moved);
    itemFuture(wide, i).set(ahead.subarray(inside));
  }
  return wide;
}

interface Column {
  /** `[rows, width]` */
  readonly data: Float64Array;
  readonly width: number;
  readonly c: number;
}

function fillColumn(panel: Panel, { data, width, c }: Column, { front, middle, back }: Fills): number {
  let filled = 0;
  for (let i = 0; i < panel.items.length; i++) {
    const from = panel.indptr[i] ?? 0;
    const length = itemLength(panel, i);
    const at = (row: number) => (from + row) * width + c;
    const present = Array.from({ length }, (_, row) => data[at(row)] as number).filter(
      (v) => !Number.isNaN(v),
    );
    const isMissing = (row: number) => Number.isNaN(data[at(row)] as number);
    let [first, last] = [0, length - 1];
    while (first < length && isMissing(first)) first++;
    while (last >= 0 && isMissing(last)) last--;
    for (let row = 0; row < length; row++) {
      if (!isMissing(row)) continue;
      const fill = row < first ? front : row > last ? back : middle;
      const value = fillValue(fill ?? 'nan', present, row === 0 ? Number.NaN : (data[at(row - 1)] as number));
      if (Number.isNaN(value)) continue;
      data[at(row)] = value;
      filled++;
    }
  }
  return filled;
}

function fillFuture(panel: Panel, c: number, fill: Fill): number {
  if (!isFilled(fill)) return 0;
  const { names, horizon, values } = panel.known;
  let filled = 0;
  for (let i = 0; i < panel.items.length; i++) {
    const ahead = itemFuture(panel, i);
    const rows = itemLength(panel, i);
    const at = (row: number) => ((panel.indptr[i] ?? 0) + row) * names.length + c;
    const present = Array.from({ length: rows }, (_, row) => values[at(row)] as number).filter(
      (value) => !Number.isNaN(value),
    );
    let before = rows === 0 ? Number.NaN : (values[at(rows - 1)] as number);
    for (let step = 0; step < horizon; step++) {
      const own = step * names.length + c;
      if (Number.isNaN(ahead[own] as number)) {
        const value = fillValue(fill, present, before);
        if (!Number.isNaN(value)) filled++;
        ahead[own] = value;
      }
      before = ahead[own] as number;
    }
  }
  return filled;
}

/** @param present the item's own values @param before the value of the period before */
function fillValue(fill: Fill, present: readonly number[], before: number): number {
  if (typeof fill === 'number') return fill;
  if (fill === 'zero') return 0;
  if (fill === 'nan' || present.length === 0) return Number.NaN;
  if (fill === 'last') return before;
  if (fill === 'mean') return present.reduce((sum, value) => sum + value, 0) / present.length;
  if (fill === 'median') return median(present);
  return present.reduce((a, b) => (fill === 'min' ? Math.min(a, b) : Math.max(a, b)));
}
