import { type Frequency, isCalendar, type Periods, periodLength, periodsOf } from '../../frequency/index.ts';
import type { Series } from './grouping.ts';

/** The periods of a frequency. */
export interface Grid extends Periods {
  /** Their length in milliseconds; null where it varies. */
  readonly step: number | null;
}

export const gridOf = (frequency: Frequency): Grid => ({
  ...periodsOf(frequency),
  step: isCalendar(frequency) ? null : periodLength(frequency),
});

/** Where an item lies on the grid. */
export interface Span {
  /** The period index of its first row. */
  readonly start: number;
  readonly length: number;
}

/** An item's first and last period. */
export function spanOf(series: Series, grid: Grid): Span {
  const times = series.times();
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < times.length; row++) {
    const time = times[row] as number;
    if (time < first) first = time;
    if (time > last) last = time;
  }
  const start = grid.index(first);
  return { start, length: grid.index(last) - start + 1 };
}

/** Whether all rows of an item are at beginnings of periods. */
export function isOn(series: Series, { step, index, timestamp }: Grid): boolean {
  const times = series.times();
  for (let row = 0; row < times.length; row++) {
    const time = times[row] as number;
    // Where the row before is on the grid, the one a step after it is, too.
    if (step !== null && row > 0 && time - (times[row - 1] as number) === step) continue;
    if (timestamp(index(time)) !== time) return false;
  }
  return true;
}
