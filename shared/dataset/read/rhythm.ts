import { show } from '../../errors/index.ts';
import {
  type Frequency,
  inferFrequency,
  measureOf,
  periodLength,
  periodsOf,
  printFrequency,
} from '../../frequency/index.ts';
import { DataError } from '../errors.ts';
import { risingTimes } from './frequency.ts';
import type { Series } from './grouping.ts';
import { ofItem } from './rows.ts';

/** Timestamps at each end of an item that are looked at. */
const most = 20;
/** Fewer than so many say nothing of a rhythm: an item that is rarely observed may be every second day by chance. */
const fewest = 9;
/** The share of steps that have to be one period for an item to have a rhythm of its own. */
const clear = 0.9;
/** The same for the table's frequency, which need not be shown again. */
const likely = 0.8;
/** Of many items one in a hundred may have another rhythm by chance, such as a product that is sold on Mondays. */
const rare = 0.01;
/** Items that are named for a frequency. */
const named = 3;

/**
 * Refuses a table whose items are observed at several frequencies, or one that begins at one and goes on at another:
 * the coarser rows would pass for finer ones with gaps. Items without a clear rhythm go with any,
 * and so do a few with another among many.
 *
 * @param frequency what the table as a whole shows
 * @throws DataError naming the frequencies, how many items have each, and some of them
 */
export function refuseSeveralFrequencies(series: readonly Series[], frequency: Frequency): void {
  const holds = stepsWithin(frequency);
  const items = new Map<string, string[]>();
  const lengths = new Map<string, Frequency>();
  for (const { item, times } of series) {
    const [first = null, last = first] = endsOf(risingTimes(times())).map((end) =>
      end.length < fewest ? null : holds(end) >= likely ? frequency : ownFrequency(end),
    );
    if (!first || !last) continue;
    const [begins, ends] = [printFrequency(first), printFrequency(last)];
    lengths.set(begins, first).set(ends, last);
    if (begins !== ends)
      refuse([...lengths.values()], `rows${ofItem(item ?? '')} first ${begins}, then ${ends} apart`, 1);
    const alike = items.get(begins);
    if (alike) alike.push(item ?? '');
    else items.set(begins, [item ?? '']);
  }
  const groups = [...items].sort(([, a], [, b]) => b.length - a.length);
  const [, ...others] = groups;
  const count = others.reduce((sum, [, own]) => sum + own.length, 0);
  if (count <= rare * series.length) return;
  refuse([...lengths.values()], groups.map(([name, own]) => `${name} for ${counted(own)}`).join(', '), count);
}

const counted = (items: readonly string[]): string => {
  const some = items.slice(0, named).map(show).join(', ');
  const unnamed = items.length > named ? ', …' : '';
  return `${items.length} ${items.length > 1 ? 'items' : 'item'} (${some}${unnamed})`;
};

/** An item's first and last timestamps where there are enough for two ends, else all of them. */
function endsOf(times: Float64Array): readonly Float64Array[] {
  const count = Math.min(most, Math.floor(times.length / 2));
  return count < fewest ? [times] : [times.subarray(0, count), times.subarray(times.length - count)];
}

/** Measures the share of steps that go from one period to the next. */
function stepsWithin(frequency: Frequency): (times: Float64Array) => number {
  const { index } = periodsOf(frequency);
  return (times) => {
    const periods = times.map(index);
    const single = periods.filter((period, i) => i > 0 && period - (periods[i - 1] ?? 0) === 1);
    return single.length / (times.length - 1);
  };
}

function ownFrequency(times: Float64Array): Frequency | null {
  const inferred = inferFrequency([times]);
  return inferred && inferred.confidence >= clear ? inferred.frequency : null;
}

function refuse(frequencies: readonly Frequency[], received: string, count: number): never {
  const finest = finestOf(frequencies);
  throw new DataError(
    {
      rule: 'all rows of a table must have one frequency',
      received,
      remedy: `make a dataset of each${finest ? `; where rows in between are only missing, say so with the option frequency ${printFrequency(finest)}` : ''}`,
    },
    { count },
  );
}

const day = 86_400_000;

/** The frequency that all others are whole periods of; null where there is none. */
function finestOf(frequencies: readonly Frequency[]): Frequency | null {
  const isMultiple = (other: Frequency, one: Frequency): boolean =>
    measureOf(one) === measureOf(other)
      ? periodLength(other) % periodLength(one) === 0
      : measureOf(one) === 'milliseconds' && day % periodLength(one) === 0;
  return frequencies.find((one) => frequencies.every((other) => isMultiple(other, one))) ?? null;
}
