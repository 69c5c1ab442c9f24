import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import {
  type BundleDescription,
  readBundleDirectory,
  readCurrent,
  readSeries,
  type SeriesRecord,
  searchItems,
} from '../../shared/bundle/index.ts';
import { ConfigurationError } from '../../shared/errors/index.ts';
import { fileStore, type ObjectStore } from '../../shared/store/index.ts';

export interface OpenBundle {
  readonly path: string;
  readonly description: BundleDescription;
  readonly forecaster: Uint8Array;
  /** The items' newest observations beside it, in the order of their names. */
  records(): Promise<readonly SeriesRecord[]>;
}

export const isBundle = (path: string): boolean =>
  existsSync(join(path, 'bundle.json')) || existsSync(join(path, 'current.json'));

/** Opens the folder of a bundle, or of a dataset's models, of which the champion is taken. */
export async function openBundle(path: string): Promise<OpenBundle> {
  checkBundle(path);
  const folder = await championOf(path);
  const { description, forecaster } = await readBundleDirectory(folder);
  const store = fileStore(resolve(folder, '..', '..', '..'));
  return { path: folder, description, forecaster, records: () => allRecords(store, description.dataset) };
}

/** @throws ConfigurationError where there is neither a bundle nor a dataset's models */
export function checkBundle(path: string): void {
  if (isBundle(path)) return;
  const found = statSync(path, { throwIfNoEntry: false });
  throw new ConfigurationError({
    rule: 'a bundle is a folder with bundle.json, or a dataset’s models with current.json',
    received: `${path}, which ${!found ? 'does not exist' : found.isDirectory() ? 'has neither' : 'is a file'}`,
    remedy: 'name the folder that `tidecast train` printed',
  });
}

/** The folder of a version: the one that is named, or of a dataset's models the champion's. */
export async function championOf(path: string): Promise<string> {
  if (!existsSync(join(path, 'current.json'))) return path;
  const dataset = resolve(path).split(/[\\/]/).at(-1) ?? '';
  const current = await readCurrent(fileStore(dirname(dirname(resolve(path)))), dataset);
  return current ? join(path, current.version) : path;
}

async function allRecords(store: ObjectStore, dataset: string): Promise<readonly SeriesRecord[]> {
  const records: SeriesRecord[] = [];
  let after: string | undefined;
  do {
    const page = await searchItems(store, dataset, { limit: 1000, ...(after !== undefined && { after }) });
    const found = await readSeries(store, dataset, page.items);
    records.push(...page.items.flatMap((item) => found.get(item) ?? []));
    after = page.next ?? undefined;
  } while (after !== undefined);
  return records;
}
