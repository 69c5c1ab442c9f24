import { createHash, randomUUID } from 'node:crypto';
import { link, readFile, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TidecastError } from '../../errors/index.ts';
import { reserved } from '../key.ts';
import { isGone, type Owner, self } from './owner.ts';
import { writeTemporary } from './temporary.ts';

/** A lock that its owner does not give back. */
export class BusyError extends TidecastError {
  readonly code = 'STORE_BUSY';
}

/** What a lock file holds. The token is new for every time that a lock is taken. */
interface Holder extends Owner {
  readonly token: string;
}

const longestPause = 20; // milliseconds

/**
 * Does `work` while no other process or thread does the same for `path`. Waits for at most `patience` milliseconds.
 *
 * The lock is a file that appears complete, by a hard link, which only one can make. One whose owner is gone is
 * removed under a second lock, named after the first one's token: whoever holds that and still finds the token
 * in place is the only one who may remove it, so a lock that was taken meanwhile is never removed in its stead.
 * The second lock is a lock like any other, so its owner may die as well.
 *
 * @throws BusyError
 */
export async function withLock<T>(path: string, patience: number, work: () => Promise<T>): Promise<T> {
  const release = await acquire(lockPath(dirname(path), `object ${basename(path)}`), Date.now() + patience);
  try {
    return await work();
  } finally {
    await release();
  }
}

function lockPath(folder: string, subject: string): string {
  const name = createHash('sha256').update(subject).digest('hex').slice(0, 32);
  return join(folder, `${reserved}${name}.lock`);
}

async function acquire(lock: string, deadline: number): Promise<() => Promise<void>> {
  const mine: Holder = { ...self, token: randomUUID() };
  const claim = await writeTemporary(dirname(lock), Buffer.from(JSON.stringify(mine)), false);
  try {
    while (!(await take(claim, lock))) {
      const holder = await holderOf(lock);
      if (holder && isGone(holder)) await removeStale(lock, holder, deadline);
      else if (Date.now() > deadline) throw busy(lock, holder);
      else await sleep(Math.random() * longestPause);
    }
  } finally {
    await rm(claim, { force: true });
  }
  return () => rm(lock, { force: true });
}

async function take(claim: string, lock: string): Promise<boolean> {
  try {
    await link(claim, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function removeStale(lock: string, { token }: Holder, deadline: number): Promise<void> {
  const release = await acquire(lockPath(dirname(lock), `stale ${token}`), deadline);
  try {
    if ((await holderOf(lock))?.token === token) await rm(lock);
  } finally {
    await release();
  }
}

/** Who holds the lock; null where it is free by now, or was damaged (then nobody can tell, and nobody breaks it). */
async function holderOf(lock: string): Promise<Holder | null> {
  try {
    return JSON.parse(await readFile(lock, 'utf8')) as Holder;
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

const busy = (lock: string, holder: Holder | null) =>
  new BusyError({
    rule: 'a lock must be given back in time',
    received: `${lock}, still held by process ${holder?.pid ?? 'unknown'}${
      holder && holder.place !== self.place
        ? ' (on another machine, in another container or before a restart)'
        : ''
    }`,
    remedy: 'wait for that process; where it is gone for certain, delete the file',
  });
