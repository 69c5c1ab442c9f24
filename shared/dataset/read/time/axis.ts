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
  const { frequency } = findFrequency(local, asked);
  if (isByDay(frequency)) {
    return { series: local, missing: [], tableTimes: isLocal ? (time) => [time] : zone.instants };
  }
  if (!isLocal) return asWritten(series);
  const step = periodLength(frequency);
  const converted = series.map((one) => inUtc(one, zone, step));
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
 * Of the two times that a local time is when the clock is set back, it is the one whole periods after the row before;
 * where both are or neither is, the first row of this local time is the earlier one, and the next the later.
 *
 * @param step a period, in milliseconds
 */
function inUtc(
  one: Series,
  zone: Zone,
  step: number,
): { series: Series; missing: OnAxis['missing'][number] } {
  const seen = new Map<number, number>();
  const offsetOf = dayOffsets(zone);
  const missing = { item: one.item, time: Number.NaN, count: 0 };
  let previous = Number.NaN;
  const instantOf = (local: number): number => {
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
    const following = instants.filter((instant) => instant > previous && (instant - previous) % step === 0);
    const fits = following.length === 1 ? following : instants;
    return fits[before % fits.length] ?? Number.NaN;
  };
  const times = one.times().map((local) => {
    previous = instantOf(local);
    return previous;
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
