import type { ObjectStore } from './store.ts';

export interface FolderSearch {
  /** Only folders whose names begin so. */
  readonly prefix?: string;
  /** Only folders behind this one. */
  readonly after?: string;
}

/**
 * The names of the folders directly in `parent` (which ends in a slash), in the order of their keys. Each costs one
 * look at the store, however many objects are in it: the list goes on behind everything that the folder can hold.
 */
export async function* folderNames(
  store: ObjectStore,
  parent: string,
  { prefix = '', after }: FolderSearch = {},
): AsyncIterable<string> {
  let behind = after === undefined ? undefined : endOf(parent, after);
  for (;;) {
    const options = { limit: 1, ...(behind !== undefined && { after: behind }) };
    const { value } = await first(store.list(`${parent}${prefix}`, options));
    if (!value) return;
    const [name = '', ...below] = value.key.slice(parent.length).split('/');
    behind = below.length > 0 ? endOf(parent, name) : value.key;
    if (below.length > 0) yield name;
  }
}

/** Sorts behind all keys in the folder and before all others that come after it: `0` follows the slash. */
const endOf = (parent: string, name: string): string => `${parent}${name}0`;

async function first<T>(list: AsyncIterable<T>): Promise<{ readonly value: T | undefined }> {
  for await (const value of list) return { value };
  return { value: undefined };
}
