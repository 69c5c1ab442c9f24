import { keys, type ObjectStore, updateObject } from '../../store/index.ts';
import { concurrently } from './concurrently.ts';
import { newPage, type Page, readIndex, readPage, removePages, writeIndex, writePage } from './pages.ts';

/** Names on one page at most. */
const namesPerPage = 1000;

/** What an attempt made of the index: the new list of pages, those it wrote for it, those that it has no use for. */
interface Attempt {
  readonly pages: readonly Page[];
  readonly written: readonly Page[];
  readonly replaced: readonly Page[];
}

/**
 * Adds names to the dataset's sorted index. Pages never change: new ones are written beside the old ones, the list
 * of pages is swapped, then the old ones go.
 */
export async function addNames(store: ObjectStore, dataset: string, names: readonly string[]): Promise<void> {
  const sorted = [...new Set(names)].sort();
  let attempt: Attempt | null = null;
  await updateObject(store, keys.seriesIndex(dataset), async (current) => {
    const pages = readIndex(current?.bytes, dataset);
    if (attempt) await removePages(store, dataset, without(attempt.written, pages));
    attempt = await addTo(store, dataset, pages, sorted);
    if (!attempt) return 'again';
    return attempt.written.length > 0 ? writeIndex(attempt.pages) : null;
  });
  await removePages(store, dataset, (attempt as Attempt | null)?.replaced ?? []);
}

/** Null where a page is gone: then the list of pages has been swapped meanwhile. */
async function addTo(
  store: ObjectStore,
  dataset: string,
  pages: readonly Page[],
  sorted: readonly string[],
): Promise<Attempt | null> {
  const groups = groupByPage(pages, sorted);
  const results = new Map<Page | null, readonly Page[]>();
  const written: Page[] = [];
  let stale = false;
  await concurrently(groups, async ({ page, added }) => {
    const before = page ? await readPage(store, dataset, page) : [];
    if (!before) {
      stale = true;
      return;
    }
    const after = [...new Set([...before, ...added])].sort();
    if (page && after.length === before.length) return;
    const parts = inParts(after).map((names) => ({ page: newPage(names), names }));
    for (const part of parts) {
      await writePage(store, dataset, part.page, part.names);
      written.push(part.page);
    }
    results.set(
      page,
      parts.map((part) => part.page),
    );
  });
  if (stale) {
    await removePages(store, dataset, written);
    return null;
  }
  const next = [...(results.get(null) ?? []), ...pages.flatMap((page) => results.get(page) ?? [page])];
  return { pages: next, written, replaced: pages.filter((page) => results.has(page)) };
}

const without = (pages: readonly Page[], kept: readonly Page[]): readonly Page[] =>
  pages.filter(({ id }) => !kept.some((page) => page.id === id));

/** Sorted names by the page that they belong on; the first page also takes what sorts before it. */
function groupByPage(pages: readonly Page[], sorted: readonly string[]) {
  const groups: { page: Page | null; added: string[] }[] = [];
  let at = 0;
  for (const name of sorted) {
    while (at + 1 < pages.length && (pages[at + 1]?.first ?? '') <= name) at++;
    const page = pages[at] ?? null;
    const last = groups.at(-1);
    if (last && last.page === page) last.added.push(name);
    else groups.push({ page, added: [name] });
  }
  return groups;
}

/** Pages that are too full are cut into equal parts of about two thirds, so that they can grow again. */
function inParts(names: readonly string[]): readonly (readonly string[])[] {
  if (names.length <= namesPerPage) return [names];
  const parts = Math.ceil(names.length / (namesPerPage * (2 / 3)));
  const size = Math.ceil(names.length / parts);
  return Array.from({ length: Math.ceil(names.length / size) }, (_, i) =>
    names.slice(i * size, (i + 1) * size),
  );
}
