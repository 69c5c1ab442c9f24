import { readBundle, readSeries } from '../../shared/bundle/index.ts';
import { forecastItems, type ItemForecast, shapeOf } from '../../shared/forecast/index.ts';
import { openSession } from '../../shared/graph/index.ts';
import { runJob } from '../../shared/jobs/index.ts';
import { historyOfRecord } from '../../shared/serve/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { hourlyTable, scratch, smallTask } from '../support/job.ts';
import { ask, type Body, forecasting } from './support.ts';

/** A bundle trained from a table, as users have it, and what it says when it is run without the API. */
const folder = scratch('api');
const root = folder.root();
const store = fileStore(root);
const app = forecasting(store);
let version = '';
let direct: readonly ItemForecast[] = [];

beforeAll(async () => {
  const { job } = await runJob(smallTask(root, folder.table(hourlyTable())));
  version = job.version ?? '';
  const { description, forecaster } = await readBundle(store, keys.model('small', version));
  const model = shapeOf(description);
  const records = [...(await readSeries(store, 'small', ['item 1', 'item 3'])).values()];
  const session = await openSession(forecaster);
  const items = records.map((record) => historyOfRecord(record, model));
  direct = await forecastItems(session, model, items, { levels: [0.1, 0.3, 0.9] });
  await session.release();
}, 60_000);

const forecast = (body: unknown, path = '/v1/models/small/forecast') => ask(app, 'POST', path, { body });

/** The observations of an item as the table has them. */
const observations = (item: number): number[] =>
  hourlyTable()
    .split('\n')
    .filter((line) => line.startsWith(`item ${item},`))
    .map((line) => Number(line.split(',')[2]));

interface Answered {
  readonly item: string;
  readonly channel: string;
  readonly timestamps: string[];
  readonly mean: number[];
  readonly quantiles: { level: number; values: number[] }[];
}
const close = (found: number[], expected: number[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
  });
};

test('items are forecast from what is stored of them, in the order they are asked for', async () => {
  const { status, body } = await forecast({ items: ['item 3', 'item 1'], quantiles: [0.1, 0.3, 0.9] });
  expect(status).toBe(200);
  expect(body).toMatchObject({ model: 'small', version, frequency: '1h' });
  const found: Answered[] = body.forecasts;
  expect(found.map(({ item, channel }) => [item, channel])).toEqual([
    ['item 3', 'target'],
    ['item 1', 'target'],
  ]);
  // 300 hours from the first of January on.
  expect(found[0]?.timestamps.slice(0, 2)).toEqual(['2024-01-13T12:00:00Z', '2024-01-13T13:00:00Z']);
  expect(found[0]?.timestamps).toHaveLength(12);
  for (const one of found) {
    const expected = direct.find(({ item }) => item === one.item);
    close(one.mean, [...(expected?.mean ?? [])]);
    expect(one.quantiles.map(({ level }) => level)).toEqual([0.1, 0.3, 0.9]);
    one.quantiles.forEach(({ values }, level) => {
      close(
        values,
        [...(expected?.quantiles ?? [])].filter((_, i) => i % 3 === level),
      );
    });
  }
});

test('a series in the request is forecast as the same series would be if it were stored', async () => {
  const series = [{ item: 'mine', start: '2024-01-01 00:00', target: observations(1) }];
  // Alone, each: the last bits of a row may depend on its place in the batch.
  const [mine, stored] = await Promise.all([forecast({ series }), forecast({ items: ['item 1'] })]);
  expect({ ...mine.body.forecasts[0], item: 'item 1' }).toEqual(stored.body.forecasts[0]);
});

test('a shorter horizon is the beginning of the longer one, and default levels are those of training', async () => {
  const [all, short] = await Promise.all([
    forecast({ items: ['item 0'] }),
    forecast({ items: ['item 0'], horizon: 2 }),
  ]);
  const [long]: Answered[] = all.body.forecasts;
  const [two]: Answered[] = short.body.forecasts;
  expect(long?.quantiles.map(({ level }) => level)).toEqual([
    0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975,
  ]);
  expect(two?.mean).toEqual(long?.mean.slice(0, 2));
  expect(two?.timestamps).toEqual(long?.timestamps.slice(0, 2));
  expect(two?.quantiles).toEqual(
    long?.quantiles.map(({ level, values }) => ({ level, values: values.slice(0, 2) })),
  );
});

test('null and "NaN" are missing values, and change the forecast as missing values do', async () => {
  const target: (number | null | string)[] = observations(2).slice(-48);
  const ofTarget = async (values: unknown): Promise<Answered> =>
    (await forecast({ series: [{ start: '2024-01-01', target: values }] })).body.forecasts[0];
  const whole = await ofTarget(target);
  const nulls = await ofTarget(target.with(40, null));
  expect(await ofTarget(target.with(40, 'NaN'))).toEqual(nulls);
  expect(nulls.mean).not.toEqual(whole.mean);
  expect(nulls.mean.every(Number.isFinite)).toBe(true);
});

test('a series without observations is forecast, from its start on', async () => {
  const { body } = await forecast({
    series: [{ start: '2024-01-01T05:00:00+02:00', target: [] }],
    horizon: 1,
  });
  expect(body.forecasts[0]).toMatchObject({ item: 'series', timestamps: ['2024-01-01T03:00:00Z'] });
  expect(Number.isFinite(body.forecasts[0].mean[0])).toBe(true);
});

const refusals: [name: string, body: unknown, expected: Body][] = [
  ['nothing asked for', {}, { code: 'REQUEST', path: 'series' }],
  ['no object', [], { code: 'REQUEST', detail: 'the body must be an object, got []' }],
  [
    'an unknown field',
    { item: ['item 1'] },
    {
      path: 'item',
      detail: 'the body must have known fields only, got "item"',
      remedy: 'did you mean items?',
    },
  ],
  [
    'an unknown field of a series',
    { series: [{ start: '2024-01-01', targets: [1], target: [1] }] },
    { path: 'series[0].targets', remedy: 'did you mean target?' },
  ],
  [
    'a field that nothing is near',
    { items: ['item 1'], samples: 100 },
    { path: 'samples', remedy: 'leave it out; known are series, items, known, horizon, quantiles' },
  ],
  ['a horizon beyond the model', { items: ['item 1'], horizon: 13 }, { code: 'REQUEST', path: 'horizon' }],
  ['a horizon of nothing', { items: ['item 1'], horizon: 0 }, { path: 'horizon' }],
  ['half a step', { items: ['item 1'], horizon: 1.5 }, { path: 'horizon' }],
  [
    'levels beyond the trained ones',
    { items: ['item 1'], quantiles: [0.01, 0.5] },
    { code: 'REQUEST', path: 'quantiles', detail: expect.stringContaining('0.025..0.975') },
  ],
  ['levels that fall', { items: ['item 1'], quantiles: [0.5, 0.1] }, { path: 'quantiles' }],
  ['an item twice', { items: ['item 1', 'item 1'] }, { path: 'items[1]' }],
  [
    'an item and a series of one name',
    { series: [{ item: 'item 1', start: '2024-01-01', target: [1] }], items: ['item 1'] },
    { path: 'items[0]', detail: expect.stringContaining('series[0].item') },
  ],
  [
    'a series without a start',
    { series: [{ target: [1] }] },
    { path: 'series[0].start', remedy: 'add series[0].start' },
  ],
  ['a series without a target', { series: [{ start: '2024-01-01' }] }, { path: 'series[0].target' }],
  [
    'a start that is no timestamp',
    { series: [{ start: 'yesterday', target: [1] }] },
    { code: 'FREQUENCY', path: 'series[0].start' },
  ],
  [
    'a start between two periods',
    { series: [{ start: '2024-01-01T00:30:00Z', target: [1] }] },
    {
      code: 'FREQUENCY',
      path: 'series[0].start',
      remedy: 'the nearest are 2024-01-01T00:00:00Z and 2024-01-01T01:00:00Z',
    },
  ],
  [
    'text among the values',
    { series: [{ start: '2024-01-01', target: [1, 'two'] }] },
    { path: 'series[0].target[1]', detail: expect.stringContaining('got "two"') },
  ],
  [
    'a number beyond all bounds',
    '{"series": [{"start": "2024-01-01", "target": [1e999]}]}',
    { path: 'series[0].target[0]' },
  ],
  [
    'a target that is no list',
    { series: [{ start: '2024-01-01', target: 5 }] },
    { path: 'series[0].target' },
  ],
  [
    'known covariates that the model has not',
    { series: [{ start: '2024-01-01', target: [1], known: { price: [1] } }] },
    { path: 'series[0].known', detail: expect.stringContaining('got price') },
  ],
  [
    'a channel that the model has not',
    { series: [{ start: '2024-01-01', target: { load: [1] } }] },
    { path: 'series[0].target.load', detail: 'the model\'s channels are target, got "load"' },
  ],
];

test.each(refusals)('%s is refused', async (_, body, expected) => {
  const { status, headers, body: problem } = await forecast(body);
  expect([status, headers.get('content-type')]).toEqual([422, 'application/problem+json']);
  expect(problem).toMatchObject({ status: 422, ...expected });
  expect(Object.keys(problem)).toEqual(expect.arrayContaining(['type', 'title', 'detail', 'code', 'remedy']));
  expect(problem.requestId).toBe(headers.get('x-request-id'));
});

test('unknown models and items are not found, and it is said what to do', async () => {
  const model = await forecast({ items: ['item 1'] }, '/v1/models/smal/forecast');
  expect(model).toMatchObject({ status: 404, body: { code: 'UNKNOWN_MODEL', path: 'model' } });
  expect(model.body.remedy).toContain('GET /v1/models');
  const item = await forecast({ items: ['item 1', 'item 9'] });
  expect(item).toMatchObject({ status: 404, body: { code: 'UNKNOWN_ITEM', path: 'items[1]' } });
  expect(item.body.detail).toBe('items must be items of small, got "item 9"');
});

test('an answer that could not be sent is refused before anything is computed', async () => {
  const small = forecasting(store, { largestAnswer: 12 * 11 });
  const send = (items: string[]) => ask(small, 'POST', '/v1/models/small/forecast', { body: { items } });
  expect(await send(['item 0'])).toMatchObject({ status: 200 });
  expect(await send(['item 0', 'item 1'])).toMatchObject({
    status: 422,
    body: { code: 'ANSWER_TOO_LARGE', detail: expect.stringContaining('got 264') },
  });
});

test('each answered forecast is told of, with its version and whether its session was open', async () => {
  const events: Body[] = [];
  const watched = forecasting(store, { onForecast: (event: Body) => events.push(event) });
  for (const items of [['item 0'], ['item 1', 'item 2'], ['nowhere']]) {
    await ask(watched, 'POST', '/v1/models/small/forecast', { body: { items } });
  }
  const milliseconds = expect.any(Number);
  expect(events).toEqual([
    { model: 'small', version, items: 1, milliseconds, cached: false, since: expect.any(String) },
    { model: 'small', version, items: 2, milliseconds, cached: true, since: expect.any(String) },
  ]);
});
