import { createHash, randomBytes } from 'node:crypto';
import { keys, type ObjectStore, updateObject } from '../../store/index.ts';
import { concurrently } from './concurrently.ts';
import { decodeShard, encodeShard, type Shard } from './encoding.ts';
import { bytesOf, type SeriesRecord } from './record.ts';

/** The rule for the number of shards: none holds more than this, unless a single record does. */
export interface ShardLimits {
  readonly records: number;
  readonly bytes: number;
}

export const defaultLimits: ShardLimits = { records: 512, bytes: 4 * 2 ** 20 };

/** What is known of an item after a record of it arrived. What it throws ends the update. */
export type Merge = (existing: SeriesRecord | undefined, incoming: SeriesRecord) => SeriesRecord;

/** Where all items of a dataset begin to be looked for. */
const root: Place = { name: 'root', depth: 0 };

/** A shard's name, and how many hex digits of its items' hashes the way to it has used up. */
interface Place {
  readonly name: string;
  readonly depth: number;
}

/** An item's place among the shards follows from its name alone. */
const digitsOf = (item: string): string => createHash('sha256').update(item).digest('hex');

/**
 * Where a shard that was split keeps an item. Every split has a name of its own, so that one which another writer
 * overtook leaves only shards that nobody looks at.
 */
const childOf = (
  { depth }: Place,
  { name, digits }: { name: string; digits: number },
  item: string,
): string => `${name}-${digitsOf(item).slice(depth, depth + digits)}`;

/** Merges records into the shards at and below `root`, each by compare-and-swap; `merge` may be asked several times. */
export async function mergeIntoShards(
  store: ObjectStore,
  dataset: string,
  records: readonly SeriesRecord[],
  merge: Merge,
  limits: ShardLimits,
): Promise<void> {
  await mergeAt(root, records);

  async function mergeAt(place: Place, incoming: readonly SeriesRecord[]): Promise<void> {
    const key = keys.shard(dataset, place.name);
    let attempted: Split | null = null;
    await updateObject(store, key, async (current) => {
      const shard = current ? decodeShard(current.bytes, key) : null;
      const inForce = shard?.kind === 'split' ? shard : null;
      // Only now, with what is in force before us, do we know that an attempt of ours was lost.
      if (attempted && attempted.name !== inForce?.name) await removeShards(store, dataset, attempted.name);
      attempted = null;
      if (inForce) {
        await mergeBelow(place, inForce, incoming);
        return null;
      }
      const merged = new Map(shard?.kind === 'records' ? shard.records : []);
      for (const record of incoming) {
        merged.set(record.item, merge(merged.get(record.item), record));
      }
      const digits = digitsNeeded(merged, limits);
      if (digits === 0) return encodeShard({ kind: 'records', records: merged });
      attempted = { kind: 'split', name: randomBytes(8).toString('hex'), digits };
      await mergeBelow(place, attempted, [...merged.values()]);
      return encodeShard(attempted);
    });
  }

  async function mergeBelow(place: Place, split: Split, incoming: readonly SeriesRecord[]): Promise<void> {
    const groups = groupBy(incoming, ({ item }) => childOf(place, split, item));
    const depth = place.depth + split.digits;
    await concurrently([...groups], ([name, group]) => mergeAt({ name, depth }, group));
  }
}

type Split = Extract<Shard, { kind: 'split' }>;

/** Hex digits by which a shard must be split; 0 where it may stay. */
function digitsNeeded(records: ReadonlyMap<string, SeriesRecord>, limits: ShardLimits): number {
  const bytes = [...records.values()].reduce((sum, record) => sum + bytesOf(record), 0);
  const parts = Math.min(records.size, Math.max(records.size / limits.records, bytes / limits.bytes));
  return parts > 1 ? Math.ceil(Math.log2(parts) / 4) : 0;
}

/** The records of those of the items that are stored, reading each shard on the way once. */
export async function readShards(
  store: ObjectStore,
  dataset: string,
  items: readonly string[],
): Promise<Map<string, SeriesRecord>> {
  const found = new Map<string, SeriesRecord>();
  await readAt(root, items);
  return found;

  async function readAt(place: Place, wanted: readonly string[]): Promise<void> {
    const key = keys.shard(dataset, place.name);
    const object = await store.get(key);
    if (!object) return;
    const shard = decodeShard(object.bytes, key);
    if (shard.kind === 'split') {
      const groups = groupBy(wanted, (item) => childOf(place, shard, item));
      const depth = place.depth + shard.digits;
      await concurrently([...groups], ([name, group]) => readAt({ name, depth }, group));
      return;
    }
    for (const item of wanted) {
      const record = shard.records.get(item);
      if (record) found.set(item, record);
    }
  }
}

/** Removes the shards of a split that another writer overtook. */
async function removeShards(store: ObjectStore, dataset: string, name: string): Promise<void> {
  for await (const { key } of store.list(keys.shard(dataset, `${name}-`))) await store.delete(key);
}

function groupBy<T>(list: readonly T[], nameOf: (entry: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const entry of list) {
    const name = nameOf(entry);
    const group = groups.get(name);
    if (group) group.push(entry);
    else groups.set(name, [entry]);
  }
  return groups;
}
