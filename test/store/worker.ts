import { setTimeout as sleep } from 'node:timers/promises';
import { withLock } from '../../shared/store/files/lock.ts';
import { ConflictError, fileStore, updateObject } from '../../shared/store/index.ts';

/** What the file store's tests do in other processes: `node --import tsx worker.ts ROOT increment 10`. */
const [root = '', task = '', argument = ''] = process.argv.slice(2);
const store = fileStore(root);

function ignoreConflict(error: unknown): void {
  if (!(error instanceof ConflictError)) throw error;
}

const tasks: Record<string, () => Promise<void>> = {
  /** Adds one to a counter, so many times. */
  async increment() {
    for (let i = 0; i < Number(argument); i++) {
      await updateObject(
        store,
        'counter',
        (current) => Buffer.from(String(Number(Buffer.from(current?.bytes ?? []).toString()) + 1)),
        { attempts: 1000 },
      );
    }
  },
  /** Writes large objects without end, each full of one byte, in every way there is. */
  async write() {
    for (let i = 0; ; i = (i + 1) % 256) {
      const content = Buffer.alloc(2_000_000, i);
      await store.put('torn/overwritten', content);
      await updateObject(store, 'torn/swapped', () => content);
      // Another worker may have been faster.
      await store.put('torn/created', content, { ifNoneMatch: '*' }).catch(ignoreConflict);
      await store.delete('torn/created');
    }
  },
  /** Takes an object's lock and keeps it. */
  async hold() {
    await withLock(`${root}/held`, 1000, async () => {
      process.stdout.write('holding\n');
      await sleep(60_000);
    });
  },
};

process.stdout.write('ready\n');
await tasks[task]?.();
