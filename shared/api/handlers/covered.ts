import { folderNames, type ObjectStore } from '../../store/index.ts';
import { covers, type Grant, isPattern, literalPart } from '../access/access.ts';

/** Folders that one request looks at: each is one call of the store. */
export const mostLooks = 200;

export interface Looked {
  readonly dataset: string;
  readonly covered: boolean;
}

/**
 * The datasets that a grant may cover, in the order of the store: those it names outright, whether they exist or
 * not, and the folders in `parent` that its patterns may find.
 */
export async function* coveredDatasets(
  store: ObjectStore,
  parent: string,
  grant: Grant,
  after?: string,
): AsyncIterable<Looked> {
  if (!grant.datasets.some(isPattern)) {
    const named = [...new Set(grant.datasets)].sort(inStoreOrder);
    for (const dataset of named) {
      if (after === undefined || inStoreOrder(dataset, after) > 0) yield { dataset, covered: true };
    }
    return;
  }
  const prefix = commonPrefix(grant.datasets.map(literalPart));
  for await (const dataset of folderNames(store, parent, { prefix, ...(after !== undefined && { after }) })) {
    yield { dataset, covered: covers(grant, dataset) };
  }
}

/** As folders: `a-b/` comes before `a/`. */
export const inStoreOrder = (a: string, b: string): number =>
  Buffer.compare(Buffer.from(`${a}/`), Buffer.from(`${b}/`));

function commonPrefix(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const text of others) while (!text.startsWith(first.slice(0, length))) length--;
  return first.slice(0, length);
}
