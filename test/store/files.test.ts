import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { headOf } from '../../shared/store/files/etag.ts';
import { isGone, self } from '../../shared/store/files/owner.ts';
import { fileStore, updateObject } from '../../shared/store/index.ts';
import { describeObjectStore } from './contract.ts';

const worker = join(import.meta.dirname, 'worker.ts');
const folders: string[] = [];
const children: ChildProcess[] = [];

async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'tidecast-store-'));
  folders.push(folder);
  return folder;
}

/** Starts the worker and waits until it has said `word`. */
async function start(root: string, task: string, argument = '', word = 'ready'): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--import', 'tsx', worker, root, task, argument], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const chunk of child.stdout) if (String(chunk).includes(word)) break;
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  expect(child.exitCode).toBeNull();
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
}

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  for (const folder of folders) await rm(folder, { recursive: true, force: true });
});

describeObjectStore('fileStore', async () => ({ store: fileStore(await newFolder()) }));

describe('fileStore', () => {
  test('increments by this process and two others are all counted', async () => {
    const root = await newFolder();
    const others = await Promise.all([start(root, 'increment', '10'), start(root, 'increment', '10')]);
    const ended = others.map((child) => child.exitCode ?? once(child, 'exit'));
    const store = fileStore(root);
    for (let i = 0; i < 10; i++) {
      await updateObject(
        store,
        'counter',
        (current) => Buffer.from(String(Number(Buffer.from(current?.bytes ?? []).toString()) + 1)),
        { attempts: 1000 },
      );
    }
    await Promise.all(ended);
    expect(Buffer.from((await store.get('counter'))?.bytes ?? []).toString()).toBe('30');
    expect(await readdir(root)).toEqual(['counter']);
  }, 60_000);

  test('kill -9 while writing leaves whole objects, free locks and no litter', async () => {
    const root = await newFolder();
    const store = fileStore(root);
    for (let round = 0; round < 5; round++) {
      const pair = await Promise.all([start(root, 'write'), start(root, 'write')]);
      for (const child of pair) {
        await sleep(20 + Math.random() * 150);
        await kill(child);
        for await (const { key, size } of store.list('')) {
          const bytes = (await store.get(key))?.bytes ?? Buffer.alloc(size);
          expect({ key, size: bytes.length }).toEqual({ key, size: 2_000_000 });
          expect(bytes.every((byte) => byte === bytes[0])).toBe(true);
        }
      }
    }
    const next = fileStore(root, { patience: 2000 });
    for (const name of ['overwritten', 'swapped', 'created'])
      await next.put(`torn/${name}`, Buffer.from('x'));
    expect(await readdir(join(root, 'torn'))).toEqual(['created', 'overwritten', 'swapped']);
  }, 120_000);

  test('a lock is not broken while its owner lives, and at once when it is gone', async () => {
    const root = await newFolder();
    const store = fileStore(root, { patience: 200 });
    const holder = await start(root, 'hold', '', 'holding');
    await expect(store.put('held', Buffer.from('x'))).rejects.toMatchObject({ code: 'STORE_BUSY' });
    expect(await store.get('held')).toBeNull();
    await store.put('free', Buffer.from('x'));
    await kill(holder);
    await Promise.all(Array.from({ length: 8 }, () => store.put('held', Buffer.from('x'))));
    expect((await readdir(root)).sort()).toEqual(['free', 'held']);
  }, 30_000);

  test('a process counts as gone only where that is certain', async () => {
    expect(isGone(self)).toBe(false);
    expect(isGone({ ...self, pid: 2 ** 30 })).toBe(true);
    expect(isGone({ ...self, pid: 2 ** 30, place: 'elsewhere' })).toBe(false);
    if (self.start !== 0) expect(isGone({ ...self, start: self.start + 1 })).toBe(true);
  });

  test('an etag that was kept is not used for changed content of the same size', async () => {
    const path = join(await newFolder(), 'a');
    const past = new Date(Date.now() - 60_000);
    await writeFile(path, 'one');
    await utimes(path, past, past);
    const first = await headOf(path);
    await sleep(2100);
    expect(await headOf(path)).toEqual(first);
    expect(await headOf(path)).toEqual(first);
    await writeFile(path, 'two');
    await utimes(path, past, past);
    expect((await headOf(path))?.etag).not.toBe(first?.etag);
  });

  test('files put there by hand are objects, links to files too; links to folders are not followed', async () => {
    const root = await newFolder();
    await writeFile(join(root, 'real.csv'), 'a,b');
    await symlink(join(root, 'real.csv'), join(root, 'link.csv'));
    await symlink(root, join(root, 'loop'));
    const found = [];
    for await (const { key } of fileStore(root).list('')) found.push(key);
    expect(found).toEqual(['link.csv', 'real.csv']);
  });

  test('a key that is the folder of another is refused', async () => {
    const store = fileStore(await newFolder());
    await store.put('a/b', Buffer.from('x'));
    await expect(store.put('a', Buffer.from('x'))).rejects.toMatchObject({ code: 'STORE_KEY' });
    await expect(store.put('a/b/c', Buffer.from('x'))).rejects.toMatchObject({ code: 'STORE_KEY' });
  });
});
