import { everybody, manageApi } from '../../shared/api/index.ts';
import { emptyBlock, updateSeries } from '../../shared/bundle/index.ts';
import { keys, type ObjectStore } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { seasonal } from '../support/forecaster.ts';
import { ask, type Body, forecasting, observe, publish } from './support.ts';

/** A tiny forecaster: 3 steps, context 40, hours at a quarter past; trained until period 480,000. */
const { store } = memoryStore();
const reads: string[] = [];
const counting: ObjectStore = {
  ...store,
  get: (key) => {
    reads.push(key);
    return store.get(key);
  },
};
const app = forecasting(store);
const permitUpload = async () => ({ url: '', headers: {} });
const manage = manageApi({ store: counting, authenticate: everybody, permitUpload });
const get = (path: string) => ask(manage, 'GET', `/v1/models/${path}`);
const backtest = (query: string, model = 'power') =>
  ask(app, 'GET', `/v1/models/${model}/items/backtest?${query}`);
const hour = 3_600_000;
const timestamp = (period: number) => `${new Date(period * hour + hour / 4).toISOString().slice(0, 19)}Z`;

/** Names that must be encoded in one place or another. */
const strange = 'a/b?c=d&e#f%20 größe 😀';
const last = 480_003;
let values: readonly number[] = [];

beforeAll(async () => {
  await publish(store, 'power');
  values = await observe(store, 'power', strange, { last });
  await publish(store, 'wide', {
    channels: ['a', 'b'],
    joint: true,
    ...{ known: ['price'], past: ['wind'] },
    statics: [{ name: 'size', kind: 'number', mean: 1, deviation: 1 }],
  });
  const block = (length: number, width: number, end: number) => ({
    ...{ last: end, width },
    data: Float64Array.from(seasonal(length * width, width)),
  });
  const record = {
    ...{ item: 'x', target: block(12, 2, last), past: block(10, 1, last), known: block(17, 1, last + 5) },
    statics: { size: 2, owner: 'me' },
  };
  record.target.data[3] = Number.NaN;
  await updateSeries(store, 'wide', [record], { context: 49 });
});

describe('the list of items', () => {
  const all = Array.from({ length: 5000 }, (_, i) => `item ${String(i).padStart(4, '0')}`);

  beforeAll(async () => {
    await publish(store, 'many');
    const nothing = { past: emptyBlock, known: emptyBlock, statics: {} };
    const target = { last, width: 1, data: Float64Array.of(1) };
    await updateSeries(
      store,
      'many',
      all.map((item) => ({ item, target, ...nothing })),
      { context: 1 },
    );
  });

  async function walk(query: string): Promise<string[]> {
    const found: string[] = [];
    for (let next: string | null = ''; next !== null; ) {
      const page: Body = (await get(`many/items?${query}&after=${encodeURIComponent(next)}`)).body;
      found.push(...(page.items as string[]));
      next = page.next as string | null;
    }
    return found;
  }

  test('is walked page by page, each name once, in order', async () => {
    expect(await walk('limit=700')).toEqual(all);
  });

  test('is cut to a prefix', async () => {
    expect(await walk('prefix=item%2012&limit=30')).toEqual(all.slice(1200, 1300));
    expect((await get('many/items?prefix=nothing')).body).toEqual({ items: [], next: null });
  });

  test('reads the index and the pages that it needs, whatever the number of items', async () => {
    reads.length = 0;
    const { body } = await get('many/items?prefix=item%203&limit=10');
    expect(body.items).toEqual(all.slice(3000, 3010));
    const inSeries = reads.filter((key) => key.startsWith(keys.series('many')));
    expect(inSeries.length).toBeLessThanOrEqual(3);
    expect(inSeries.every((key) => key.includes('/index/'))).toBe(true);
  });

  test('has names of any letters, and a tag that stays', async () => {
    const first = await get('power/items');
    expect(first.body).toEqual({ items: [strange], next: null });
    const headers = { 'if-none-match': first.headers.get('etag') ?? '' };
    expect((await ask(manage, 'GET', '/v1/models/power/items', { headers })).status).toBe(304);
  });
});

describe('the history of an item', () => {
  test('has its observations by time, whatever its name', async () => {
    const { status, body } = await get(`power/items/history?item=${encodeURIComponent(strange)}`);
    expect(status).toBe(200);
    expect(body).toEqual({
      ...{ model: 'power', item: strange, frequency: '1h', start: timestamp(last - 19) },
      timestamps: values.map((_, i) => timestamp(last - 19 + i)),
      ...{ target: { target: values }, known: {}, past: {}, static: {} },
    });
  });

  test('has channels, covariates and statics by name, null where missing, and what is known ahead', async () => {
    const { body } = await get('wide/items/history?item=x');
    const [targets, price, wind] = [seasonal(24, 2), seasonal(17, 1), seasonal(10, 1)];
    expect(body.timestamps).toEqual(Array.from({ length: 15 }, (_, i) => timestamp(last - 11 + i)));
    const second = targets.filter((_, i) => i % 2 === 1);
    expect(body.target).toEqual({
      a: targets.filter((_, i) => i % 2 === 0),
      b: second.with(1, null as never),
    });
    expect(body.known).toEqual({ price: price.slice(0, 15) });
    expect(body.past).toEqual({ wind: [null, null, ...wind] });
    expect(body.static).toEqual({ size: 2, owner: 'me' });
  });

  test('is cut to its newest observations, with the covariates that are known ahead', async () => {
    const whole = (await get('wide/items/history?item=x')).body;
    const { body } = await get('wide/items/history?item=x&last=2');
    expect(body.start).toBe(timestamp(last - 1));
    expect(body.timestamps).toEqual(whole.timestamps.slice(-5));
    expect(body.target).toEqual({ a: whole.target.a.slice(-2), b: whole.target.b.slice(-2) });
    expect(body.known).toEqual({ price: whole.known.price.slice(-5) });
    expect(body.past).toEqual({ wind: whole.past.wind.slice(-2) });
    expect((await get('wide/items/history?item=x&last=100')).body).toEqual(whole);
  });

  test('that would be too large is refused', async () => {
    const target = { last, width: 1, data: new Float64Array(100_001) };
    await publish(store, 'long');
    await updateSeries(
      store,
      'long',
      [{ item: 'a', target, past: emptyBlock, known: emptyBlock, statics: {} }],
      {
        context: 100_001,
      },
    );
    expect((await get('long/items/history?item=a')).body).toMatchObject({
      ...{ status: 422, code: 'ANSWER_TOO_LARGE', remedy: 'ask for fewer periods by `last`' },
    });
    expect((await get('long/items/history?item=a&last=100000')).status).toBe(200);
  });

  test('can be sent as a series, and is forecast as the item is', async () => {
    const { item, start, target, known, past } = (await get('wide/items/history?item=x')).body;
    const forecast = async (body: Body) =>
      (await ask(app, 'POST', '/v1/models/wide/forecast', { body })).body.forecasts;
    const stored = await forecast({ items: ['x'] });
    expect(stored).toHaveLength(2);
    expect(await forecast({ series: [{ item, start, target, known, past, static: { size: 2 } }] })).toEqual(
      stored,
    );
  });
});

describe('the backtest of an item', () => {
  test('has the forecasts that were made at each origin, beside what came', async () => {
    const { status, body } = await backtest(`item=${encodeURIComponent(strange)}&windows=2`);
    expect([status, body.item, body.frequency]).toEqual([200, strange, '1h']);
    expect(body.windows).toHaveLength(2);
    for (const [i, rows] of [14, 17].entries()) {
      const series = [{ start: timestamp(last - 19), target: values.slice(0, rows) }];
      const direct = (await ask(app, 'POST', '/v1/models/power/forecast', { body: { series } })).body
        .forecasts[0];
      const window = body.windows[i];
      expect(window.origin).toBe(timestamp(last - 20 + rows));
      // The model has seen the data until period 480,000.
      expect(window.inTraining).toBe(i === 0);
      const [{ observed, ...forecast }] = window.forecasts;
      expect(observed).toEqual(values.slice(rows, rows + 3));
      expect(forecast.timestamps).toEqual(direct.timestamps);
      forecast.mean.forEach((mean: number, step: number) => {
        expect(mean).toBeCloseTo(direct.mean[step], 6);
      });
      for (const [level, { values: numbers }] of forecast.quantiles.entries()) {
        numbers.forEach((number: number, step: number) => {
          expect(number).toBeCloseTo(direct.quantiles[level].values[step], 6);
        });
      }
    }
  });

  test('has as many windows as fit, of all channels, with the covariates that were known then', async () => {
    const { body } = await backtest('item=x&windows=50', 'wide');
    expect(body.windows).toHaveLength(3);
    const [window] = body.windows;
    expect(window.forecasts.map(({ channel }: { channel: string }) => channel)).toEqual(['a', 'b']);
    expect(window.forecasts[0].observed).toEqual([6, 8, 10].map((at) => seasonal(24, 2)[at]));
  });

  test('of an item with a single observation is empty', async () => {
    const target = { last, width: 1, data: Float64Array.of(1) };
    await updateSeries(
      store,
      'power',
      [{ item: 'one', target, past: emptyBlock, known: emptyBlock, statics: {} }],
      {
        context: 49,
      },
    );
    expect((await backtest('item=one')).body.windows).toEqual([]);
  });

  test('is refused where known covariates are missing in the past', async () => {
    const target = { last, width: 2, data: new Float64Array(20) };
    await updateSeries(
      store,
      'wide',
      [{ item: 'bare', target, past: emptyBlock, known: emptyBlock, statics: {} }],
      { context: 49 },
    );
    expect((await backtest('item=bare', 'wide')).body).toMatchObject({
      status: 422,
      code: 'REQUEST',
      path: 'item',
    });
  });
});

const refusals: [name: string, path: string, expected: Body][] = [
  ['an unknown model', 'none/items', { status: 404, code: 'UNKNOWN_MODEL', path: 'model' }],
  ['an unknown model’s item', 'none/items/history?item=a', { status: 404, code: 'UNKNOWN_MODEL' }],
  ['an unknown item', 'power/items/history?item=a', { status: 404, code: 'UNKNOWN_ITEM', path: 'item' }],
  ['no item', 'power/items/history', { status: 422, path: 'item' }],
  ['an item without a name', 'power/items/history?item=', { status: 422, path: 'item' }],
  ['no limit', 'power/items?limit=0', { status: 422, path: 'limit' }],
  ['too high a limit', 'power/items?limit=1001', { status: 422, path: 'limit' }],
  ['an unknown option', 'power/items?suffix=a', { status: 422, path: 'suffix' }],
];

test.each(refusals)('%s is refused', async (_, path, expected) => {
  expect((await get(path)).body).toMatchObject(expected);
});

test.each([
  ['an unknown item', 'item=a', { status: 404, code: 'UNKNOWN_ITEM', path: 'item' }],
  ['no windows', 'item=one&windows=0', { status: 422, path: 'windows' }],
  ['too many windows', 'item=one&windows=51', { status: 422, path: 'windows' }],
])('a backtest of %s is refused', async (_, query, expected) => {
  expect((await backtest(query)).body).toMatchObject(expected);
});
