import { setTimeout as sleep } from 'node:timers/promises';
import { ConflictError, conflict, type ObjectStore, type PutCondition, type StoredObject } from './store.ts';

export interface UpdateOptions {
  /** Tries before the conflict is passed on. */
  readonly attempts?: number;
}

/** What an update makes of an object. */
export type Change = Uint8Array | 'again' | null;

/** How long a loser waits at most before it reads again, in milliseconds. */
const firstWait = 10;
const longestWait = 500;

/**
 * Reads, changes and writes back one object by compare-and-swap, and does so again while others are faster.
 * `change` gets what is there (null: nothing) and gives what shall be there (null: leave it as it is; `again`: what
 * it was given is known to be old by now); it may be called several times. Returns the etag that the object has then; null where there is none.
 *
 * @throws ConflictError when the last attempt is lost as well
 */
export async function updateObject(
  store: ObjectStore,
  key: string,
  change: (current: StoredObject | null) => Change | Promise<Change>,
  { attempts = 30 }: UpdateOptions = {},
): Promise<string | null> {
  for (let attempt = 1; ; attempt++) {
    const current = await store.get(key);
    const bytes = await change(current);
    if (bytes === null) return current?.etag ?? null;
    const condition: PutCondition = current ? { ifMatch: current.etag } : { ifNoneMatch: '*' };
    try {
      if (bytes === 'again') throw conflict(key, condition);
      return await store.put(key, bytes, condition);
    } catch (error) {
      if (!(error instanceof ConflictError) || attempt >= attempts) throw error;
      // Chance decides only when the next attempt is made, never what it writes.
      await sleep(Math.random() * Math.min(longestWait, firstWait * 2 ** attempt));
    }
  }
}
