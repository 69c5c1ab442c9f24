import { link, mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { checkKey, checkPrefix } from '../key.ts';
import { conflict, KeyError, type PutCondition, type StreamStore } from '../store.ts';
import { etagOf, hashed, headOf, isAbsent, openFile } from './etag.ts';
import { withLock } from './lock.ts';
import { sweep, syncFolder, writeTemporary } from './temporary.ts';
import { walk } from './walk.ts';

export interface FileStoreOptions {
  /** How long a write waits for another one of the same object, in milliseconds. */
  readonly patience?: number;
}

/**
 * Objects as files below `root`, which is made when needed. Several processes may use one root at once, on any
 * file system with hard links; a process may be killed at any moment: what it was writing is then there as a
 * whole or not at all. (A worker thread that is terminated while it writes keeps its lock as long as the process
 * lives.) An object's key cannot be the folder of another's (`a` and `a/b`). Etags are the SHA-256 of
 * the content, so files put there by hand are objects like any other.
 *
 * @throws BusyError from `put` and `delete`, where another process holds an object's lock for longer than `patience`
 */
export function fileStore(root: string, { patience = 30_000 }: FileStoreOptions = {}): StreamStore {
  const base = resolve(root);
  const swept = new Set<string>();
  const pathOf = (key: string) => join(base, checkKey(key));

  async function folderOf(path: string, key: string): Promise<string> {
    const folder = dirname(path);
    try {
      await mkdir(folder, { recursive: true });
    } catch (error) {
      throw ['EEXIST', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '') ? nested(key) : error;
    }
    if (!swept.has(folder)) await sweep(folder);
    swept.add(folder);
    return folder;
  }

  async function write(
    key: string,
    content: Uint8Array | AsyncIterable<Uint8Array>,
    condition: PutCondition,
  ): Promise<void> {
    const path = pathOf(key);
    const folder = await folderOf(path, key);
    const temporary = await writeTemporary(folder, content, true);
    try {
      if (condition.ifNoneMatch) await create(temporary, path, key, condition);
      else await withLock(path, patience, () => replace(temporary, path, key, condition));
      await syncFolder(folder);
    } finally {
      await rm(temporary, { force: true });
    }
  }

  async function writeStream(
    key: string,
    pieces: AsyncIterable<Uint8Array>,
    condition: PutCondition = {},
  ): Promise<string> {
    const { passed, etag } = hashed(pieces);
    await write(key, passed, condition);
    return etag();
  }

  return {
    async get(key) {
      const file = await openFile(pathOf(key));
      try {
        const bytes = await file?.readFile();
        return bytes ? { bytes, etag: etagOf(bytes) } : null;
      } catch (error) {
        if (isAbsent(error)) return null;
        throw error;
      } finally {
        await file?.close();
      }
    },

    async head(key) {
      const found = await headOf(pathOf(key));
      return found && { size: found.size, etag: found.etag };
    },

    async put(key, bytes, condition = {}) {
      await write(key, bytes, condition);
      return etagOf(bytes);
    },

    putStream: writeStream,

    async copy(from, to) {
      const file = await openFile(pathOf(from));
      try {
        if (!file || !(await file.stat()).isFile()) return false;
        await writeStream(to, file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 }));
        return true;
      } finally {
        await file?.close();
      }
    },

    async delete(key) {
      const path = pathOf(key);
      if (!(await stat(path).catch(() => null))?.isFile()) return;
      await withLock(path, patience, () => rm(path, { force: true }));
      await syncFolder(dirname(path));
    },

    async *list(prefix, { after = '', limit = Number.POSITIVE_INFINITY } = {}) {
      let left = limit;
      for await (const key of walk(base, checkPrefix(prefix), after)) {
        if (left <= 0) return;
        const head = await headOf(join(base, key));
        if (!head) continue;
        left--;
        yield { key, ...head };
      }
    },
  };
}

/** Only one can make a link, so this needs no lock: whoever holds one writes to an object that exists. */
async function create(temporary: string, path: string, key: string, condition: PutCondition): Promise<void> {
  try {
    await link(temporary, path);
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'EEXIST' ? conflict(key, condition, error) : error;
  }
}

async function replace(temporary: string, path: string, key: string, condition: PutCondition): Promise<void> {
  if (condition.ifMatch !== undefined) {
    const head = await headOf(path, { fresh: true });
    if (head?.etag !== condition.ifMatch) throw conflict(key, condition);
  }
  try {
    await rename(temporary, path);
  } catch (error) {
    throw ['EISDIR', 'ENOTEMPTY', 'EEXIST'].includes((error as NodeJS.ErrnoException).code ?? '')
      ? nested(key)
      : error;
  }
}

const nested = (key: string) =>
  new KeyError({
    rule: 'where objects are files, no key can be the folder of another (a and a/b)',
    received: JSON.stringify(key),
    remedy: 'give the object another name',
  });
