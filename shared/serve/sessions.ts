import { LRUCache } from 'lru-cache';
import type { ObjectStore } from '../store/index.ts';
import { type OpenModel, type OpenVersion, openModel } from './open.ts';
import { ThreadError } from './threads/index.ts';

/** What `lend` found out about the session it lent. */
export interface Lent {
  /** Whether the session was open, or being opened, already. */
  readonly cached: boolean;
}

/** Open sessions by dataset and version: a bounded number, each opened once, however many ask for it at once. */
export interface Sessions {
  /**
   * Opens the version if need be and does `work` with it, during which it stays open.
   *
   * @throws what opening it throws; the next one that asks tries again
   */
  lend<T>(dataset: string, version: string, work: (model: OpenModel, lent: Lent) => Promise<T>): Promise<T>;
  /** Releases all sessions, those that are lent when their work is done. */
  close(): void;
}

interface Entry {
  readonly model: Promise<OpenModel>;
  users: number;
  evicted: boolean;
}

export interface SessionsOptions {
  /** Sessions open at once, beside those that are still at work when they are evicted. */
  readonly most?: number;
  /** How versions are opened. Default: on this thread. */
  readonly open?: OpenVersion;
}

/** The least recently used session makes room; it is released when nobody works with it any more. */
export function createSessions(
  store: ObjectStore,
  { most = 16, open = openModel }: SessionsOptions = {},
): Sessions {
  const cache = new LRUCache<string, Entry>({
    max: most,
    dispose(entry) {
      entry.evicted = true;
      releaseIfIdle(entry);
    },
  });

  return {
    async lend(dataset, version, work) {
      const key = `${dataset}/${version}`;
      const found = cache.get(key);
      const entry = found ?? { model: open(store, dataset, version), users: 0, evicted: false };
      // Counted before anything is waited for: a session that is being opened may be evicted already.
      entry.users++;
      if (!found) cache.set(key, entry);
      try {
        const model = await entry.model.catch((error: unknown) => {
          if (cache.peek(key) === entry) cache.delete(key);
          throw error;
        });
        return await work(model, { cached: found !== undefined });
      } catch (error) {
        // Its thread is gone: the next one that asks gets another.
        if (error instanceof ThreadError && cache.peek(key) === entry) cache.delete(key);
        throw error;
      } finally {
        entry.users--;
        releaseIfIdle(entry);
      }
    },
    close: () => cache.clear(),
  };
}

function releaseIfIdle(entry: Entry): void {
  if (!entry.evicted || entry.users > 0) return;
  // One that could not be opened has nothing to release.
  entry.model.then(({ session }) => session.release()).catch(() => undefined);
}
