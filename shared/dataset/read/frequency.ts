import {
  anchorFrequency,
  type Frequency,
  type InferredFrequency,
  inferFrequency,
  parseFrequency,
  periodsOf,
} from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import type { Series } from './series.ts';

/** Enough to see the rhythm; all timestamps are held to it afterwards. */
const sampledItems = 200;
const sampledRows = 10_000;

/** The frequency of the data, `confidence` null where it was given instead of inferred. */
export interface FoundFrequency extends Omit<InferredFrequency, 'confidence' | 'fits'> {
  readonly confidence: number | null;
}

/**
 * The frequency that is asked for, at the phase of the data where it is given by its name; else the one that the
 * timestamps show.
 *
 * @throws DataError where no item has two timestamps a second or more apart
 * @throws FrequencyError where the name is none
 */
export function findFrequency(
  series: readonly Series[],
  asked: string | Frequency | undefined,
): FoundFrequency {
  if (typeof asked === 'object') return { frequency: asked, confidence: null };
  const sample = sampleOf(series);
  if (asked !== undefined) {
    return { frequency: anchorFrequency(parseFrequency(asked), sample), confidence: null };
  }
  const first = inferFrequency(sample);
  if (first && series.every(({ times }) => isOnGrid(times, first.frequency))) return first;
  // What the sample does not show, such as one item with finer steps, all of them do.
  const inferred = inferFrequency(series.map(({ times }) => risingTimes(times))) ?? first;
  if (inferred) return inferred;
  throw new DataError({
    rule: 'to infer the frequency an item must have two timestamps a second or more apart',
    received: 'none that has',
    remedy: 'say with the option frequency how far apart they are, for example 1d',
  });
}

function isOnGrid(times: Float64Array, frequency: Frequency): boolean {
  const periods = periodsOf(frequency);
  return times.every((time) => periods.timestamp(periods.index(time)) === time);
}

/** Items spread evenly over all, of each some consecutive timestamps. */
function sampleOf(series: readonly Series[]): Float64Array[] {
  const stride = Math.max(1, Math.floor(series.length / sampledItems));
  return series
    .filter((_, i) => i % stride === 0)
    .map(({ times }) => {
      const some = isRising(times) ? times.subarray(0, sampledRows) : times;
      return risingTimes(some).subarray(0, sampledRows);
    });
}

const isRising = (times: Float64Array): boolean =>
  times.every((time, i) => i === 0 || (times[i - 1] as number) < time);

const risingTimes = (times: Float64Array): Float64Array =>
  isRising(times)
    ? times
    : times.toSorted().filter((time, i, sorted) => i === 0 || (sorted[i - 1] as number) < time);
