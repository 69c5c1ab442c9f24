import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileStore } from '../../shared/store/index.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('stream');
const size = 1 << 20;
const piece = (i: number) => Buffer.alloc(size, i);

/** What lies in a folder, by name and size. */
const inside = (path: string) =>
  readdirSync(path).map((name) => ({ name, size: statSync(join(path, name)).size }));

/** Pieces that fail when they have all been given. */
async function* failing(count: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < count; i++) yield piece(i);
  throw new Error('the line is broken');
}

test('pieces are in a temporary file before the next are asked for, and appear as one object', async () => {
  const root = folder.root();
  const store = fileStore(root);
  const seen: number[] = [];
  async function* pieces() {
    for (let i = 0; i < 5; i++) {
      expect(await store.get('a/large')).toBeNull();
      seen.push(...inside(join(root, 'a')).map((file) => file.size / size));
      yield piece(i);
    }
  }
  const etag = await store.putStream('a/large', pieces());
  expect(seen).toEqual([0, 1, 2, 3, 4]);
  expect(inside(join(root, 'a'))).toEqual([{ name: 'large', size: 5 * size }]);
  const whole = Buffer.concat([0, 1, 2, 3, 4].map(piece));
  expect(await store.head('a/large')).toMatchObject({ etag });
  expect(await store.put('a/same', whole)).toBe(etag);
  expect(Buffer.compare(whole, (await store.get('a/large'))?.bytes ?? Buffer.alloc(0))).toBe(0);
});

test('where the pieces break off, what was there stays, and nothing is left of them', async () => {
  const root = folder.root();
  const store = fileStore(root);
  await store.put('a/large', Buffer.from('before'));
  await expect(store.putStream('a/large', failing(3))).rejects.toThrow('the line is broken');
  await expect(store.putStream('a/other', failing(0))).rejects.toThrow('the line is broken');
  expect(inside(join(root, 'a'))).toEqual([{ name: 'large', size: 6 }]);
});

test('conditions hold for pieces as for a whole object', async () => {
  const root = folder.root();
  const store = fileStore(root);
  async function* one() {
    yield Buffer.from('new');
  }
  const etag = await store.put('a', Buffer.from('old'));
  for (const condition of [{ ifNoneMatch: '*' }, { ifMatch: 'another' }] as const) {
    await expect(store.putStream('a', one(), condition)).rejects.toMatchObject({ code: 'STORE_CONFLICT' });
  }
  expect(inside(root)).toEqual([{ name: 'a', size: 3 }]);
  const next = await store.putStream('a', one(), { ifMatch: etag });
  expect(await store.head('a')).toEqual({ size: 3, etag: next });
  expect(await store.putStream('b', one(), { ifNoneMatch: '*' })).toBe(next);
});

test('an object is copied over another without being read as a whole, and what is not there is not', async () => {
  const store = fileStore(folder.root());
  const etag = await store.put('a/from', Buffer.alloc(3 * size, 1));
  await store.put('b/to', Buffer.from('before'));
  expect(await store.copy('a/from', 'b/to')).toBe(true);
  expect(await store.head('b/to')).toEqual({ size: 3 * size, etag });
  expect(await store.head('a/from')).toEqual({ size: 3 * size, etag });
  for (const absent of ['a', 'c', 'a/from/c']) expect(await store.copy(absent, 'b/to')).toBe(false);
  expect(await store.head('b/to')).toMatchObject({ etag });
  await expect(store.copy('a/from', 'b/../to')).rejects.toMatchObject({ code: 'STORE_KEY' });
});
