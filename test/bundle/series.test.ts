import fc from 'fast-check';
import {
  type Block,
  emptyBlock,
  readSeries,
  type SeriesRecord,
  searchItems,
  stepsOf,
  updateSeries,
} from '../../shared/bundle/index.ts';
import { decodeShard, encodeShard } from '../../shared/bundle/series/encoding.ts';
import { mergeRecords } from '../../shared/bundle/series/record.ts';
import { keys, type ObjectStore } from '../../shared/store/index.ts';
import { memoryStore } from './support.ts';

/** Periods first..last of a series whose value at any period and column is known. */
function block(
  first: number,
  last: number,
  width: number,
  valueAt = (period: number, c: number) => period + c / 10,
) {
  const data = Float64Array.from({ length: (last - first + 1) * width }, (_, i) =>
    valueAt(first + Math.floor(i / width), i % width),
  );
  return { last, width, data };
}

const record = (item: string, target: Block, rest: Partial<SeriesRecord> = {}): SeriesRecord => ({
  item,
  target,
  past: emptyBlock,
  known: emptyBlock,
  statics: {},
  ...rest,
});

const many = (count: number, last = 10) =>
  Array.from({ length: count }, (_, i) => record(`item ${String(i).padStart(5, '0')}`, block(1, last, 1)));

/** Shards so small that they split. */
const small = { context: 8, limits: { records: 4, bytes: 1e6 } };

describe('a shard', () => {
  test('is read as it was written: any names and numbers, missing ones, negative periods', () => {
    const records = [
      record('größe 😀', { last: -3, width: 2, data: Float64Array.of(Number.NaN, -0, 1e308, 5e-324) }),
      record('a', block(2 ** 40, 2 ** 40 + 5, 3), {
        past: block(5, 6, 1),
        known: block(5, 9, 2),
        statics: { region: 'north', area: 1.5, missing: null },
      }),
    ];
    const shard = {
      kind: 'records',
      records: new Map(records.map((entry) => [entry.item, entry])),
    } as const;
    const bytes = encodeShard(shard);
    expect(decodeShard(bytes, 'k')).toEqual(shard);
    const reversed = new Map([...shard.records].reverse());
    expect(Buffer.compare(encodeShard({ kind: 'records', records: reversed }), bytes)).toBe(0);
    const split = { kind: 'split', name: 'abc', digits: 3 } as const;
    expect(decodeShard(encodeShard(split), 'k')).toEqual(split);
  });

  test('with any byte flipped, or cut off, is refused', () => {
    const bytes = encodeShard({ kind: 'records', records: new Map([['a', record('a', block(1, 4, 1))]]) });
    for (let at = 0; at < bytes.length; at++) {
      const flipped = new Uint8Array(bytes);
      flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
      expect(() => decodeShard(flipped, 'k')).toThrow('k must be whole and unchanged');
      expect(() => decodeShard(bytes.subarray(0, at), 'k')).toThrow('k must be whole and unchanged');
    }
  });
});

describe('merging observations', () => {
  const target = (existing: Block | null, incoming: Block, context = 100) => {
    const { target: merged } = mergeRecords(
      existing ? record('a', existing) : undefined,
      record('a', incoming),
      context,
    );
    return [merged.last, ...merged.data];
  };
  const constant = (value: number) => () => value;

  test('adds newer ones, keeps newer ones, and replaces those of the same period', () => {
    const old = block(1, 3, 1, constant(0));
    expect(target(old, block(3, 4, 1, constant(1)))).toEqual([4, 0, 0, 1, 1]);
    expect(target(old, block(2, 2, 1, constant(1)))).toEqual([3, 0, 1, 0]);
    expect(target(old, block(-1, 1, 1, constant(1)))).toEqual([3, 1, 1, 1, 0, 0]);
    expect(target(old, block(6, 6, 1, constant(1)))).toEqual([6, 0, 0, 0, Number.NaN, Number.NaN, 1]);
  });

  test('keeps the newest periods of the context, and the future of known covariates', () => {
    expect(target(null, block(1, 9, 1), 2)).toEqual([9, 8, 9]);
    expect(target(block(1, 3, 1), block(100, 100, 1), 2)).toEqual([100, 100]);
    const merged = mergeRecords(
      record('a', block(1, 3, 1), { known: block(1, 9, 1) }),
      record('a', block(4, 4, 1), { known: block(4, 5, 1, constant(-1)) }),
      2,
    );
    expect([...merged.known.data]).toEqual([3, -1, -1, 6, 7, 8, 9]);
  });

  test('takes the incoming record alone where its columns are others', () => {
    const merged = mergeRecords(record('a', block(1, 9, 1)), record('a', block(1, 3, 2)), 100);
    expect(merged.target).toEqual(block(1, 3, 2));
  });

  test('gives the same for any order in which parts of a series arrive', () => {
    const slice = fc.record({
      first: fc.integer({ min: -30, max: 30 }),
      steps: fc.integer({ min: 1, max: 20 }),
    });
    const parts = fc.array(slice, { minLength: 2, maxLength: 8 });
    const property = fc.property(
      parts.chain((list) =>
        fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })),
      ),
      fc.integer({ min: 1, max: 40 }),
      ([list, shuffled], context) => {
        const merge = (order: typeof list) =>
          order.reduce<SeriesRecord | undefined>((sum, { first, steps }) => {
            const last = first + steps - 1;
            const rest = { past: block(first, last, 1), known: block(first, last + 3, 2) };
            return mergeRecords(sum, record('a', block(first, last, 2), rest), context);
          }, undefined);
        expect(merge(shuffled)).toEqual(merge(list));
      },
    );
    fc.assert(property, { seed: 1, numRuns: 500 });
  });
});

describe('updateSeries and readSeries', () => {
  const lastOf = async (store: ObjectStore, items: readonly string[]) =>
    [...(await readSeries(store, 'd', items)).values()]
      .map(({ target }) => target.last)
      .sort((a, b) => a - b);

  test('store the newest context of items, and give only those that are stored', async () => {
    const { store } = memoryStore();
    expect(await readSeries(store, 'd', ['a'])).toEqual(new Map());
    await updateSeries(store, 'd', [record('a', block(1, 20, 2)), record('b', block(1, 3, 2))], {
      context: 5,
    });
    expect(await readSeries(store, 'd', ['a', 'none'])).toEqual(
      new Map([['a', record('a', block(16, 20, 2))]]),
    );
    expect((await searchItems(store, 'd')).items).toEqual(['a', 'b']);
  });

  test('split shards as items grow in number, losing none', async () => {
    const { store, objects } = memoryStore();
    const all = many(150);
    for (const size of [3, 20, 150]) await updateSeries(store, 'd', all.slice(0, size), small);
    const found = await readSeries(
      store,
      'd',
      all.map(({ item }) => item),
    );
    expect(found.size).toBe(150);
    for (const { target } of found.values()) expect(stepsOf(target)).toBe(8);
    for (const [key, bytes] of objects) {
      const shard = key.includes('/index/') ? null : decodeShard(bytes, key);
      if (shard?.kind === 'records') expect(shard.records.size).toBeLessThanOrEqual(4);
    }
  });

  test('split shards of few large items', async () => {
    const { store, objects } = memoryStore();
    const limits = { records: 512, bytes: 2000 };
    await updateSeries(store, 'd', many(10, 100), { context: 100, limits });
    expect(
      await lastOf(
        store,
        many(10).map(({ item }) => item),
      ),
    ).toEqual(Array(10).fill(100));
    expect([...objects.keys()].filter((key) => !key.includes('/index/')).length).toBeGreaterThan(4);
  });

  test('read only the shards that are needed', async () => {
    const { store } = memoryStore();
    await updateSeries(store, 'd', many(150), small);
    let reads = 0;
    const counting: ObjectStore = {
      ...store,
      get: (key) => {
        reads++;
        return store.get(key);
      },
    };
    await readSeries(counting, 'd', ['item 00007']);
    expect(reads).toBeLessThanOrEqual(3);
  });

  test('keep what each of many parallel writers brings, while shards and pages split', async () => {
    const { store, objects } = memoryStore();
    const writers = Array.from({ length: 8 }, (_, k) =>
      many(60).map(({ item }, i) => record(i % 2 ? `${item} of ${k}` : item, block(k + 1, k + 1, 1))),
    );
    await Promise.all(writers.map((records) => updateSeries(store, 'd', records, small)));
    const items = [...new Set(writers.flat().map(({ item }) => item))].sort();
    const found = await readSeries(store, 'd', items);
    expect([...found.keys()].sort()).toEqual(items);
    for (const [item, { target }] of found) {
      if (!item.includes('of')) expect([...target.data]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    }
    expect((await searchItems(store, 'd', { limit: 1000 })).items).toEqual(items);
    const pages = [...objects.keys()].filter((key) => key.includes('/index/'));
    expect(pages).toHaveLength(2);
  }, 60_000);

  test('refuse a record that is not whole, and a damaged shard', async () => {
    const { store, objects } = memoryStore();
    const seriesError = expect.objectContaining({ code: 'SERIES' });
    for (const bad of [
      record('', block(1, 2, 1)),
      record('a', { last: 1.5, width: 1, data: new Float64Array(1) }),
      record('a', { last: 1, width: 2, data: new Float64Array(3) }),
      record('a', emptyBlock),
    ]) {
      await expect(updateSeries(store, 'd', [bad], small)).rejects.toEqual(seriesError);
    }
    await updateSeries(store, 'd', many(1), small);
    objects.set(keys.shard('d', 'root'), Buffer.from('damaged'));
    await expect(readSeries(store, 'd', ['a'])).rejects.toEqual(seriesError);
    await expect(updateSeries(store, 'd', many(1), small)).rejects.toEqual(seriesError);
  });
});

describe('searchItems', () => {
  test('finds items by prefix, page by page, across the pages of the index', async () => {
    const { store, objects } = memoryStore();
    const all = many(2500);
    const others = ['Zebra', 'item', 'item 00999 b', 'jtem', 'éclair', '😀'];
    await updateSeries(store, 'd', all.slice(500), { context: 1 });
    await updateSeries(
      store,
      'd',
      [...all.slice(0, 700), ...others.map((item) => record(item, block(1, 1, 1)))],
      { context: 1 },
    );
    const names = [...all.map(({ item }) => item), ...others].sort();
    expect([...objects.keys()].filter((key) => key.includes('/index/')).length).toBeGreaterThan(4);
    for (const prefix of ['', 'item', 'item 009', 'item 00999', 'j', 'é', '😀', 'nothing', 'A', 'zz']) {
      const found: string[] = [];
      for (let after: string | null = ''; after !== null; ) {
        const page: Awaited<ReturnType<typeof searchItems>> = await searchItems(store, 'd', {
          prefix,
          after,
          limit: 333,
        });
        found.push(...page.items);
        after = page.next;
      }
      expect(found).toEqual(names.filter((name) => name.startsWith(prefix)));
    }
    expect(await searchItems(store, 'other')).toEqual({ items: [], next: null });
  });
});
