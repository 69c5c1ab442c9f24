import * as actual from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { self } from '../../shared/store/files/owner.ts';

/** Jest's types do not have it yet. */
const { unstable_mockModule: mockModule } = import.meta.jest as unknown as {
  unstable_mockModule(name: string, make: () => object): void;
};

// Whoever found a lock stale hesitates before removing it: by then it may be another one's live lock.
mockModule('node:fs/promises', () => ({
  ...actual,
  rm: async (...given: Parameters<typeof actual.rm>) => {
    await sleep(Math.random() * 4);
    return actual.rm(...given);
  },
}));
const { withLock } = await import('../../shared/store/files/lock.ts');

test('of many that find the lock of a dead process, one at a time gets it', async () => {
  const root = await actual.mkdtemp(join(tmpdir(), 'tidecast-lock-'));
  try {
    const path = join(root, 'contended');
    let lock = '';
    await withLock(path, 1000, async () => {
      lock = join(root, (await actual.readdir(root)).find((name) => name.endsWith('.lock')) ?? '');
    });
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, ++inside);
      await sleep(1);
      inside--;
    };
    for (let round = 0; round < 10; round++) {
      await actual.writeFile(lock, JSON.stringify({ ...self, pid: 2 ** 30, token: `dead ${round}` }));
      await Promise.all(Array.from({ length: 8 }, () => withLock(path, 10_000, work)));
    }
    expect(most).toBe(1);
    expect(await actual.readdir(root)).toEqual([]);
  } finally {
    await actual.rm(root, { recursive: true });
  }
});
