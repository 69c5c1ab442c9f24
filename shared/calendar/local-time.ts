import { zoneOf } from '../frequency/index.ts';

const day = 86_400_000;

/** The hand of a clock that goes round once a day, by local time. */
export const localTimeColumns: readonly string[] = ['local_day_sin', 'local_day_cos'];

/**
 * People keep the hours of their clocks: in summer all that they do is an hour earlier in UTC, by which periods are
 * counted.
 *
 * @param starts when periods begin, and the one after the last @returns `[periods, 2]`
 */
export function localTime({ timezone }: { readonly timezone: string }, starts: Float64Array): Float64Array {
  const { local } = zoneOf(timezone);
  const values = new Float64Array((starts.length - 1) * 2);
  for (let row = 0; row + 1 < starts.length; row++) {
    const turn = (2 * Math.PI * local(starts[row] as number)) / day;
    values[2 * row] = Math.sin(turn);
    values[2 * row + 1] = Math.cos(turn);
  }
  return values;
}
