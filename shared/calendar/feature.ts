import { type Frequency, periodsOf } from '../frequency/index.ts';
import { holidayColumns, holidays } from './holidays.ts';
import { localTime, localTimeColumns } from './local-time.ts';
import type { CalendarFeature } from './schema.ts';

/** The columns that a generator makes at a frequency. */
export const columnsOf = (
  generator: CalendarFeature['generator'],
  frequency: Frequency,
): readonly string[] => (generator === 'holidays' ? holidayColumns(frequency) : localTimeColumns);

/**
 * The values of a feature's columns.
 *
 * @param first the period index of the first row
 * @returns `[count, columns]`, NaN where they are not known
 */
export function generate(
  feature: CalendarFeature,
  frequency: Frequency,
  first: number,
  count: number,
): Float64Array {
  const { timestamp } = periodsOf(frequency);
  const starts = Float64Array.from({ length: count + 1 }, (_, i) => timestamp(first + i));
  return feature.generator === 'holidays' ? holidays(feature, frequency, starts) : localTime(feature, starts);
}
