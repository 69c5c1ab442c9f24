import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareKeys, reserved } from '../key.ts';
import { isAbsent } from './etag.ts';

interface Entry {
  /** As it stands in a key: a folder's ends in a slash, so that `a-b` sorts before what is in `a/`. */
  readonly name: string;
  readonly isFolder: boolean;
}

/**
 * The keys of all files below `root` that start with `prefix` and sort behind `after`, in order. Folders that
 * hold none of them are not opened.
 */
export async function* walk(root: string, prefix: string, after: string): AsyncGenerator<string> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  yield* below(root, folder, prefix, after);
}

async function* below(root: string, folder: string, prefix: string, after: string): AsyncGenerator<string> {
  for (const { name, isFolder } of await entriesOf(join(root, folder))) {
    const key = `${folder}${name}`;
    if (!key.startsWith(prefix) && !(isFolder && prefix.startsWith(key))) continue;
    if (isFolder && (after.startsWith(key) || compareKeys(key, after) > 0)) {
      yield* below(root, key, prefix, after);
    }
    if (!isFolder && compareKeys(key, after) > 0) yield key;
  }
}

async function entriesOf(path: string): Promise<readonly Entry[]> {
  try {
    const found = await readdir(path, { withFileTypes: true });
    const entries = await Promise.all(
      found.filter(({ name }) => !name.startsWith(reserved)).map((entry) => entryOf(path, entry)),
    );
    return entries.filter((entry) => entry !== null).sort((a, b) => compareKeys(a.name, b.name));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

async function entryOf(path: string, entry: Dirent): Promise<Entry | null> {
  if (entry.isDirectory()) return { name: `${entry.name}/`, isFolder: true };
  if (entry.isFile()) return { name: entry.name, isFolder: false };
  // Links to files are followed; links to folders are not, since they may lead in a circle.
  const target = entry.isSymbolicLink() ? await stat(join(path, entry.name)).catch(() => null) : null;
  return target?.isFile() ? { name: entry.name, isFolder: false } : null;
}
