import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { folderNames, listPage, type ObjectStore, updateObject } from '../../shared/store/index.ts';

/** A store over nothing, and how to be rid of it. */
export interface Fixture {
  readonly store: ObjectStore;
  readonly close?: () => Promise<void>;
}

const text = (bytes: Uint8Array | undefined) => bytes && Buffer.from(bytes).toString();
const bytes = (content: string) => Buffer.from(content);
const conflict = expect.objectContaining({ code: 'STORE_CONFLICT' });
const badKey = expect.objectContaining({ code: 'STORE_KEY' });

/** What every object store does, whatever it stands on. `open` gives a store over nothing for each test. */
export function describeObjectStore(name: string, open: () => Promise<Fixture>): void {
  describe(`${name} as an object store`, () => {
    let fixture: Fixture;
    let store: ObjectStore;

    beforeEach(async () => {
      fixture = await open();
      store = fixture.store;
    });

    afterEach(async () => fixture.close?.());

    const keysOf = async (prefix: string, after?: string) => {
      const found: string[] = [];
      for await (const { key } of store.list(prefix, after === undefined ? {} : { after })) found.push(key);
      return found;
    };

    test('get and head give null where there is no object', async () => {
      expect(await store.get('a/b')).toBeNull();
      expect(await store.head('a/b')).toBeNull();
      await store.put('a/b', bytes('x'));
      expect(await store.get('a')).toBeNull();
      expect(await store.get('a/b/c')).toBeNull();
    });

    test('get, head and list tell the same etag as put', async () => {
      const etag = await store.put('a/b', bytes('content'));
      const [listed] = (await listPage(store, '', { limit: 10 })).objects;
      expect((await store.get('a/b'))?.etag).toBe(etag);
      expect(await store.head('a/b')).toEqual({ size: 7, etag });
      expect(listed).toEqual({ key: 'a/b', size: 7, etag, modified: expect.any(Date) });
      expect(await store.put('a/b', bytes('changed'))).not.toBe(etag);
    });

    test('content of any bytes comes back as it was, also none and a megabyte', async () => {
      for (const content of [
        Buffer.alloc(0),
        Buffer.from([0, 255, 10, 13, 0, 128]),
        randomBytes(1 << 20).subarray(3),
      ]) {
        await store.put('binary', content);
        const stored = await store.get('binary');
        expect(stored && Buffer.compare(stored.bytes, content)).toBe(0);
      }
    });

    test('put with if-none-match writes only where there is no object', async () => {
      await store.put('once', bytes('first'), { ifNoneMatch: '*' });
      await expect(store.put('once', bytes('second'), { ifNoneMatch: '*' })).rejects.toEqual(conflict);
      expect(text((await store.get('once'))?.bytes)).toBe('first');
      await store.delete('once');
      await store.put('once', bytes('third'), { ifNoneMatch: '*' });
    });

    test('of many conditional creates one wins', async () => {
      const tries = Array.from({ length: 10 }, (_, i) =>
        store.put('leader', bytes(String(i)), { ifNoneMatch: '*' }).then(
          () => [String(i)],
          (error: unknown) => {
            expect(error).toEqual(conflict);
            return [];
          },
        ),
      );
      const winners = (await Promise.all(tries)).flat();
      expect(winners).toEqual([text((await store.get('leader'))?.bytes)]);
    });

    test('put with if-match writes only over the object that was read', async () => {
      const first = await store.put('k', bytes('1'));
      const second = await store.put('k', bytes('2'), { ifMatch: first });
      await expect(store.put('k', bytes('3'), { ifMatch: first })).rejects.toEqual(conflict);
      await expect(store.put('absent', bytes('3'), { ifMatch: first })).rejects.toEqual(conflict);
      expect(await store.head('k')).toEqual({ size: 1, etag: second });
      expect(await store.head('absent')).toBeNull();
    });

    test('of 20 parallel increments by compare-and-swap none is lost', async () => {
      const increment = () =>
        updateObject(store, 'counter', (current) => bytes(String(Number(text(current?.bytes) ?? 0) + 1)), {
          attempts: 100,
        });
      await Promise.all(Array.from({ length: 20 }, increment));
      expect(text((await store.get('counter'))?.bytes)).toBe('20');
    });

    test('an update that changes nothing writes nothing, one that always loses passes the conflict on', async () => {
      expect(await updateObject(store, 'k', () => null)).toBeNull();
      const lost = updateObject(
        store,
        'k',
        async () => {
          await store.put('k', randomBytes(8));
          return bytes('mine');
        },
        { attempts: 2 },
      );
      await expect(lost).rejects.toEqual(conflict);
    });

    test('list tells when an object was written', async () => {
      const modified = async () =>
        (await listPage(store, 'a/b', { limit: 1 })).objects[0]?.modified.getTime();
      const second = 1000; // S3 counts no finer
      const before = Date.now();
      await store.put('a/b', bytes('first'));
      const first = (await modified()) ?? 0;
      expect(first).toBeGreaterThan(before - second);
      expect(first).toBeLessThan(Date.now() + second);
      await sleep(second + 50);
      await store.put('a/b', bytes('second'));
      expect(await modified()).toBeGreaterThan(first);
    });

    test('delete removes an object, and nothing where there is none', async () => {
      await store.put('a/b', bytes('x'));
      await store.delete('a/b');
      await store.delete('a/b');
      await store.delete('never/there');
      expect(await store.get('a/b')).toBeNull();
      expect(await keysOf('')).toEqual([]);
    });

    test('list goes by the bytes of the whole key, and by any prefix', async () => {
      const written = ['b', 'a/c', 'a-b', 'a/b/c', 'a/b-c', 'a0', 'a/é', 'a/z', 'a/😀', 'a/ﬁ', 'A'];
      for (const key of written) await store.put(key, bytes(key));
      const inOrder = [...written].sort((x, y) => Buffer.compare(Buffer.from(x), Buffer.from(y)));
      expect(await keysOf('')).toEqual(inOrder);
      expect(await keysOf('a')).toEqual(inOrder.filter((key) => key.startsWith('a')));
      expect(await keysOf('a/')).toEqual(inOrder.filter((key) => key.startsWith('a/')));
      expect(await keysOf('a/b')).toEqual(['a/b-c', 'a/b/c']);
      expect(await keysOf('nothing/')).toEqual([]);
    });

    test('list goes on behind any key, whether it exists or not', async () => {
      const written = ['a-b', 'a/b/c', 'a/c', 'a0', 'b'];
      for (const key of written) await store.put(key, bytes(key));
      for (const after of [...written, 'a', 'a/', 'a/b/a', 'a/b/d', 'a/bb', 'z']) {
        expect(await keysOf('', after)).toEqual(written.filter((key) => key > after));
      }
    });

    test('list gives no more objects than its limit', async () => {
      const written = Array.from({ length: 120 }, (_, i) => `a/${String(i).padStart(3, '0')}`);
      await Promise.all(written.map((key) => store.put(key, bytes(key))));
      for (const limit of [0, 1, 50, 51, 119, 120, 1000]) {
        const found: string[] = [];
        for await (const { key } of store.list('a/', { limit })) found.push(key);
        expect(found).toEqual(written.slice(0, limit));
      }
    });

    test('folderNames gives each folder once, whatever its neighbours are called', async () => {
      const written = ['r/a-b/x', 'r/a/x', 'r/a/y/z', 'r/a0/x', 'r/a.json', 'r/b/x', 'r/b0', 'r/c', 's/d/x'];
      for (const key of written) await store.put(key, bytes(key));
      const namesOf = async (parent: string, search = {}) => {
        const found: string[] = [];
        for await (const name of folderNames(store, parent, search)) found.push(name);
        return found;
      };
      expect(await namesOf('r/')).toEqual(['a-b', 'a', 'a0', 'b']);
      expect(await namesOf('r/', { prefix: 'a' })).toEqual(['a-b', 'a', 'a0']);
      expect(await namesOf('r/', { after: 'a' })).toEqual(['a0', 'b']);
      expect(await namesOf('nothing/')).toEqual([]);
    });

    test('list and its pages give each of many objects once', async () => {
      const written = Array.from({ length: 230 }, (_, i) => `many/${i % 7}/${String(i).padStart(4, '0')}`);
      await Promise.all(written.map((key) => store.put(key, bytes(key))));
      expect(await keysOf('many/')).toEqual([...written].sort());
      const pages: string[] = [];
      for (let next: string | null = ''; next !== null; ) {
        const page: Awaited<ReturnType<typeof listPage>> = await listPage(store, 'many/', {
          after: next,
          limit: 23,
        });
        pages.push(...page.objects.map(({ key }) => key));
        next = page.next;
      }
      expect(pages).toEqual([...written].sort());
    });

    test('keys may be in any script', async () => {
      for (const key of ['größe/Ünïcödé.csv', '売上/東京 (1).csv', 'emoji/👩‍👩‍👧', "it's, a=b+c@d!~#%.csv"]) {
        await store.put(key, bytes(key));
        expect(text((await store.get(key))?.bytes)).toBe(key);
        expect(await keysOf(key)).toEqual([key]);
      }
    });

    test.each(
      [
        '',
        '/a',
        'a/',
        'a//b',
        '.',
        '..',
        'a/../b',
        '../a',
        'a/.',
        'a\\b',
        'a\u0000b',
        'a:b',
        'a?',
        '\ud800',
        'a/.tidecast-x',
        'x'.repeat(256),
        'é/'.repeat(400).slice(0, -1),
      ].map((key) => [JSON.stringify(key).slice(0, 20), key] as const),
    )('refuses the key %s', async (_, key) => {
      await expect(store.get(key)).rejects.toEqual(badKey);
      await expect(store.head(key)).rejects.toEqual(badKey);
      await expect(store.put(key, bytes('x'))).rejects.toEqual(badKey);
      await expect(store.delete(key)).rejects.toEqual(badKey);
      if (key !== '' && key !== 'a/') await expect(keysOf(key)).rejects.toEqual(badKey);
    });
  });
}
