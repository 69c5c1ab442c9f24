import type { ObjectStore } from '../../store/index.ts';
import { SeriesError } from '../errors.ts';
import { addNames } from './names.ts';
import { checkRecord, mergeRecords, type SeriesRecord } from './record.ts';
import { defaultLimits, type Merge, mergeIntoShards, readShards, type ShardLimits } from './shards.ts';

/**
 * Periods that are kept of an item: what a forecast reads, and before it some horizons for forecasts from earlier
 * origins, which are charted and tell unusual observations.
 */
export const periodsKept = ({
  context,
  horizon,
}: {
  readonly context: number;
  readonly horizon: number;
}): number => context + 3 * horizon;

export interface SeriesUpdate {
  /** The newest periods that are kept of an item: `periodsKept`. */
  readonly context: number;
  /** Decides what an item becomes. Default: `mergeRecords`. */
  readonly merge?: Merge;
  /** When a shard is split; for tests. */
  readonly limits?: ShardLimits;
}

/**
 * Adds observations to what is stored of their items, for every version to read: what they cover they replace,
 * what is newer stays, and each item keeps its newest `context` periods. Several writers may do so at once, each
 * shard being swapped as a whole; a reader may see some items before and others after.
 *
 * @throws SeriesError for a record that cannot be stored, or a stored shard that is damaged
 * @throws ConflictError where others kept being faster
 */
export async function updateSeries(
  store: ObjectStore,
  dataset: string,
  records: readonly SeriesRecord[],
  {
    context,
    merge = (existing, incoming) => mergeRecords(existing, incoming, context),
    limits = defaultLimits,
  }: SeriesUpdate,
): Promise<void> {
  if (!(Number.isSafeInteger(context) && context >= 1)) {
    throw new SeriesError({
      rule: 'context must be a whole number of at least 1',
      received: String(context),
      remedy: 'give how many periods are to be kept',
    });
  }
  for (const record of records) checkRecord(record);
  if (records.length === 0) return;
  await mergeIntoShards(store, dataset, records, merge, limits);
  // The names come last: an item that is listed can be read. All of them, in case a killed writer left some out.
  await addNames(
    store,
    dataset,
    records.map(({ item }) => item),
  );
}

/**
 * What is stored of the items, by name; items that are not stored are left out. Reads only the shards they are in.
 *
 * @throws SeriesError where a shard is damaged
 */
export const readSeries = (
  store: ObjectStore,
  dataset: string,
  items: readonly string[],
): Promise<ReadonlyMap<string, SeriesRecord>> => readShards(store, dataset, items);
