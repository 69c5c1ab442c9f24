import { z } from 'zod';
import { type ObjectStore, parseJson } from '../../store/index.ts';
import type { BundleDescription } from '../description.ts';
import { readDescribedFile } from '../read.ts';
import {
  accuracySchema,
  type StoredAccuracy,
  type StoredItemAccuracy,
  storedItemSchema,
} from './document.ts';
import { accuracyFile, accuracyShardFile, accuracyShardOf } from './files.ts';

export interface ReadAccuracy {
  readonly description: BundleDescription;
  /** Null where the version was made before accuracy was kept. */
  readonly accuracy: StoredAccuracy | null;
}

/** Only what makes a shard one: of its items the one that is asked for alone is looked at closely. */
const shardSchema = z.strictObject({
  formatVersion: z.literal(1),
  items: z.array(z.looseObject({ item: z.string() })),
});

/** How good the version in a folder was in its backtest. @throws BundleError where it is missing or damaged */
export async function readAccuracy(store: ObjectStore, prefix: string): Promise<ReadAccuracy> {
  const { description, bytes } = await readDescribedFile(store, prefix, accuracyFile);
  return { description, accuracy: bytes && accuracySchema.parse(parseJson(bytes)) };
}

/** One item's part of it; null where it was not scored. @throws BundleError where its file is damaged */
export async function readItemAccuracy(
  store: ObjectStore,
  prefix: string,
  { item, shards }: { readonly item: string; readonly shards: number },
): Promise<StoredItemAccuracy | null> {
  if (shards === 0) return null;
  const file = accuracyShardFile(accuracyShardOf(item, shards));
  const { bytes } = await readDescribedFile(store, prefix, file);
  const found = bytes && shardSchema.parse(parseJson(bytes)).items.find((one) => one.item === item);
  return found ? storedItemSchema.parse(found) : null;
}
