import { promote, readCurrent, writeBundle } from '../../shared/bundle/index.ts';
import { exportForecaster } from '../../shared/model/index.ts';
import type { Champions, ChampionsOptions, OpenModel } from '../../shared/serve/index.ts';
import { createChampions, openModel } from '../../shared/serve/index.ts';
import { keys, type ObjectStore } from '../../shared/store/index.ts';
import { memoryStore, parts } from '../bundle/support.ts';
import { movedParameters, tinySettings } from '../support/forecaster.ts';

/** Versions of real forecasters, told apart by their seeds. */
const settings = tinySettings();
let graph: Uint8Array;

beforeAll(async () => {
  graph = await exportForecaster([{ settings, parameters: movedParameters(settings) }], [1, 1, 1], {});
});

async function write(store: ObjectStore, dataset: string, seed: number): Promise<string> {
  const { description } = parts(seed);
  return writeBundle(store, keys.models(dataset), {
    forecaster: graph,
    description: {
      ...description,
      dataset,
      horizon: settings.horizon,
      context: settings.context,
      ...{ covariates: { known: [], past: [], static: [] }, features: [] },
    },
  });
}

async function move(store: ObjectStore, dataset: string, version: string): Promise<void> {
  await promote(store, dataset, { version, reason: 'test', from: await readCurrent(store, dataset) });
}

/** A door that is opened from outside. */
function gate() {
  let open = () => {};
  const passed = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { passed, open: () => open() };
}

/** Champions with a clock of their own, and a list of the sessions opened and released. */
function watched(store: ObjectStore, options: ChampionsOptions = {}) {
  const clock = { time: 1_000_000 };
  const events: string[] = [];
  const champions = createChampions(store, {
    refresh: 5000,
    now: () => clock.time,
    open: async (...asked) => {
      events.push(`open ${asked[2]}`);
      const model = await openModel(...asked);
      const release = async () => {
        events.push(`release ${asked[2]}`);
        await model.session.release();
      };
      return { ...model, session: { ...model.session, release } };
    },
    ...options,
  });
  return { champions, clock, events };
}

const served = (champions: Champions, dataset = 'power') =>
  champions.use(dataset, async ({ version }) => version);
const settle = () => new Promise((resolve) => setTimeout(resolve, 20));

test('there is no champion before the first promotion, and it is found when it is time to look again', async () => {
  const { store } = memoryStore();
  const { champions, clock } = watched(store);
  expect(await served(champions)).toBeNull();
  const version = await write(store, 'power', 1);
  expect(await served(champions)).toBeNull();
  await move(store, 'power', version);
  clock.time += 4999;
  expect(await served(champions)).toBeNull();
  clock.time += 1;
  expect(await served(champions)).toBe(version);
});

test('promotions and rollbacks are followed; a version that was open before is not opened again', async () => {
  const { store } = memoryStore();
  const { champions, clock, events } = watched(store);
  const [one, two] = [await write(store, 'power', 1), await write(store, 'power', 2)];
  for (const version of [one, two, one]) {
    await move(store, 'power', version);
    clock.time += 5000;
    expect(await served(champions)).toBe(version);
  }
  await store.delete(keys.current('power'));
  expect(await served(champions)).toBe(one);
  clock.time += 5000;
  expect(await served(champions)).toBeNull();
  expect(events).toEqual([`open ${one}`, `open ${two}`]);
});

test('current.json is read once for each interval, however many requests there are', async () => {
  const { store } = memoryStore();
  let reads = 0;
  const counting: ObjectStore = {
    ...store,
    get: (key) => {
      if (key === keys.current('power')) reads++;
      return store.get(key);
    },
  };
  const { champions, clock } = watched(counting);
  await move(store, 'power', await write(store, 'power', 1));
  for (let interval = 1; interval <= 3; interval++) {
    await Promise.all(Array.from({ length: 5 }, () => served(champions)));
    await served(champions);
    expect(reads).toBe(interval);
    clock.time += 5000;
  }
});

test('it is told since when a version serves, where that was noted', async () => {
  const { store } = memoryStore();
  const { champions, clock } = watched(store);
  const since = () => champions.use('power', async (_, lent) => lent.since);
  await move(store, 'power', await write(store, 'power', 1));
  expect(await since()).toBeNull();
  const version = await write(store, 'power', 2);
  const from = await readCurrent(store, 'power');
  await promote(store, 'power', { version, reason: 'test', at: '2024-05-01T12:00:00Z', from });
  clock.time += 5000;
  expect(await since()).toBe('2024-05-01T12:00:00Z');
});

test('two requests at once open one session', async () => {
  const { store } = memoryStore();
  const { champions, events } = watched(store);
  const version = await write(store, 'power', 1);
  await move(store, 'power', version);
  const cached = await Promise.all([1, 2].map(() => champions.use('power', async (_, lent) => lent.cached)));
  expect(cached).toEqual([false, true]);
  expect(events).toEqual([`open ${version}`]);
});

test('while a newer version is being opened the one before serves, and only the one that noticed waits', async () => {
  const { store } = memoryStore();
  const door = gate();
  const [one, two] = [await write(store, 'power', 1), await write(store, 'power', 2)];
  const { champions, clock } = watched(store, {
    open: async (...asked) => {
      if (asked[2] === two) await door.passed;
      return openModel(...asked);
    },
  });
  await move(store, 'power', one);
  await served(champions);
  await move(store, 'power', two);
  clock.time += 5000;
  const noticing = served(champions);
  await settle();
  expect(await served(champions)).toBe(one);
  door.open();
  expect(await noticing).toBe(two);
  expect(await served(champions)).toBe(two);
});

test('where it need not wait, nobody does', async () => {
  const { store } = memoryStore();
  const { champions, clock } = watched(store, { wait: false });
  const [one, two] = [await write(store, 'power', 1), await write(store, 'power', 2)];
  await move(store, 'power', one);
  await served(champions);
  await move(store, 'power', two);
  clock.time += 5000;
  expect(await served(champions)).toBe(one);
  while ((await served(champions)) === one) await settle();
  expect(await served(champions)).toBe(two);
});

test('a version whose files are not whole is never served, nor one whose graph does not run', async () => {
  const { store, objects } = memoryStore();
  const errors: unknown[] = [];
  const { champions, clock } = watched(store, { onError: (error) => errors.push(error) });
  const [one, two] = [await write(store, 'power', 1), await write(store, 'power', 2)];
  await move(store, 'power', one);
  await served(champions);

  const key = keys.modelFile('power', two, 'forecaster.onnx');
  const whole = objects.get(key) ?? new Uint8Array();
  objects.set(key, whole.slice(0, -1));
  await move(store, 'power', two);
  clock.time += 5000;
  expect(await served(champions)).toBe(one);
  expect(errors).toEqual([expect.objectContaining({ code: 'BUNDLE' })]);

  objects.set(key, whole);
  clock.time += 5000;
  expect(await served(champions)).toBe(two);

  const wrong = await writeBundle(store, keys.models('power'), {
    forecaster: graph,
    description: {
      ...parts(3).description,
      dataset: 'power',
      channels: ['a', 'b'],
      context: settings.context,
    },
  });
  await move(store, 'power', wrong);
  clock.time += 5000;
  expect(await served(champions)).toBe(two);
  expect(errors).toHaveLength(2);
});

test('a store that fails changes nothing for a version that serves, and is an error before there is one', async () => {
  const { store } = memoryStore();
  let broken = true;
  const failing: ObjectStore = {
    ...store,
    get: (key) => (broken ? Promise.reject(new Error('no network')) : store.get(key)),
  };
  const errors: unknown[] = [];
  const { champions, clock } = watched(failing, { onError: (error) => errors.push(error) });
  const version = await write(store, 'power', 1);
  await move(store, 'power', version);
  await expect(served(champions)).rejects.toThrow('no network');
  broken = false;
  expect(await served(champions)).toBe(version);
  broken = true;
  clock.time += 5000;
  expect(await served(champions)).toBe(version);
  expect(errors).toEqual([new Error('no network')]);
});

test('a first version that cannot be opened is an error, and is tried again', async () => {
  const { store, objects } = memoryStore();
  const { champions, events } = watched(store);
  const version = await write(store, 'power', 1);
  await move(store, 'power', version);
  const key = keys.modelFile('power', version, 'forecaster.onnx');
  const whole = objects.get(key) ?? new Uint8Array();
  objects.delete(key);
  await expect(served(champions)).rejects.toMatchObject({ code: 'BUNDLE' });
  objects.set(key, whole);
  expect(await served(champions)).toBe(version);
  expect(events).toEqual([`open ${version}`, `open ${version}`]);
});

test('the least recently used session makes room, and is released when its work is done', async () => {
  const { store } = memoryStore();
  const { champions, events } = watched(store, { most: 2 });
  const versions: string[] = [];
  for (const [i, dataset] of ['a', 'b', 'c'].entries()) {
    versions.push(await write(store, dataset, i));
    await move(store, dataset, versions.at(-1) ?? '');
  }
  const [a, b, c] = versions;
  const door = gate();
  const working = champions.use('a', async (model: OpenModel) => {
    await door.passed;
    await model.session.run({
      history: {
        dtype: 'float64',
        shape: [1, settings.context, 1],
        data: new Float64Array(settings.context),
      },
      start: { dtype: 'int64', shape: [1], data: new BigInt64Array(1) },
    });
    return model.version;
  });
  await served(champions, 'b');
  await served(champions, 'c');
  await settle();
  expect(events).toEqual([`open ${a}`, `open ${b}`, `open ${c}`]);
  door.open();
  expect(await working).toBe(a);
  await settle();
  expect(events.slice(3)).toEqual([`release ${a}`]);
  await served(champions, 'b');
  await served(champions, 'a');
  await settle();
  expect(events.slice(4)).toEqual([`open ${a}`, `release ${c}`]);
  champions.close();
  await settle();
  expect(events.slice(6).sort()).toEqual([`release ${a}`, `release ${b}`].sort());
});

test('a session that is evicted while it is being opened is lent and then released', async () => {
  const { store } = memoryStore();
  const { champions, events } = watched(store, { most: 1 });
  for (const [i, dataset] of ['a', 'b'].entries()) {
    await move(store, dataset, await write(store, dataset, i));
  }
  const found = await Promise.all([
    champions.use('a', async ({ session }) => session.outputs.length),
    champions.use('b', async ({ session }) => session.outputs.length),
  ]);
  expect(found).toEqual([2, 2]);
  await settle();
  expect(events.filter((event) => event.startsWith('release'))).toHaveLength(1);
});
