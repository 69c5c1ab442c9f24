import {
  add,
  cast,
  constant,
  div,
  expandLike,
  floor,
  gather,
  gatherElements,
  less,
  max,
  min,
  mul,
  reduceMax,
  reshape,
  sizeAlong,
  slice,
  squeeze,
  sub,
  transpose,
  type Value,
  where,
} from '../../graph/index.ts';
import { type FeatureRows, lengthOf } from './features/index.ts';
import type { SteppedRows } from './inputs.ts';
import { stepEnds } from './inputs.ts';
import type { ForecasterSettings } from './settings.ts';

/** The last `length` periods of `x [batch, time, channel]` as `[length, batch, channel]`; NaN before its start. */
export function lastPeriods(x: Value, length: number): Value {
  const timeFirst = transpose(x, [1, 0, 2]);
  const first = sub(sizeAlong(x, 1), constant([length], 'int64'));
  const places = add(
    constant(
      Array.from({ length }, (_, i) => i),
      'int64',
    ),
    first,
  ); // [length]
  const taken = gather(timeFirst, max(places, 0), 0);
  const before = reshape(less(places, 0), [length, 1, 1]);
  return where(before, Number.NaN, taken);
}

/** Channels side by side as series of their own: `[length, batch, channel]` → `[length, series]`. */
export const asSeries = (x: Value): Value => reshape(x, [x.shape[0] ?? 1, 'series']);

/** Repeats what an item's channels have in common: `x [length, batch]` → `[length, series]`. */
export const forChannels = (x: Value, channels: number): Value =>
  asSeries(
    add(
      reshape(x, [x.shape[0] ?? 1, 'batch', 1]),
      constant(Array(channels).fill(0), x.dtype, [1, 1, channels]),
    ),
  );

/** Each covariate beside the series of its item: `[rows, batch, covariate]` → `[rows, series]` for each. */
export const covariateColumns = ({ channels }: ForecasterSettings, rows: Value): readonly Value[] =>
  Array.from({ length: Number(rows.shape[2]) }, (_, k) =>
    forChannels(squeeze(slice(rows, 2, k, k + 1), 2), channels),
  );

/** Rows moved so that each series begins with its first possible step, as training has them. */
export interface AlignedRows extends SteppedRows {
  /** The step that ends with the last period, `[1, series]`, int64. */
  readonly last: Value;
}

/**
 * A short series makes fewer steps. They are the first ones here, with the learned initial state before them; what
 * comes after the last one changes nothing.
 *
 * @param raw `[context, series]`
 * @param rows `[context + horizon, series]` each
 * @param start `[1, series]`, int64: the period index of row 0
 */
export function alignRows(
  settings: ForecasterSettings,
  raw: Value,
  rows: FeatureRows,
  start: Value,
): AlignedRows {
  const { context, horizon, steps, stride, first, joint, channels } = settings;
  const own = lengthOf(raw);
  const length = joint ? longest(own, channels) : own;
  const made = min(max(add(floor(div(sub(length, first), stride)), 1), 1), steps); // [1, series]
  const shift = mul(sub(steps, made), stride);
  const all = constant(
    Array.from({ length: context + horizon }, (_, i) => i),
    'float64',
    [context + horizon, 1],
  );
  const places = cast(min(add(all, shift), context + horizon - 1), 'int64');
  const moved = Object.entries(rows).map(([name, row]) => [name, gatherElements(row, places, 0)] as const);
  return {
    rows: Object.fromEntries(moved),
    ends: stepEnds(settings, context - 1 - stride * (steps - 1)),
    origin: add(start, cast(shift, 'int64')),
    last: sub(cast(made, 'int64'), 1),
  };
}

/** The largest of an item's channels, for each of them. */
function longest(x: Value, channels: number): Value {
  const apart = reshape(x, [1, 'batch', channels]);
  return asSeries(expandLike(reduceMax(apart, [2], true), apart));
}
