import {
  anchorFrequency,
  type Frequency,
  type InferredFrequency,
  inferFrequency,
  parseFrequency,
  periodsOf,
  printFrequency,
} from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import type { Series } from './grouping.ts';

/** Enough to see the rhythm; all timestamps are held to it afterwards. */
const sampledItems = 200;
const sampledRows = 10_000;

/** The frequency of the data, `confidence` null where it was given instead of inferred. */
export interface FoundFrequency extends Omit<InferredFrequency, 'confidence' | 'fits'> {
  readonly confidence: number | null;
}

interface FrequencySearch {
  /** Whether to look at all timestamps, not only at a sample. */
  readonly whole?: boolean;
  /** Whether rows within a period become one: then periods need not begin where rows are, but as the calendar has it. */
  readonly isAggregated?: boolean;
}

const isOnGrid = (sample: readonly Float64Array[], frequency: Frequency): boolean => {
  const { index, timestamp } = periodsOf(frequency);
  return sample.every((times) => times.every((time) => timestamp(index(time)) === time));
};

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
  { whole = false, isAggregated = false }: FrequencySearch = {},
): FoundFrequency {
  if (typeof asked === 'object') return { frequency: asked, confidence: null };
  const sample = whole ? series.map((one) => risingTimes(one.times())) : sampleOf(series);
  if (asked !== undefined) {
    const plain = parseFrequency(asked);
    const frequency = anchorFrequency(plain, sample);
    return { frequency: isAggregated && !isOnGrid(sample, frequency) ? plain : frequency, confidence: null };
  }
  const inferred = inferFrequency(sample);
  if (inferred) return inferred;
  if (!whole) return findFrequency(series, asked, { whole: true });
  throw new DataError({
    rule: 'to infer the frequency an item must have two timestamps a second or more apart',
    received: 'none that has',
    remedy: 'say with the option frequency how far apart they are, for example 1d',
  });
}

/** What to do about a timestamp beside the grid: where the frequency was not inferred, the data may show another. */
export function gridRemedy(series: readonly Series[], asked: string | Frequency | undefined): string {
  if (asked === undefined)
    return 'mend the timestamp, or say with the option frequency how far apart they are';
  const inferred = inferFrequency(sampleOf(series));
  const told = printFrequency(typeof asked === 'object' ? asked : parseFrequency(asked));
  const shown = inferred && printFrequency(inferred.frequency);
  if (shown === null || shown === told) return 'mend the timestamp';
  return typeof asked === 'object'
    ? `mend the timestamp, or give a table with rows ${told} apart: these are ${shown}`
    : `mend the timestamp, or leave the frequency out: the timestamps show ${shown}`;
}

/** Items spread evenly over all, of each some consecutive timestamps. */
function sampleOf(series: readonly Series[]): Float64Array[] {
  const stride = Math.max(1, Math.floor(series.length / sampledItems));
  return series
    .filter((_, i) => i % stride === 0)
    .map((one) => {
      const times = one.times();
      const some = isRising(times) ? times.subarray(0, sampledRows) : times;
      return risingTimes(some).subarray(0, sampledRows);
    });
}

const isRising = (times: Float64Array): boolean =>
  times.every((time, i) => i === 0 || (times[i - 1] as number) < time);

/** The distinct times, in order. */
export const risingTimes = (times: Float64Array): Float64Array =>
  isRising(times)
    ? times
    : times.toSorted().filter((time, i, sorted) => i === 0 || (sorted[i - 1] as number) < time);
