import { emptyBlock, readSeries, updateSeries } from '../../shared/bundle/index.ts';
import type { ObjectStore } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask, type Body, forecasting, publish } from './support.ts';

/** A tiny forecaster: 3 steps, context 40, hours at a quarter past. So 49 periods are kept. */
const kept = 49;
const hour = 3_600_000;
const timestamp = (period: number) => `${new Date(period * hour + hour / 4).toISOString().slice(0, 19)}Z`;
const base = 480_000;

let store: ObjectStore;
let app: ReturnType<typeof forecasting>;

beforeEach(async () => {
  ({ store } = memoryStore());
  app = forecasting(store, { now: () => new Date((base + 5000) * hour) });
  await publish(store, 'power');
});

const send = (body: unknown, { model = 'power', headers = {} } = {}) =>
  ask(app, 'POST', `/v1/models/${model}/observations`, { body, headers });
const add = (item: string, from: number, target: unknown, more: Body = {}) =>
  send({ series: [{ item, start: timestamp(from), target }], ...more });
const stored = async (item: string, dataset = 'power') =>
  (await readSeries(store, dataset, [item])).get(item);
const numbers = async (item: string) => {
  const target = (await stored(item))?.target;
  return target && [target.last - base, ...target.data];
};
const forecast = async (body: Body, model = 'power') =>
  (await ask(app, 'POST', `/v1/models/${model}/forecast`, { body })).body.forecasts;

describe('observations', () => {
  test('of a new item make it, and its forecast is that of the same series', async () => {
    const target = [3, 1, 4, 1, 5];
    const { status, body } = await add('a/b ü', base, target, { horizon: 2, quantiles: [0.1, 0.5] });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      ...{ model: 'power', frequency: '1h', withoutForecast: [] },
      stored: [{ item: 'a/b ü', created: true, first: timestamp(base), last: timestamp(base + 4) }],
    });
    const series = [{ item: 'a/b ü', start: timestamp(base), target }];
    expect(body.forecasts).toEqual(await forecast({ series, horizon: 2, quantiles: [0.1, 0.5] }));
    expect(body.forecasts).toEqual(await forecast({ items: ['a/b ü'], horizon: 2, quantiles: [0.1, 0.5] }));
  });

  test('are added behind what is stored, before it, and into gaps, which are missing values', async () => {
    await add('a', base, [1, 2]);
    const { body } = await add('a', base + 4, [5]);
    expect(body.stored).toEqual([
      { item: 'a', created: false, first: timestamp(base), last: timestamp(base + 4) },
    ]);
    expect(await numbers('a')).toEqual([4, 1, 2, Number.NaN, Number.NaN, 5]);
    await add('a', base + 2, [3]);
    await add('a', base - 2, [-1, 0]);
    expect(await numbers('a')).toEqual([4, -1, 0, 1, 2, 3, Number.NaN, 5]);
  });

  test('that are equal to what is stored, or missing, change nothing', async () => {
    await add('a', base, [1, null, 3]);
    expect((await add('a', base, [1, 2, null, 4])).status).toBe(200);
    expect(await numbers('a')).toEqual([3, 1, 2, 3, 4]);
    expect((await add('a', base, [null, null], { onConflict: 'replace' })).status).toBe(200);
    expect(await numbers('a')).toEqual([3, 1, 2, 3, 4]);
  });

  test('that differ are refused, or replace what is stored, as asked', async () => {
    await add('a', base, [1, 2, 3]);
    const { body } = await add('a', base + 1, [2, 3.5, 4]);
    expect(body).toMatchObject({
      ...{ status: 409, code: 'OBSERVATION_CONFLICT', path: 'series[0].target' },
      detail: `target of item "a" is 3 at ${timestamp(base + 2)}, as it is stored, got 3.5`,
    });
    expect(await numbers('a')).toEqual([2, 1, 2, 3]);
    expect((await add('a', base + 1, [2, 3.5, 4], { onConflict: 'replace' })).status).toBe(200);
    expect(await numbers('a')).toEqual([3, 1, 2, 3.5, 4]);
  });

  test('are kept as far as a forecast and three horizons need them, and older ones are refused', async () => {
    const values = Array.from({ length: 60 }, (_, i) => i);
    await add('a', base, values);
    expect(await numbers('a')).toEqual([59, ...values.slice(-kept)]);
    expect((await add('a', base + 10, [10])).body).toMatchObject({
      ...{ status: 422, code: 'OBSERVATION_OLD', path: 'series[0].target' },
      detail: expect.stringContaining(`from ${timestamp(base + 11)} on, got ${timestamp(base + 10)}`),
    });
    expect((await add('a', base + 10, [null, 11])).status).toBe(200);
    // The forecast reads the newest 40 of them.
    const series = [{ item: 'a', start: timestamp(base + 20), target: values.slice(20) }];
    expect(await forecast({ items: ['a'] })).toEqual(await forecast({ series }));
  });

  test('behind a gap that leaves nothing of what is stored are refused, or replace it', async () => {
    await add('a', base, [1]);
    for (const target of [[2], [null, 2], [null, null]]) {
      expect((await add('a', base + kept + 1, target)).body).toMatchObject({
        ...{ status: 409, code: 'OBSERVATION_CONFLICT', path: 'series[0].target' },
      });
    }
    expect((await add('a', base + 1, [2, ...Array(kept + 1).fill(null)])).body.code).toBe(
      'OBSERVATION_CONFLICT',
    );
    expect((await add('a', base + kept, [2])).status).toBe(200);
    expect((await add('a', base + 2 * kept + 1, [3], { onConflict: 'replace' })).status).toBe(200);
    expect(await numbers('a')).toEqual([2 * kept + 1, 3]);
  });

  test('of which one is refused store nothing, in whichever shards the others are', async () => {
    const items = Array.from({ length: 600 }, (_, i) => `item ${i}`);
    const nothing = { past: emptyBlock, known: emptyBlock, statics: {} };
    const target = { last: base, width: 1, data: Float64Array.of(1) };
    await updateSeries(
      store,
      'power',
      items.map((item) => ({ item, target, ...nothing })),
      { context: kept },
    );
    const series = items.slice(0, 40).map((item, i) => ({
      item,
      start: timestamp(base),
      target: [i === 20 ? 2 : 1, 3],
    }));
    expect((await send({ series })).body).toMatchObject({ status: 409, path: 'series[20].target' });
    const found = await readSeries(store, 'power', items);
    for (const record of found.values()) expect(record.target.last).toBe(base);
  });
});

describe('at the same time', () => {
  test('two requests for one item both count', async () => {
    await add('a', base, [0]);
    const answers = await Promise.all([add('a', base + 1, [1]), add('a', base + 2, [2])]);
    expect(answers.map(({ status }) => status)).toEqual([200, 200]);
    expect(await numbers('a')).toEqual([2, 0, 1, 2]);
  });

  test('many requests for the same and other items lose nothing', async () => {
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, i) =>
        send({
          series: [
            { item: 'shared', start: timestamp(base + i), target: [i] },
            { item: `own ${i}`, start: timestamp(base), target: [i] },
          ],
          horizon: 1,
        }),
      ),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array(24).fill(200));
    expect(await numbers('shared')).toEqual([23, ...Array.from({ length: 24 }, (_, i) => i)]);
    for (let i = 0; i < 24; i++) expect(await numbers(`own ${i}`)).toEqual([0, i]);
  }, 60_000);

  test('of requests that contradict each other one is refused', async () => {
    const answers = await Promise.all([1, 2, 3].map((value) => add('a', base, [value])));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409]);
    const winner = answers.findIndex(({ status }) => status === 200) + 1;
    expect(await numbers('a')).toEqual([0, winner]);
  });
});

test('a key makes a repeated request one, and another body with it is refused', async () => {
  const headers = { 'idempotency-key': 'once' };
  const body = { series: [{ item: 'a', start: timestamp(base), target: [1] }] };
  const first = await send(body, { headers });
  const again = await send(body, { headers });
  expect(again.body).toEqual(first.body);
  expect(again.headers.get('idempotency-replayed')).toBe('true');
  const other = { series: [{ item: 'a', start: timestamp(base), target: [2] }] };
  expect((await send(other, { headers })).body.code).toBe('KEY_REUSED');
});

describe('covariates', () => {
  beforeEach(async () => {
    await publish(store, 'wide', {
      channels: ['a', 'b'],
      joint: true,
      ...{ known: ['price', 'load'], past: ['wind'], unused: ['rain'] },
      statics: [
        { name: 'size', kind: 'number', mean: 1, deviation: 1 },
        { name: 'region', kind: 'category', values: ['north', 'south'] },
      ],
    });
  });
  const target = { a: [1, 2], b: [3, null] };
  const whole = {
    ...{ item: 'x', start: timestamp(base), target },
    known: { price: [1, 2, 3, 4, 5], load: [6, 7, 8, 9, 10] },
    past: { wind: [0.5, 0.25] },
    static: { size: 2, region: 'north' },
  };
  const wide = (body: unknown) => send(body, { model: 'wide' });

  test('are stored beside observations, and forecast as the same series is', async () => {
    const { status, body } = await wide({ series: [whole] });
    expect([status, body.withoutForecast]).toEqual([200, []]);
    expect(body.forecasts).toEqual(await forecast({ series: [whole] }, 'wide'));
    expect(await stored('x', 'wide')).toEqual({
      item: 'x',
      target: { last: base + 1, width: 2, data: Float64Array.of(1, 3, 2, Number.NaN) },
      past: { last: base + 1, width: 1, data: Float64Array.of(0.5, 0.25) },
      known: { last: base + 4, width: 2, data: Float64Array.of(1, 6, 2, 7, 3, 8, 4, 9, 5, 10) },
      statics: { size: 2, region: 'north' },
    });
  });

  test('that are left out stay as they are stored; those that end too early leave an item without forecast', async () => {
    await wide({ series: [whole] });
    const next = { item: 'x', start: timestamp(base + 2), target: { a: [5], b: [6] } };
    const { status, body } = await wide({ series: [next] });
    expect([status, body.forecasts]).toEqual([200, []]);
    expect(body.withoutForecast).toMatchObject([{ item: 'x', reason: expect.stringContaining('4 of 6') }]);
    const record = await stored('x', 'wide');
    expect(record?.statics).toEqual({ size: 2, region: 'north' });
    expect([...(record?.known.data ?? [])]).toEqual([1, 6, 2, 7, 3, 8, 4, 9, 5, 10]);
    const ahead = {
      ...{ item: 'x', start: timestamp(base + 2), target: { a: [null], b: [null] } },
      known: { price: [null, null, null, 6], load: [null, null, null, 11] },
    };
    const completed = await wide({ series: [ahead] });
    expect(completed.body.withoutForecast).toEqual([]);
    expect(completed.body.forecasts).toHaveLength(2);
    expect((await stored('x', 'wide'))?.known.last).toBe(base + 5);
  });

  test('that differ are refused by name, or replace what is stored', async () => {
    await wide({ series: [whole] });
    const known = { ...whole.known, load: [6, 7, 8, 9, 11] };
    const other = { ...whole, known, static: { size: 3 } };
    expect((await wide({ series: [other] })).body).toMatchObject({ status: 409, path: 'series[0].known' });
    expect((await wide({ series: [{ ...whole, static: { size: 3 } }] })).body).toMatchObject({
      ...{ status: 409, path: 'series[0].static.size' },
    });
    expect((await wide({ series: [other], onConflict: 'replace' })).status).toBe(200);
    expect((await wide({ series: [{ ...whole, known, static: { size: '3' } }] })).body.path).toBe(
      'series[0].static.size',
    );
    const record = await stored('x', 'wide');
    expect(record?.statics).toEqual({ size: 3, region: 'north' });
    expect(record?.known.data.at(-1)).toBe(11);
  });

  test('are the same category as a number and as text', async () => {
    const numbered = { ...whole, item: 'n', static: { region: 7 } };
    expect((await wide({ series: [numbered] })).status).toBe(200);
    expect((await wide({ series: [{ ...numbered, static: { region: '7' } }] })).status).toBe(200);
    expect((await wide({ series: [{ ...numbered, static: { region: '8' } }] })).status).toBe(409);
  });

  test('of other columns than the model’s are never lost: they stay, or the request is refused', async () => {
    const block = { last: base, width: 2, data: Float64Array.of(7, 8) };
    const record = { item: 'y', past: block, known: emptyBlock, statics: {} };
    const y = { last: base, width: 2, data: Float64Array.of(1, 2) };
    await updateSeries(store, 'wide', [{ ...record, target: y }], { context: kept });
    const next = { item: 'y', start: timestamp(base + 1), target: { a: [1], b: [1] } };
    expect((await wide({ series: [next] })).status).toBe(200);
    expect((await stored('y', 'wide'))?.past).toEqual(block);
    expect((await wide({ series: [{ ...next, past: { wind: [1] } }] })).body).toMatchObject({
      ...{ status: 409, code: 'OBSERVATION_CONFLICT', path: 'series[0].past' },
    });
  });
});

const one = { item: 'a', start: timestamp(base), target: [1] };
const refusals: [name: string, body: unknown, expected: Body][] = [
  ['no series', { series: [] }, { code: 'REQUEST', path: 'series' }],
  [
    'an unknown option',
    { series: [one], onconflict: 'replace' },
    { path: 'onconflict', remedy: 'did you mean onConflict?' },
  ],
  ['another way', { series: [one], onConflict: 'ignore' }, { path: 'onConflict' }],
  ['no observations', { series: [{ ...one, target: [] }] }, { path: 'series[0].target' }],
  ['no name', { series: [{ start: one.start, target: [1] }] }, { path: 'series[0].item' }],
  ['half a letter', { series: [{ ...one, item: '\ud83d' }] }, { path: 'series[0].item' }],
  ['an item twice', { series: [one, one] }, { path: 'series[1].item' }],
  [
    'another grid',
    { series: [{ ...one, start: '2024-10-04T00:00:00Z' }] },
    { code: 'FREQUENCY', path: 'series[0].start' },
  ],
  [
    'known covariates of a model without',
    { series: [{ ...one, known: { price: [1] } }] },
    { path: 'series[0].known' },
  ],
  ['a text for a number', { series: [{ ...one, target: [1, 'two'] }] }, { path: 'series[0].target[1]' }],
  ['a horizon beyond the model', { series: [one], horizon: 4 }, { path: 'horizon' }],
  ['levels beyond the model', { series: [one], quantiles: [0.05] }, { path: 'quantiles' }],
  [
    'the far future',
    { series: [{ ...one, start: timestamp(base + 6000) }] },
    { code: 'REQUEST', path: 'series[0].start' },
  ],
];

test.each(refusals)('%s: refused, and nothing is stored', async (_, body, expected) => {
  const answer = await send(body);
  expect(answer.body).toMatchObject({ status: 422, ...expected });
  expect(await stored('a')).toBeUndefined();
});

test('an unknown model is refused', async () => {
  expect((await send({ series: [one] }, { model: 'none' })).body).toMatchObject({
    ...{ status: 404, code: 'UNKNOWN_MODEL' },
  });
});
