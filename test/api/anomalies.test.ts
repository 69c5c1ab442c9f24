import { emptyBlock, updateSeries } from '../../shared/bundle/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { seasonal } from '../support/forecaster.ts';
import { ask, type Body, forecasting, publish } from './support.ts';

/** A tiny forecaster: 3 steps, context 40, season 24, levels 0.1, 0.5, 0.9; trained until period 480,000. */
const { store } = memoryStore();
const app = forecasting(store);
const hour = 3_600_000;
const timestamp = (period: number) => `${new Date(period * hour + hour / 4).toISOString().slice(0, 19)}Z`;
const last = 480_010;
const rows = 49;
const start = last - rows + 1;
/** The last but one is far from what came before; one is missing. */
const values: (number | null)[] = seasonal(rows).with(rows - 2, 300);
values[rows - 5] = null;

beforeAll(async () => {
  await publish(store, 'power');
  await publish(store, 'wide', { channels: ['a', 'b'], joint: true, known: ['price'] });
  const target = { last, width: 1, data: Float64Array.from(values, (value) => value ?? Number.NaN) };
  await updateSeries(
    store,
    'power',
    [{ item: 'stored', target, past: emptyBlock, known: emptyBlock, statics: {} }],
    {
      context: rows,
    },
  );
});

const find = (body: Body, model = 'power') => ask(app, 'POST', `/v1/models/${model}/anomalies`, { body });

interface Judged {
  readonly item: string;
  readonly channel: string;
  readonly timestamps: string[];
  readonly inTraining: boolean[];
  readonly anomaly: boolean[];
  readonly [name: string]: unknown;
}

/** Low, median and high of a forecast of its own, made when so many observations were known. */
async function direct(known: number, levels: number[], series: Body = {}, model = 'power') {
  const body = {
    series: [{ start: timestamp(start), target: values.slice(0, known), ...series }],
    quantiles: levels,
  };
  const answer = await ask(app, 'POST', `/v1/models/${model}/forecast`, { body });
  expect(answer.status).toBe(200);
  return (answer.body.forecasts as { quantiles: { values: number[] }[] }[]).map(({ quantiles }) =>
    quantiles.map((quantile) => quantile.values),
  );
}

const expectClose = (found: unknown, expected: readonly (number | null)[]) => {
  const numbers = found as (number | null)[];
  expect(numbers.map((value) => value === null)).toEqual(expected.map((value) => value === null));
  numbers.forEach((value, i) => {
    // Float32 inside: the last bits depend on the place in the batch.
    const wanted = expected[i] ?? 0;
    expect(Math.abs((value ?? 0) - wanted)).toBeLessThan(2e-5 * Math.max(1, Math.abs(wanted)));
  });
};

/** What must be found, from single forecasts: `origins` gives for each judged row the rows that were known. */
async function expected(judgedRows: readonly number[], originOf: (row: number) => number, levels: number[]) {
  const bands = await Promise.all(
    judgedRows.map(async (row) => {
      const [channel = []] = await direct(originOf(row), levels);
      return channel.map((steps) => steps[row - originOf(row)] ?? Number.NaN);
    }),
  );
  const score = bands.map(([low = 0, median = 0, high = 0], i) => {
    const value = values[judgedRows[i] ?? 0] ?? null;
    if (value === null) return null;
    return value < median ? (median - value) / (median - low) : (value - median) / (high - median);
  });
  return {
    low: bands.map(([low = 0]) => low),
    median: bands.map(([, m = 0]) => m),
    high: bands.map(([, , h = 0]) => h),
    score,
  };
}

test('each observation is judged by the forecast that was made one period before it', async () => {
  const { status, body } = await find({ items: ['stored'] });
  expect(status).toBe(200);
  expect(body).toMatchObject({ model: 'power', frequency: '1h', level: 0.8 });
  const [found]: Judged[] = body.series;
  const judgedRows = Array.from({ length: rows - 24 }, (_, i) => 24 + i);
  const wanted = await expected(judgedRows, (row) => row, [0.1, 0.5, 0.9]);
  expect(found?.timestamps).toEqual(judgedRows.map((row) => timestamp(start + row)));
  expect(found?.observed).toEqual(judgedRows.map((row) => values[row]));
  for (const name of ['low', 'median', 'high', 'score'] as const) expectClose(found?.[name], wanted[name]);
  expect(found?.anomaly).toEqual(wanted.score.map((score) => (score ?? 0) > 1));
  expect(found?.anomaly[judgedRows.indexOf(rows - 2)]).toBe(true);
  expect(found?.anomaly[judgedRows.indexOf(rows - 5)]).toBe(false);
  expect(found?.inTraining).toEqual(judgedRows.map((row) => start + row <= 480_000));
});

test('with a horizon, by the newest of the forecasts that were made every so many periods', async () => {
  const { body } = await find({ items: ['stored'], horizon: 3, last: 7, level: 0.6 });
  const [found]: Judged[] = body.series;
  const judgedRows = Array.from({ length: 7 }, (_, i) => rows - 7 + i);
  // 1 and 3 and 3: the last one ends with the series.
  const origin = (row: number) => (row === rows - 7 ? row : row - ((row - (rows - 6)) % 3));
  const wanted = await expected(judgedRows, origin, [0.2, 0.5, 0.8]);
  expect(found?.timestamps).toEqual(judgedRows.map((row) => timestamp(start + row)));
  for (const name of ['low', 'median', 'high', 'score'] as const) expectClose(found?.[name], wanted[name]);
});

test('series in the request come first, and are judged as stored items are', async () => {
  const { body } = await find({
    series: [{ item: 'mine', start: timestamp(start), target: values }],
    items: ['stored'],
    last: 4,
  });
  const [mine, stored]: Judged[] = body.series;
  expect([mine?.item, stored?.item]).toEqual(['mine', 'stored']);
  for (const name of ['low', 'median', 'high', 'score'] as const) {
    expectClose(mine?.[name], stored?.[name] as number[]);
  }
  expect(mine?.anomaly).toEqual(stored?.anomaly);
  expect(mine?.anomaly[2]).toBe(true);
});

test('a model of several channels judges each of them, with the covariates that were known then', async () => {
  const [a, b, price] = [seasonal(30, 3), seasonal(30, 4), seasonal(33, 5)];
  const one = { start: timestamp(start), target: { a, b: b.with(29, 500) }, known: { price } };
  const { body } = await find({ series: [one], last: 2 }, 'wide');
  const found: Judged[] = body.series;
  expect(found.map(({ channel, timestamps }) => [channel, timestamps.length])).toEqual([
    ['a', 2],
    ['b', 2],
  ]);
  expect(found.map(({ anomaly }) => anomaly[1])).toEqual([expect.any(Boolean), true]);
  for (const [i, known] of [28, 29].entries()) {
    const before = {
      target: { a: a.slice(0, known), b: b.slice(0, known) },
      known: { price: price.slice(0, known + 3) },
    };
    const bands = await direct(known, [0.1, 0.5, 0.9], before, 'wide');
    bands.forEach((steps, c) => {
      const channel = found[c];
      const at = (name: string) => ((channel?.[name] ?? []) as number[])[i] ?? Number.NaN;
      expectClose(
        [at('low'), at('median'), at('high')],
        steps.map(([first = 0]) => first),
      );
    });
  }
});

test('a model with known covariates judges as far as they reach', async () => {
  const [a, b] = [seasonal(30, 3), seasonal(30, 4)];
  const price = [...seasonal(30, 5), null, null, null];
  const series = [{ start: timestamp(start), target: { a, b }, known: { price } }];
  const target = { last, width: 2, data: Float64Array.from(a.flatMap((value, i) => [value, b[i] ?? 0])) };
  const known = { last, width: 1, data: Float64Array.from(seasonal(30, 5)) };
  await updateSeries(store, 'wide', [{ item: 'i', target, known, past: emptyBlock, statics: {} }], {
    context: rows,
  });
  for (const [body, path] of [
    [{ series }, 'series[0]'],
    [{ items: ['i'] }, 'items[0]'],
  ] as const) {
    const { status, body: found } = await find({ ...body, horizon: 3, last: 5 }, 'wide');
    expect([status, found.series?.[0].timestamps.length]).toEqual([200, 5]);
    expect((await find(body, 'wide')).body).toMatchObject({
      ...{ status: 422, code: 'REQUEST', path },
      remedy: expect.stringContaining('with horizon 3'),
    });
  }
});

test('the first season, and what is shorter, is not judged', async () => {
  const short = { start: timestamp(start), target: values.slice(0, 24) };
  const { body } = await find({ series: [short] });
  expect(body.series).toMatchObject([{ timestamps: [], score: [], anomaly: [] }]);
});

const one = { start: timestamp(start), target: values };
const refusals: [name: string, body: Body, expected: Body][] = [
  ['nothing to judge', {}, { code: 'REQUEST', path: 'series' }],
  [
    'an unknown item',
    { items: ['stored', 'other'] },
    { status: 404, code: 'UNKNOWN_ITEM', path: 'items[1]' },
  ],
  ['an interval beyond the model', { items: ['stored'], level: 0.9 }, { code: 'REQUEST', path: 'level' }],
  ['a level in per cent', { items: ['stored'], level: 80 }, { path: 'level' }],
  ['a horizon beyond the model', { items: ['stored'], horizon: 4 }, { path: 'horizon' }],
  ['none of the last', { items: ['stored'], last: 0 }, { path: 'last' }],
  ['an unknown option', { items: ['stored'], threshold: 2 }, { path: 'threshold' }],
  [
    'too many forecasts',
    { series: Array.from({ length: 12 }, (_, i) => ({ ...one, item: `${i}`, target: Array(1000).fill(1) })) },
    { code: 'REQUEST', path: 'last', detail: 'a request may need at most 10000 forecasts, got 11712' },
  ],
];

test.each(refusals)('%s is refused', async (_, body, wanted) => {
  expect((await find(body)).body).toMatchObject({ status: 422, ...wanted });
});

test('an answer that would be too large is refused', async () => {
  const tight = forecasting(store, { largestAnswer: 79 });
  const body = { items: ['stored'], last: 10 };
  expect((await ask(tight, 'POST', '/v1/models/power/anomalies', { body })).body.code).toBe(
    'ANSWER_TOO_LARGE',
  );
  expect(
    (await ask(tight, 'POST', '/v1/models/power/anomalies', { body: { ...body, last: 9 } })).status,
  ).toBe(200);
});
