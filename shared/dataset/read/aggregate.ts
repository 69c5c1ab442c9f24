import { type Frequency, periodsOf } from '../../frequency/index.ts';
import { median } from '../median.ts';
import type { Series } from './grouping.ts';

/** What becomes of several values of one period; missing ones do not count, and of none comes a missing one. */
type Aggregation = 'sum' | 'mean' | 'median' | 'first' | 'last' | 'min' | 'max';

/** One for all number columns, or one for each by name. */
export type Aggregations = Aggregation | Readonly<Record<string, Aggregation>>;

export interface Aggregated {
  readonly series: readonly Series[];
  /** Rows that are one with another now. */
  readonly rows: number;
}

/**
 * Rows brought together by period: each item has one row for each period that it has rows in, at its beginning.
 *
 * @param columns the names of the number columns, in the order of `Series.values`
 */
export function aggregate(
  series: readonly Series[],
  frequency: Frequency,
  columns: readonly string[],
  told: Aggregations,
): Aggregated {
  const { index, timestamp } = periodsOf(frequency);
  const methods = columns.map((name) => (typeof told === 'string' ? told : told[name]) ?? 'mean');
  let rows = 0;
  const together = series.map((one): Series => {
    const read = one.times();
    const order = rowOrder(read);
    const periods = Float64Array.from(order, (row) => index(read[row] as number));
    const starts = startsOf(periods);
    rows += order.length - starts.length;
    return {
      ...one,
      rows: starts.length,
      times: () => Float64Array.from(starts, (at) => timestamp(periods[at] as number)),
      values: one.values.map((values, c) => {
        const method = methods[c] ?? 'mean';
        return Float64Array.from(starts, (from, i) => {
          const group = order.subarray(from, starts[i + 1] ?? order.length);
          return combined(method, presentOf(values, group));
        });
      }),
    };
  });
  return { series: together, rows };
}

/** Rows by time, those of one time as they come. */
function rowOrder(times: Float64Array): Int32Array {
  const order = Int32Array.from(times, (_, row) => row);
  const isRising = times.every((time, i) => i === 0 || (times[i - 1] as number) <= time);
  return isRising ? order : order.sort((a, b) => (times[a] as number) - (times[b] as number) || a - b);
}

/** Where another period begins. */
function startsOf(periods: Float64Array): Int32Array {
  const starts: number[] = [];
  periods.forEach((period, i) => {
    if (i === 0 || period !== periods[i - 1]) starts.push(i);
  });
  return Int32Array.from(starts);
}

const presentOf = (values: Float64Array, rows: Int32Array): number[] =>
  Array.from(rows, (row) => values[row] as number).filter((value) => !Number.isNaN(value));

function combined(method: Aggregation, values: readonly number[]): number {
  if (values.length === 0) return Number.NaN;
  const sum = () => values.reduce((total, value) => total + value, 0);
  switch (method) {
    case 'sum':
      return sum();
    case 'mean':
      return sum() / values.length;
    case 'median':
      return median(values);
    case 'first':
      return values[0] ?? Number.NaN;
    case 'last':
      return values.at(-1) ?? Number.NaN;
    case 'min':
      return values.reduce((least, value) => Math.min(least, value));
    case 'max':
      return values.reduce((most, value) => Math.max(most, value));
  }
}
