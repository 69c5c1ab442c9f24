import fc from 'fast-check';
import { emptyBlock, type SeriesRecord, updateSeries, walkSeries } from '../../shared/bundle/index.ts';
import type { ObjectStore } from '../../shared/store/index.ts';
import { memoryStore } from './support.ts';

const record = (item: string): SeriesRecord => ({
  item,
  target: { last: 1, width: 1, data: Float64Array.of(1) },
  ...{ past: emptyBlock, known: emptyBlock, statics: {} },
});
const items = (count: number, name = 'item') =>
  Array.from({ length: count }, (_, i) => `${name} ${String(i).padStart(4, '0')}`);
/** Shards so small that they split, and split again. */
const add = (store: ObjectStore, names: readonly string[]) =>
  updateSeries(store, 'power', names.map(record), { context: 1, limits: { records: 3, bytes: 1e6 } });

async function walk(store: ObjectStore, after: string | null = null) {
  const shards: { path: string; names: string[] }[] = [];
  for await (const { path, records } of walkSeries(store, 'power', after))
    shards.push({ path, names: records.map(({ item }) => item) });
  return shards;
}

test('where nothing is stored there is nothing to meet', async () => {
  expect(await walk(memoryStore().store)).toEqual([]);
});

test('one shard is met once, its items in order, and not again', async () => {
  const { store } = memoryStore();
  await add(store, ['b', 'a']);
  expect(await walk(store)).toEqual([{ path: '', names: ['a', 'b'] }]);
  expect(await walk(store, '')).toEqual([]);
});

test('each item is met once, in the order of the paths', async () => {
  const { store } = memoryStore();
  const names = items(300);
  await add(store, names);
  const shards = await walk(store);
  expect(shards.length).toBeGreaterThan(100);
  expect(shards.map(({ path }) => path)).toEqual([...shards.map(({ path }) => path)].sort());
  expect(shards.flatMap((shard) => shard.names).sort()).toEqual(names);
});

test('broken off anywhere, with items added meanwhile, it meets each item of the beginning once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(40), fc.nat(60), fc.nat(200), async (before, meanwhile, cut) => {
      const { store } = memoryStore();
      const names = items(before);
      await add(store, names);
      const all = await walk(store);
      const done = all.slice(0, all.length === 0 ? 0 : cut % (all.length + 1));
      await add(store, items(meanwhile, 'new'));
      const rest = await walk(store, done.at(-1)?.path ?? null);
      const met = [...done, ...rest].flatMap((shard) => shard.names);
      expect(met.filter((name) => name.startsWith('item')).sort()).toEqual(names);
      expect(new Set(met).size).toBe(met.length);
    }),
    { numRuns: 40 },
  );
});

test('what is read ahead and fails is heard of where it is waited for', async () => {
  const { store } = memoryStore();
  await add(store, items(100));
  const [first = { path: '' }, , , fourth] = await walk(store);
  let reads = 0;
  const failing: ObjectStore = {
    ...store,
    get: async (key) => {
      if (++reads === 5) throw new Error('unreachable');
      return store.get(key);
    },
  };
  const met: string[] = [];
  const walking = async () => {
    for await (const { path } of walkSeries(failing, 'power')) met.push(path);
  };
  await expect(walking()).rejects.toThrow('unreachable');
  expect(met[0]).toBe(first.path);
  expect(met).not.toContain(fourth?.path);
});
