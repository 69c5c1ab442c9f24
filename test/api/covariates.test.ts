import { fileStore } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { seasonal } from '../support/forecaster.ts';
import { scratch } from '../support/job.ts';
import { ask, forecasting, observe, publish } from './support.ts';

const folder = scratch('api-covariates');
const store = fileStore(folder.root());
const app = forecasting(store);
const start = '2024-01-01T00:15:00Z';
const forecast = (model: string, body: unknown) => ask(app, 'POST', `/v1/models/${model}/forecast`, { body });

beforeAll(async () => {
  await publish(store, 'wide', { channels: ['load', 'heat'] });
  await publish(store, 'priced', { known: ['price', 'open'] });
  await publish(store, 'stored', { known: ['price'] });
});

test('a model with channels takes a list for each by name, in any order, and answers for each', async () => {
  const load = seasonal(12);
  const heat = seasonal(12, 2).map((value) => 1e6 - value);
  const { body } = await forecast('wide', {
    series: [{ item: 'all', start, target: { heat, load } }],
    horizon: 2,
  });
  expect(body.forecasts).toMatchObject([
    { item: 'all', channel: 'load', timestamps: ['2024-01-01T12:15:00Z', '2024-01-01T13:15:00Z'] },
    { item: 'all', channel: 'heat' },
  ]);
  const [first, second] = body.forecasts;
  expect(Math.abs(first.mean[0] - 100)).toBeLessThan(200);
  expect(Math.abs(second.mean[0] - 1e6)).toBeLessThan(500);
  // Two channels that are not joint are two series: each as if it were alone.
  const other = await forecast('wide', { series: [{ start, target: { load, heat: load } }], horizon: 2 });
  expect(other.body.forecasts[0].mean).toEqual(first.mean);
});

test.each([
  [[1, 2], { path: 'series[0].target', remedy: 'write {"load": […], "heat": […]}' }],
  [{ load: [1, 2], heat: [1] }, { path: 'series[0].target.heat' }],
  [{ load: [1, 2] }, { path: 'series[0].target.heat', detail: expect.stringContaining('got none') }],
  [{ load: [1], heat: [1], gas: [1] }, { path: 'series[0].target.gas' }],
  [{ load: [1], heat: ['x'] }, { path: 'series[0].target.heat[0]' }],
])('a model with two channels refuses the target %j', async (target, expected) => {
  const { status, body } = await forecast('wide', { series: [{ start, target }] });
  expect([status, body]).toEqual([422, expect.objectContaining(expected)]);
});

/** Known covariates for 10 observations and the horizon of 3. */
const price = seasonal(13, 3);
const open = seasonal(13, 4);
const priced = (known: unknown) =>
  forecast('priced', { series: [{ start, target: seasonal(10), ...(known !== undefined && { known }) }] });

test('known covariates stand beside the observations and reach over the horizon, by name', async () => {
  const one = await priced({ open, price });
  expect(one.status).toBe(200);
  expect((await priced({ price, open })).body).toEqual(one.body);
  const exchanged = await priced({ price: open, open: price });
  expect(exchanged.body.forecasts[0].mean).not.toEqual(one.body.forecasts[0].mean);
  const later = await priced({ price: price.with(12, 500), open });
  expect(later.body.forecasts[0].mean).not.toEqual(one.body.forecasts[0].mean);
  const gap = await priced({ price: (price as (number | null)[]).with(4, null), open });
  expect(gap.status).toBe(200);
});

test.each([
  [undefined, 'series[0].known.price', 'got none'],
  [{ price }, 'series[0].known.open', 'got none'],
  [
    { price, open: open.slice(0, 12) },
    'series[0].known.open',
    '13 values: 10 beside the observations, 3 after',
  ],
  [{ price, open: [...open, 1] }, 'series[0].known.open', 'got 14'],
  [{ price, open, heat: open }, 'series[0].known.heat', 'price, open'],
  [{ price: [...price.slice(0, 12), null], open }, 'series[0].known', '5 of 6 values'],
])('known covariates that are not complete are refused: case %#', async (known, path, detail) => {
  const { status, body } = await priced(known);
  expect([status, body]).toEqual([
    422,
    expect.objectContaining({ code: 'REQUEST', path, detail: expect.stringContaining(detail) }),
  ]);
});

test('a stored item is forecast where its known covariates reach far enough, else it is said', async () => {
  await observe(store, 'stored', 'far', { known: seasonal(23, 5) });
  await observe(store, 'stored', 'near', { known: seasonal(22, 5) });
  expect((await forecast('stored', { items: ['far'] })).status).toBe(200);
  const { status, body } = await forecast('stored', { items: ['far', 'near'] });
  expect([status, body]).toEqual([
    422,
    expect.objectContaining({
      path: 'items[1]',
      detail: expect.stringContaining('2 of 3 values for item "near"'),
    }),
  ]);
});

test('a promotion is followed, and an answer names the version that made all of it', async () => {
  const { store: memory } = memoryStore();
  const following = forecasting(memory);
  const first = await publish(memory, 'moving', { seed: 1 });
  const versionOf = async () => {
    const body = { series: [{ start, target: [1, 2, 3] }] };
    return (await ask(following, 'POST', '/v1/models/moving/forecast', { body })).body.version;
  };
  expect(await versionOf()).toBe(first.version);
  const second = await publish(memory, 'moving', { seed: 2 });
  expect(await versionOf()).toBe(second.version);
});

describe('what-if values of known covariates for a stored item', () => {
  const ahead = seasonal(23, 5).slice(20);
  const ask = async (body: object) => (await forecast('stored', { items: ['half'], ...body })).body;
  const means = async (body: object) => (await ask(body)).forecasts[0].mean;

  beforeAll(async () => {
    await observe(store, 'stored', 'whole', { known: seasonal(23, 5) });
    await observe(store, 'stored', 'half', { known: seasonal(21, 5) });
  });

  test('take the place of stored ones, and of those that are not stored', async () => {
    expect(await ask({})).toMatchObject({ code: 'REQUEST', path: 'items[0]' });
    const completed = await means({ known: { half: { price: [null, ...ahead.slice(1)] } } });
    const other = await means({ known: { half: { price: ahead.map((value) => value + 100) } } });
    expect(other).not.toEqual(completed);
    // As if the item itself had been sent with them.
    const target = seasonal(20, 'half'.length);
    const sent = { item: 'half', start: '2024-10-03T05:15:00Z', target };
    for (const [known, expected] of [
      [[...seasonal(21, 5), ...ahead.slice(1)], completed],
      [[...seasonal(20, 5), ...ahead.map((value) => value + 100)], other],
    ] as const) {
      expect(await means({ items: [], series: [{ ...sent, known: { price: known } }] })).toEqual(expected);
    }
  });

  test.each([
    [{ whole: { price: ahead } }, 'known.whole'],
    [{ half: { heat: ahead } }, 'known.half.heat'],
    [{ half: { price: ahead.slice(1) } }, 'known.half.price'],
    [{ half: { price: [null, null, null] } }, 'items[0]'],
  ])('are refused where they do not fit: %j', async (known, path) => {
    expect(await ask({ known })).toMatchObject({ status: 422, path });
  });

  test('are refused for a model without known covariates', async () => {
    await observe(store, 'wide', 'a');
    const { body } = await forecast('wide', { items: ['a'], known: { a: { price: ahead } } });
    expect(body).toMatchObject({ status: 422, path: 'known.a' });
  });
});
