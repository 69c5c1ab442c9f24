import { checkKey } from './key.ts';
import { isAbsent, opener, type S3StoreOptions } from './s3.ts';
import type { ObjectStore } from './store.ts';

/** Copies an object to another key of its store, over what is there. False where there is no such object. */
export type CopyObject = (from: string, to: string) => Promise<boolean>;

/** By way of this process's memory. */
export const copyThrough =
  (store: ObjectStore): CopyObject =>
  async (from, to) => {
    const found = await store.get(from);
    if (found) await store.put(to, found.bytes);
    return found !== null;
  };

/** Inside S3, which copies objects of up to 5 GB in one piece: more than a store's largest. */
export function s3Copies({ prefix, ...options }: S3StoreOptions): CopyObject {
  const root = prefix ? `${checkKey(prefix)}/` : '';
  const open = opener(options);
  const { bucket } = options;
  return async (from, to) => {
    const source = `${root}${checkKey(from)}`.split('/').map(encodeURIComponent).join('/');
    const { sdk, client } = await open();
    const command = new sdk.CopyObjectCommand({
      Bucket: bucket,
      Key: `${root}${checkKey(to)}`,
      CopySource: `${bucket}/${source}`,
    });
    try {
      await client.send(command);
      return true;
    } catch (error) {
      if (isAbsent(error)) return false;
      throw error;
    }
  };
}
