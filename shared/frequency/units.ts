const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
/** Milliseconds. */
export const day = 24 * hour;
const week = 7 * day;

/** What is known of a unit. Its length is fixed, in milliseconds, or counted by the calendar: months, or working days. */
interface UnitTraits {
  /** How a frequency of it is spelled: `1mo`. */
  readonly symbol: string;
  readonly length: { readonly ms: number } | { readonly months: number } | { readonly weekdays: number };
  /** Where period 0 begins where the data do not say, in the length's own measure from 1970 on. */
  readonly origin: number;
  /** Units per natural cycle, the most telling one first. */
  readonly cycles: readonly number[];
  /** Whether MASE is scaled by the first cycle's season; by neighbours otherwise, as the M competitions do. */
  readonly seasonalMetric: boolean;
  /** Units ahead that are forecast where nothing is said. */
  readonly horizon: number;
}

export const units = {
  second: of('s', { ms: second }, [3600, 86_400], true, 60),
  minute: of('min', { ms: minute }, [1440, 10_080], true, 1440),
  hour: of('h', { ms: hour }, [24, 168], true, 24),
  day: of('d', { ms: day }, [7], false, 14),
  // Mondays to Fridays.
  businessDay: of('b', { weekdays: 1 }, [5], false, 10),
  // The first day of 1970 was a Thursday: four days later weeks begin on Mondays.
  week: of('w', { ms: week }, [52], false, 13, 4 * day),
  month: of('mo', { months: 1 }, [12], true, 12),
  quarter: of('q', { months: 3 }, [4], true, 8),
  year: of('y', { months: 12 }, [], false, 6),
};

function of(
  symbol: string,
  length: UnitTraits['length'],
  cycles: readonly number[],
  seasonalMetric: boolean,
  horizon: number,
  origin = 0,
): UnitTraits {
  return { symbol, length, origin, cycles, seasonalMetric, horizon };
}

export type Unit = keyof typeof units;
export const unitNames = Object.keys(units) as Unit[];
