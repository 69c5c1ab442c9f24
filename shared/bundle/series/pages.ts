import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { jsonBytes, keys, type ObjectStore, parseJson } from '../../store/index.ts';
import { SeriesError } from '../errors.ts';
import { concurrently } from './concurrently.ts';

const page = z.strictObject({ id: z.string(), first: z.string() });
const index = z.strictObject({ formatVersion: z.literal(1), pages: z.array(page) });
const names = z.array(z.string());

/** A page of sorted item names: what its object is called, and the first name on it. */
export type Page = z.output<typeof page>;

/** Every page has a name of its own, so that no writer removes another's. */
export const newPage = ([first = '']: readonly string[]): Page => ({
  id: randomBytes(8).toString('hex'),
  first,
});

/** The pages in the order of their names; none where there is no index yet. @throws SeriesError */
export const readIndex = (bytes: Uint8Array | undefined, dataset: string): readonly Page[] =>
  bytes ? parse(index, bytes, keys.seriesIndex(dataset)).pages : [];

export const writeIndex = (pages: readonly Page[]): Uint8Array => jsonBytes({ formatVersion: 1, pages });

/** The names on a page; null where it is gone. @throws SeriesError */
export async function readPage(
  store: ObjectStore,
  dataset: string,
  { id }: Page,
): Promise<readonly string[] | null> {
  const key = keys.seriesIndexPage(dataset, id);
  const found = await store.get(key);
  return found && parse(names, found.bytes, key);
}

export async function writePage(
  store: ObjectStore,
  dataset: string,
  { id }: Page,
  content: readonly string[],
): Promise<void> {
  await store.put(keys.seriesIndexPage(dataset, id), jsonBytes(content), { ifNoneMatch: '*' });
}

export const removePages = (store: ObjectStore, dataset: string, pages: readonly Page[]): Promise<void> =>
  concurrently(pages, ({ id }) => store.delete(keys.seriesIndexPage(dataset, id)));

function parse<T>(schema: z.ZodType<T>, bytes: Uint8Array, key: string): T {
  try {
    return schema.parse(parseJson(bytes));
  } catch (cause) {
    throw new SeriesError(
      {
        rule: `${key} must be a part of the index of items`,
        received: `${bytes.length} bytes of another kind`,
        remedy: `remove what is below ${key.slice(0, key.lastIndexOf('/') + 1)} and train again`,
      },
      { cause },
    );
  }
}
