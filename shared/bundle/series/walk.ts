import { keys, type ObjectStore, type StoredObject } from '../../store/index.ts';
import { decodeShard } from './encoding.ts';
import type { SeriesRecord } from './record.ts';

/** The items of one shard. */
export interface SeriesShard {
  /** Where it is among all shards: hex digits that the hashes of its items begin with. */
  readonly path: string;
  /** By name. */
  readonly records: readonly SeriesRecord[];
}

/** A shard in the order of the walk, read or being read. */
interface Step {
  readonly path: string;
  readonly object: Promise<StoredObject | null>;
}

/** Shards that are read before they are asked for. */
const ahead = 4;

/**
 * All that is stored of a dataset, a shard at a time, in the order of the shards' paths. Shards only ever split, so
 * that the walk can be broken off behind any of them and go on later, whatever was written meanwhile: it meets each
 * item that was there from the beginning once.
 *
 * @param after the path of the last shard that is done; null at the beginning
 * @throws SeriesError where a shard is damaged
 */
export async function* walkSeries(
  store: ObjectStore,
  dataset: string,
  after: string | null = null,
): AsyncGenerator<SeriesShard> {
  const key = keys.shard(dataset, 'root');
  yield* below({ path: '', object: store.get(key) }, key);

  async function* below({ path, object }: Step, at: string): AsyncGenerator<SeriesShard> {
    const found = await object;
    if (!found) return;
    const shard = decodeShard(found.bytes, at);
    if (shard.kind === 'records') {
      if (isDone(path, after)) return;
      const records = [...shard.records.values()].sort((a, b) => (a.item < b.item ? -1 : 1));
      yield { path, records };
      return;
    }
    const children: { readonly path: string; readonly key: string }[] = [];
    const prefix = keys.shard(dataset, `${shard.name}-`);
    for await (const { key: child } of store.list(prefix)) {
      const digits = `${path}${child.slice(prefix.length)}`;
      if (!isDone(digits, after)) children.push({ path: digits, key: child });
    }
    const reading: Step[] = [];
    for (const [i, child] of children.entries()) {
      for (const next of children.slice(i + reading.length, i + ahead)) {
        const object = store.get(next.key);
        // What is read ahead may fail before anybody waits for it; whoever waits for it hears of it.
        object.catch(() => undefined);
        reading.push({ path: next.path, object });
      }
      const step = reading.shift();
      if (step) yield* below(step, child.key);
    }
  }
}

/** Whether all below a path was met before, `after` being the last that was. */
const isDone = (path: string, after: string | null): boolean =>
  after !== null && (path.startsWith(after) || (path < after && !after.startsWith(path)));
