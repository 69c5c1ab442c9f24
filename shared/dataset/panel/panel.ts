import type { Frequency } from '../../frequency/index.ts';

/** Covariates known until the end of each item. */
export interface PastCovariates {
  readonly names: readonly string[];
  /** `[rows, names]`, NaN where missing. */
  readonly values: Float64Array;
}

/** Covariates known into the future. */
export interface KnownCovariates extends PastCovariates {
  /** How many periods beyond each item's end `future` goes. */
  readonly horizon: number;
  /** `[items, horizon, names]`, the periods after each item's own end, NaN where missing. */
  readonly future: Float64Array;
}

/** What describes an item as a whole: one value for each, in the order of the items; null where missing. */
export type StaticCovariate = { readonly name: string } & (
  | { readonly kind: 'number'; readonly values: readonly (number | null)[] }
  | { readonly kind: 'category'; readonly values: readonly (string | null)[] }
);

/**
 * The regular, typed data set: one row for every period from each item's first to its last, all items one after
 * another in the order of their names. Missing values, and whole rows that the input did not have, are NaN.
 */
export interface Panel {
  /** Rising, by code units. */
  readonly items: readonly string[];
  readonly channels: readonly string[];
  readonly frequency: Frequency;
  /** `[items]`: the period index of each item's first row, a whole number. */
  readonly start: Float64Array;
  /** `[items + 1]`: item i has the rows `indptr[i]` up to but not including `indptr[i + 1]`. */
  readonly indptr: Int32Array;
  /** `[rows, channels]` */
  readonly target: Float64Array;
  readonly known: KnownCovariates;
  readonly past: PastCovariates;
  readonly statics: readonly StaticCovariate[];
}

/** Compares as the items of a panel are ordered. */
export const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const firstRow = ({ indptr }: Panel, item: number): number => indptr[item] ?? 0;

/** Rows of all items. */
export const panelRows = (panel: Panel): number => firstRow(panel, panel.items.length);

/** Periods of one item. */
export const itemLength = (panel: Panel, item: number): number =>
  firstRow(panel, item + 1) - firstRow(panel, item);

/** The period index of an item's first row. */
export const itemStart = (panel: Panel, item: number): number => panel.start[item] ?? 0;

/** The period index after an item's last row. */
export const itemEnd = (panel: Panel, item: number): number =>
  itemStart(panel, item) + itemLength(panel, item);

/** The position of a name among the items, by binary search; −1 where it is none of them. */
export function findItem({ items }: Panel, name: string): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((items[middle] as string) < name) low = middle + 1;
    else high = middle;
  }
  return items[low] === name ? low : -1;
}

const rowsOf = (panel: Panel, item: number, values: Float64Array, width: number): Float64Array =>
  values.subarray(firstRow(panel, item) * width, firstRow(panel, item + 1) * width);

/** A view of one item's target, `[length, channels]`. */
export const itemTarget = (panel: Panel, item: number): Float64Array =>
  rowsOf(panel, item, panel.target, panel.channels.length);

/** A view of one item's known covariates up to its end, `[length, names]`. */
export const itemKnown = (panel: Panel, item: number): Float64Array =>
  rowsOf(panel, item, panel.known.values, panel.known.names.length);

/** A view of one item's past covariates, `[length, names]`. */
export const itemPast = (panel: Panel, item: number): Float64Array =>
  rowsOf(panel, item, panel.past.values, panel.past.names.length);

/** A view of one item's known covariates after its end, `[horizon, names]`. */
export function itemFuture({ known: { names, horizon, future } }: Panel, item: number): Float64Array {
  const size = horizon * names.length;
  return future.subarray(item * size, (item + 1) * size);
}

/** One item's static covariates by name. */
export const itemStatics = (
  { statics }: Panel,
  item: number,
): Readonly<Record<string, number | string | null>> =>
  Object.fromEntries(statics.map(({ name, values }) => [name, values[item] ?? null]));

/** A panel of missing values, to be filled. */
export interface PanelShape extends Pick<Panel, 'items' | 'channels' | 'frequency' | 'start'> {
  /** `[items]` */
  readonly lengths: ArrayLike<number>;
  readonly known: readonly string[];
  readonly horizon: number;
  readonly past: readonly string[];
  /** None where nothing is said. */
  readonly statics?: readonly StaticCovariate[];
}

const missing = (size: number): Float64Array => new Float64Array(size).fill(Number.NaN);

/** @param room makes the arrays, where they are not to be missing values at first */
export function emptyPanel(shape: PanelShape, room = missing): Panel {
  const { items, channels, frequency, start, lengths, known, past, statics = [] } = shape;
  const horizon = known.length > 0 ? shape.horizon : 0;
  const indptr = new Int32Array(items.length + 1);
  for (let i = 0; i < items.length; i++) indptr[i + 1] = (indptr[i] ?? 0) + (lengths[i] ?? 0);
  const rows = indptr[items.length] ?? 0;
  return {
    items,
    channels,
    frequency,
    start,
    indptr,
    target: room(rows * channels.length),
    known: {
      names: known,
      values: room(rows * known.length),
      horizon,
      future: room(items.length * horizon * known.length),
    },
    past: { names: past, values: room(rows * past.length) },
    statics,
  };
}
