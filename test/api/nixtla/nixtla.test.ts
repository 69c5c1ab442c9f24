import { forecastApi } from '../../../shared/api/index.ts';
import { createChampions } from '../../../shared/serve/index.ts';
import { seasonal } from '../../support/forecaster.ts';
import { ask } from '../support.ts';
import { base, close, direct, lengths, manage, observed, post, starts, store, timestamp } from './support.ts';

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
