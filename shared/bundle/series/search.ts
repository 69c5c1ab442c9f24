import { keys, type ObjectStore } from '../../store/index.ts';
import { SeriesError } from '../errors.ts';
import { type Page, readIndex, readPage } from './pages.ts';

export interface ItemSearch {
  /** Only items whose names begin so; '' for all. */
  readonly prefix?: string;
  /** Only items behind this one: the cursor that the page before gave. */
  readonly after?: string;
  /** Instead the last ones before this item, nearest last. */
  readonly before?: string;
  /** Items in one answer at most. */
  readonly limit?: number;
}

export interface ItemPage {
  /** In the order of JavaScript's `<`. */
  readonly items: readonly string[];
  /** The cursor to go on with, as `after`, or as `before` where that was asked; null at the end. */
  readonly next: string | null;
}

/** How often a search begins anew, where a page is replaced on the way to it. */
const patience = 10;

/**
 * A dataset's items in order; none where it has no series. Reads only the pages that it needs.
 *
 * @throws SeriesError where the index is damaged
 */
export async function searchItems(
  store: ObjectStore,
  dataset: string,
  { prefix = '', after = '', before, limit = 100 }: ItemSearch = {},
): Promise<ItemPage> {
  const key = keys.seriesIndex(dataset);
  for (let attempt = 0; attempt < patience; attempt++) {
    const pages = readIndex((await store.get(key))?.bytes, dataset);
    const wanted = { prefix, limit: limit + 1 };
    const items =
      before === undefined
        ? await collect(store, dataset, pages, { ...wanted, after })
        : await collectBefore(store, dataset, pages, { ...wanted, before });
    if (!items) continue;
    const more = items.length > limit;
    if (before !== undefined) {
      const shown = items.slice(-limit);
      return { items: shown, next: more ? (shown[0] ?? null) : null };
    }
    const shown = items.slice(0, limit);
    return { items: shown, next: more ? (shown.at(-1) ?? null) : null };
  }
  throw new SeriesError({
    rule: `the pages that ${key} names must be there`,
    received: `one that is missing, ${patience} times`,
    remedy: `remove what is below ${keys.series(dataset)}index/ and train again`,
  });
}

async function collect(
  store: ObjectStore,
  dataset: string,
  pages: readonly Page[],
  { prefix, after, limit }: Required<Omit<ItemSearch, 'before'>>,
): Promise<readonly string[] | null> {
  const start = after > prefix ? after : prefix;
  const items: string[] = [];
  const following = pages.findIndex(({ first }) => first > start);
  for (const page of pages.slice(Math.max(0, (following === -1 ? pages.length : following) - 1))) {
    if (page.first > start && !page.first.startsWith(prefix)) break;
    const names = await readPage(store, dataset, page);
    if (!names) return null;
    items.push(...names.filter((name) => name > after && name.startsWith(prefix)));
    if (items.length >= limit) break;
  }
  return items.slice(0, limit);
}

/** From the last page that may have such a name backwards. */
async function collectBefore(
  store: ObjectStore,
  dataset: string,
  pages: readonly Page[],
  { prefix, before, limit }: Required<Omit<ItemSearch, 'after'>>,
): Promise<readonly string[] | null> {
  let items: readonly string[] = [];
  for (const page of pages.filter(({ first }) => first < before).reverse()) {
    // Behind all names that begin so.
    if (page.first > prefix && !page.first.startsWith(prefix)) continue;
    const names = await readPage(store, dataset, page);
    if (!names) return null;
    items = [...names.filter((name) => name < before && name.startsWith(prefix)), ...items];
    if (items.length >= limit || page.first < prefix) break;
  }
  return items.slice(-limit);
}
