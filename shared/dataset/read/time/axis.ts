import { type Frequency, measureOf, periodLength, type Zone, zoneOf } from '../../../frequency/index.ts';
import { findFrequency } from '../frequency.ts';
import type { Series } from '../grouping.ts';
import type { TimeForm } from './time-form.ts';

/** Rows by the clock that their periods are counted on. */
export interface OnAxis {
  readonly series: readonly Series[];
  /** Local times that there never were: the first of each item that has any, and how many these are. */
  readonly missing: readonly {
    readonly item: string | null;
    readonly time: number;
    readonly count: number;
  }[];
  /** The times that a time of the axis may have in the table. */
  tableTimes(time: number): readonly number[];
}

/** By the clock of the table, where no zone is told: UTC, or what is taken for it. */
const asWritten = (series: readonly Series[]): OnAxis => ({
  series,
  missing: [],
  tableTimes: (time) => [time],
});

/**
 * Rows by the clock of a zone. Days, and what is longer, begin by local time, whether it is winter or summer, and so
 * the axis is the local one. What is shorter is counted in UTC, where no hour is missing and none is twice.
 *
 * @param asked the frequency, where it is told
 */
export function onAxis(
  series: readonly Series[],
  { isLocal }: Pick<TimeForm, 'isLocal'>,
  timezone: string | undefined,
  asked: string | Frequency | undefined,
): OnAxis {
  if (timezone === undefined) return asWritten(series);
  const zone = zoneOf(timezone);
  const local = isLocal
    ? series
    : series.map((one) => ({ ...one, times: () => one.times().map(zone.local) }));
  if (isByDay(findFrequency(local, asked).frequency)) {
    return { series: local, missing: [], tableTimes: isLocal ? (time) => [time] : zone.instants };
  }
  if (!isLocal) return asWritten(series);
  const converted = series.map((one) => inUtc(one, zone));
  return {
    series: converted.map(({ series: one }) => one),
    missing: converted.flatMap(({ missing }) => (missing.count > 0 ? [missing] : [])),
    tableTimes: (time) => [zone.local(time)],
  };
}

const day = 86_400_000;

const isByDay = (frequency: Frequency): boolean =>
  measureOf(frequency) !== 'milliseconds' || periodLength(frequency) % day === 0;

/**
 * An hour that is there twice when the clock is set back has its first rows before its second ones: of two rows of
 * one local time the earlier in the table is the earlier one.
 */
function inUtc(one: Series, zone: Zone): { series: Series; missing: OnAxis['missing'][number] } {
  const seen = new Map<number, number>();
  const offsetOf = dayOffsets(zone);
  const missing = { item: one.item, time: Number.NaN, count: 0 };
  const times = one.times().map((local) => {
    const offset = offsetOf(local);
    if (offset !== null) return local - offset;
    const instants = zone.instants(local);
    if (instants.length === 0) {
      if (missing.count === 0) missing.time = local;
      missing.count++;
      return Number.NaN;
    }
    const before = seen.get(local) ?? 0;
    seen.set(local, before + 1);
    return instants[before % instants.length] ?? Number.NaN;
  });
  return { series: { ...one, times: () => times }, missing };
}

/** How far a zone's clock is ahead on the day of a local time; null on a day near a change. */
function dayOffsets(zone: Zone): (local: number) => number | null {
  const known = new Map<number, number | null>();
  return (local) => {
    const date = Math.floor(local / day);
    const found = known.get(date);
    if (found !== undefined) return found;
    const around = [date - 1, date, date + 1, date + 2].map((other) => zone.local(other * day) - other * day);
    const [first = 0] = around;
    const offset = around.every((one) => one === first) ? first : null;
    known.set(date, offset);
    return offset;
  };
}
