import { everybody, forecastApi, manageApi } from '../../shared/api/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { seasonal } from '../support/forecaster.ts';
import { ask, type Body, forecasting, publish } from './support.ts';

/** A tiny forecaster: 3 steps, context 40, levels 0.1, 0.5, 0.9; trained until period 480,000. */
const { store } = memoryStore();
const app = forecasting(store);
const manage = manageApi({
  store,
  authenticate: everybody,
  permitUpload: async () => ({ url: '', headers: {} }),
});
const hour = 3_600_000;
/** The timestamp of a period: hours at a quarter past. */
const timestamp = (period: number) => new Date(period * hour + hour / 4).toISOString().slice(0, 19);

beforeAll(async () => {
  await publish(store, 'power');
  await publish(store, 'priced', { known: ['price'], past: ['wind'] });
  await publish(store, 'two', { channels: ['a', 'b'], joint: true });
});

const lengths = [50, 30];
const observed = lengths.map((length, i) => seasonal(length, i + 1));
/** So that the second series ends in the model's training data and the first one goes on behind it. */
const starts = [480_000 - 40, 480_000 - 35];
const series = { y: observed.flat(), sizes: lengths, start_datetime: starts.map(timestamp), X: null };
const base = { model: 'power', freq: 'h', series };
const post = async (path: string, body: Body) => ask(app, 'POST', `/v2/${path}`, { body });

interface Piece {
  readonly start: number;
  readonly values: readonly (number | null)[];
}
/** What the API of our own says of the same pieces of series. */
async function direct(pieces: readonly Piece[], more: Body = {}, model = 'power') {
  const body = {
    series: pieces.map(({ start, values }, i) => ({
      item: `${i}`,
      start: timestamp(start),
      target: values,
      ...(more.covariates as object),
    })),
    quantiles: [0.1, 0.5, 0.9],
  };
  const { body: answer } = await ask(app, 'POST', `/v1/models/${model}/forecast`, { body });
  return (answer.forecasts as { quantiles: { values: number[] }[] }[]).map(({ quantiles }) =>
    quantiles.map(({ values }) => values),
  );
}
const close = (found: readonly number[], expected: readonly (number | undefined)[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => {
    expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 6);
  });
};

test('a forecast has medians and the quantiles of its intervals, one series behind the other', async () => {
  const { status, body } = await post('forecast', { ...base, h: 2, level: [80, 40] });
  expect([status, body.model, body.weights_x]).toEqual([200, 'power', null]);
  const expected = await direct(observed.map((values, i) => ({ start: starts[i] ?? 0, values })));
  const flat = (level: number) => expected.flatMap((one) => one[level]?.slice(0, 2) ?? []);
  close(body.mean, flat(1));
  close(body.intervals['lo-80'], flat(0));
  close(body.intervals['hi-80'], flat(2));
  expect(Object.keys(body.intervals)).toEqual(['lo-40', 'hi-40', 'lo-80', 'hi-80']);
  // 40 % lie between the quantiles 0.3 and 0.7, each half way between two trained ones.
  close(
    body.intervals['hi-40'],
    flat(1).map((median, i) => (median + (flat(2)[i] ?? 0)) / 2),
  );
});

test('without a level there are no intervals', async () => {
  expect((await post('forecast', { ...base, h: 1 })).body.intervals).toBeNull();
});

test('covariates are the model’s, in its order: first those that are known ahead', async () => {
  const [values = []] = observed;
  const price = seasonal(53, 7);
  const wind = seasonal(50, 8);
  const one = {
    y: values,
    sizes: [50],
    start_datetime: [timestamp(480_000)],
    X: [price.slice(0, 50), wind],
    X_future: [price.slice(50)],
  };
  const { body } = await post('forecast', { model: 'priced', freq: '60min', h: 3, series: one });
  const covariates = { known: { price }, past: { wind } };
  const [expected = []] = await direct([{ start: 480_000, values }], { covariates }, 'priced');
  close(body.mean, expected[1] ?? []);
});

test('cross-validation forecasts windows at the end of each series, and marks those in the training data', async () => {
  const { body } = await post('cross_validation', {
    ...base,
    ...{ h: 2, n_windows: 2, step_size: 3, level: [80], refit: true },
  });
  expect(body.sizes).toEqual([4, 4]);
  expect(body.idxs).toEqual([45, 46, 48, 49, 75, 76, 78, 79]);
  const cuts = lengths.flatMap((length, i) =>
    [length - 5, length - 2].map((rows) => ({
      start: starts[i] ?? 0,
      values: (observed[i] ?? []).slice(0, rows),
    })),
  );
  const expected = await direct(cuts);
  close(
    body.mean,
    expected.flatMap((one) => one[1]?.slice(0, 2) ?? []),
  );
  close(
    body.intervals['lo-80'],
    expected.flatMap((one) => one[0]?.slice(0, 2) ?? []),
  );
  expect(body.in_training).toEqual([false, false, false, false, true, true, true, true]);
  expect(body.intervals['in-training']).toEqual([0, 0, 0, 0, 1, 1, 1, 1]);
});

test('the whole history is windows of the model’s horizon side by side, after one season', async () => {
  const { body } = await post('cross_validation', { ...base, h: 29, n_windows: 1, full_history: true });
  // The season is 24: of 50 observations 24 are windows, of 30 six.
  expect(body.sizes).toEqual([24, 6]);
  expect(body.idxs).toEqual([
    ...Array.from({ length: 24 }, (_, i) => 26 + i),
    ...Array.from({ length: 6 }, (_, i) => 74 + i),
  ]);
  expect(body.intervals).toBeNull();
});

test('each observation after the first season is judged by the forecast made one period before', async () => {
  const [values = []] = observed;
  const y: (number | null)[] = values.with(49, 1000);
  const one = { y: y.with(40, null), sizes: [50], start_datetime: [timestamp(480_000)] };
  const { body } = await post('anomaly_detection', { model: 'power', freq: 'h', level: 80, series: one });
  expect(body.sizes).toEqual([26]);
  const cuts = Array.from({ length: 26 }, (_, i) => ({
    start: 480_000,
    values: one.y.slice(0, 24 + i),
  }));
  const expected = await direct(cuts);
  close(
    body.mean,
    expected.map((quantiles) => quantiles[1]?.[0]),
  );
  const outside = expected.map(([low, , high], i) => {
    const value = one.y[24 + i];
    return typeof value === 'number' && (value < (low?.[0] ?? 0) || value > (high?.[0] ?? 0));
  });
  expect(body.anomaly).toEqual(outside);
  expect([body.anomaly[25], body.anomaly[16], body.anomaly_score[16]]).toEqual([true, false, null]);
  const [, median, high] = (expected[25] ?? []).map(([first = 0]) => first);
  expect(body.anomaly_score[25]).toBeCloseTo((1000 - (median ?? 0)) / ((high ?? 0) - (median ?? 0)), 6);
});

test('online, forecasts are made every step_size periods, and the newest before an observation judges it', async () => {
  const { body } = await post('online_anomaly_detection', {
    ...base,
    ...{ h: 3, step_size: 2, detection_size: 5, level: 80, threshold_method: 'univariate' },
  });
  expect(body.sizes).toEqual([5, 5]);
  expect(body.idxs).toEqual([45, 46, 47, 48, 49, 75, 76, 77, 78, 79]);
  const [values = []] = observed;
  const expected = await direct(
    [45, 47, 49].map((rows) => ({ start: starts[0] ?? 0, values: values.slice(0, rows) })),
  );
  close(
    body.mean.slice(0, 5),
    expected.flatMap((one, i) => one[1]?.slice(0, i === 2 ? 1 : 2) ?? []),
  );
  expect(body.anomaly).toHaveLength(10);
});

const short = { ...series, y: [1, 2], sizes: [2], start_datetime: [timestamp(480_000)] };
const priced = { ...base, model: 'priced', h: 3 };
const prices = Array.from({ length: 80 }, () => 1);
const refusals: [name: string, path: string, body: Body, expected: Body][] = [
  ['finetuning', 'forecast', { ...base, h: 1, finetune_steps: 5 }, { path: 'finetune_steps' }],
  [
    'a finetuned model',
    'forecast',
    { ...base, h: 1, finetuned_model_id: 'x' },
    { path: 'finetuned_model_id' },
  ],
  ['parameters', 'forecast', { ...base, h: 1, model_parameters: { a: 1 } }, { path: 'model_parameters' }],
  ['multivariate', 'forecast', { ...base, h: 1, multivariate: true }, { path: 'multivariate' }],
  [
    'contributions',
    'forecast',
    { ...base, h: 1, feature_contributions: true },
    { path: 'feature_contributions' },
  ],
  [
    'a field that nobody knows',
    'forecast',
    { ...base, h: 1, quantile: [0.1] },
    { path: 'quantile', code: 'REQUEST' },
  ],
  ['a horizon beyond the model’s', 'forecast', { ...base, h: 4 }, { path: 'h' }],
  [
    'an interval beyond the trained quantiles',
    'forecast',
    { ...base, h: 1, level: [80, 90] },
    {
      path: 'level',
      detail:
        "level must be 0..80 (the model's: the quantiles it was trained for reach from 0.1 to 0.9), got 90",
    },
  ],
  ['another frequency', 'forecast', { ...base, h: 1, freq: 'D' }, { path: 'freq', code: 'FREQUENCY' }],
  ['business days', 'forecast', { ...base, h: 1, freq: 'B' }, { path: 'freq', code: 'FREQUENCY' }],
  [
    'no timestamps',
    'forecast',
    { ...base, h: 1, series: { ...series, start_datetime: undefined } },
    { path: 'series.start_datetime', remedy: expect.stringContaining('0.9') },
  ],
  [
    'a start between two periods',
    'forecast',
    { ...base, h: 1, series: { ...series, start_datetime: [timestamp(480_000), '2024-10-04T00'] } },
    { path: 'series.start_datetime[1]', code: 'FREQUENCY' },
  ],
  [
    'sizes that are not those of y',
    'forecast',
    { ...base, h: 1, series: { ...series, sizes: [50, 31] } },
    { path: 'series.y', detail: 'y must have as many values as sizes say: 81, got 80' },
  ],
  [
    'categories',
    'forecast',
    { ...base, h: 1, series: { ...series, X: [['red']], categorical_exog: [0] } },
    { path: 'series.categorical_exog' },
  ],
  [
    'covariates that the model has not',
    'forecast',
    { ...base, h: 1, series: { ...series, X: [prices] } },
    { path: 'series.X', remedy: expect.stringContaining('hist_exog_list') },
  ],
  ['a model of two channels', 'forecast', { ...base, model: 'two', h: 1 }, { path: 'model' }],
  [
    'no values of a known covariate',
    'forecast',
    priced,
    { path: 'series.X_future', remedy: expect.stringContaining('X_df') },
  ],
  [
    'a known covariate for less than the horizon',
    'forecast',
    { ...priced, h: 2, series: { ...series, X: [prices], X_future: [[1, 1, 1, 1]] } },
    { path: 'series.X', remedy: expect.stringContaining('h=3') },
  ],
  [
    'covariates of another length',
    'forecast',
    { ...priced, series: { ...series, X: [[1]], X_future: [[1, 1, 1, 1, 1, 1]] } },
    { path: 'series.X[0]' },
  ],
  [
    'more windows than a series has',
    'cross_validation',
    { ...base, h: 3, n_windows: 10 },
    { path: 'series.sizes[1]', detail: expect.stringContaining('at least 31') },
  ],
  [
    'more windows than a request may have',
    'anomaly_detection',
    {
      ...base,
      level: 50,
      series: { ...short, y: Array.from({ length: 10_025 }, () => 1), sizes: [10_025] },
    },
    { path: 'series.sizes', detail: expect.stringContaining('10000') },
  ],
  [
    'the level that the client has where none is given',
    'anomaly_detection',
    { ...base, level: 99 },
    { path: 'level' },
  ],
  [
    'one threshold for all series',
    'online_anomaly_detection',
    { ...base, h: 1, detection_size: 5, level: 80, threshold_method: 'multivariate' },
    { path: 'threshold_method' },
  ],
  [
    'observations between two windows',
    'online_anomaly_detection',
    { ...base, h: 1, detection_size: 5, level: 80, step_size: 2 },
    { path: 'step_size' },
  ],
  [
    'more to be judged than there is',
    'online_anomaly_detection',
    { ...base, h: 1, detection_size: 30, level: 80 },
    { path: 'series.sizes[1]' },
  ],
];

test.each(refusals)('%s is refused, not approximated', async (_, path, body, expected) => {
  const answer = await post(path, body);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject(expected);
});

test('the client finds its models, and what each of them reads', async () => {
  const models = await ask(manage, 'GET', '/v2/models');
  expect(models.body).toEqual({ models: [{ name: 'power' }, { name: 'priced' }, { name: 'two' }] });
  const parameters = await ask(manage, 'GET', '/model_params?model=power&freq=h');
  expect(parameters.body).toEqual({ detail: { input_size: 40, horizon: 3 } });
  expect(await ask(manage, 'GET', '/model_params?model=power&freq=ME')).toMatchObject({
    status: 422,
    body: { code: 'FREQUENCY', path: 'freq' },
  });
  expect(await ask(manage, 'GET', '/model_params?model=timegpt-1&freq=h')).toMatchObject({
    status: 404,
    body: { code: 'UNKNOWN_MODEL' },
  });
});

test('a token for another dataset does not forecast with this model', async () => {
  const guarded = forecastApi({
    store,
    champions: createChampions(store),
    authenticate: async () => ({ id: 'a', datasets: ['priced'], scopes: ['forecast'] }),
  });
  for (const [path, more] of [
    ['forecast', { h: 1 }],
    ['cross_validation', { h: 1 }],
    ['anomaly_detection', { level: 80 }],
    ['online_anomaly_detection', { h: 1, level: 80, detection_size: 1 }],
  ] as const) {
    const { status, body } = await ask(guarded, 'POST', `/v2/${path}`, { body: { ...base, ...more } });
    expect([path, status, body.code]).toEqual([path, 403, 'FORBIDDEN']);
  }
});
