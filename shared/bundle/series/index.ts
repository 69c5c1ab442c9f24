import type { ObjectStore } from '../../store/index.ts';
import { SeriesError } from '../errors.ts';
import { addNames } from './names.ts';
import { checkRecord, type SeriesRecord } from './record.ts';
import { defaultLimits, mergeIntoShards, readShards, type ShardLimits } from './shards.ts';

export interface SeriesUpdate {
  /** The newest periods that are kept of an item. */
  readonly context: number;
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
  { context, limits = defaultLimits }: SeriesUpdate,
): Promise<void> {
  if (!(Number.isSafeInteger(context) && context >= 1)) {
    throw new SeriesError({
      rule: 'context must be a whole number of at least 1',
      received: String(context),
      remedy: 'give the longest history that a forecast reads, in periods',
    });
  }
  for (const record of records) checkRecord(record);
  if (records.length === 0) return;
  await mergeIntoShards(store, dataset, records, context, limits);
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
