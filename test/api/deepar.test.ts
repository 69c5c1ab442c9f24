import { memoryStore } from '../bundle/support.ts';
import { seasonal } from '../support/forecaster.ts';
import { ask, type Body, forecasting, publish } from './support.ts';

const { store } = memoryStore();
const app = forecasting(store);
const statics = [{ name: 'region', kind: 'category' as const, values: ['7', 'north'] }];

beforeAll(async () => {
  await publish(store, 'power');
  await publish(store, 'priced', { known: ['price'], statics });
});

const start = '2024-01-01 00:15:00';
const target = seasonal(30);
const price = seasonal(33, 2);
const invoke = (body: Body, model = 'power') => ask(app, 'POST', `/v1/models/${model}/invocations`, { body });
const direct = async (series: Body, quantiles: number[], model = 'power') => {
  const { body } = await ask(app, 'POST', `/v1/models/${model}/forecast`, {
    body: { series: [{ start, target, ...series }], quantiles },
  });
  return body.forecasts[0] as { mean: number[]; quantiles: { values: number[] }[] };
};

test('means and quantiles are those of a forecast, under the names that were asked for', async () => {
  const { status, body } = await invoke({
    instances: [
      { start, target: target.with(3, Number.NaN).map((value) => (Number.isNaN(value) ? 'NaN' : value)) },
    ],
    configuration: { num_samples: 50, output_types: ['mean', 'quantiles'], quantiles: ['0.9', '0.10'] },
  });
  const expected = await direct({ target: target.map((value, i) => (i === 3 ? null : value)) }, [0.1, 0.9]);
  expect(status).toBe(200);
  expect(body).toEqual({
    predictions: [
      {
        mean: expected.mean,
        quantiles: { '0.9': expected.quantiles[1]?.values, '0.10': expected.quantiles[0]?.values },
      },
    ],
  });
});

test('without a configuration there are means and the quantiles 0.1, 0.5 and 0.9, for each instance', async () => {
  const { body } = await invoke({
    instances: [
      { start, target },
      { start, target: [] },
    ],
  });
  expect(body.predictions).toHaveLength(2);
  for (const { mean, quantiles } of body.predictions) {
    expect(mean).toHaveLength(3);
    expect(Object.keys(quantiles)).toEqual(['0.1', '0.5', '0.9']);
  }
});

test('only what was asked for is answered', async () => {
  const { body } = await invoke({
    instances: [{ start, target }],
    configuration: { output_types: ['quantiles'], quantiles: ['0.5'] },
  });
  expect(Object.keys(body.predictions[0])).toEqual(['quantiles']);
});

test('features are the known covariates in the model’s order, categories are named as the data names them', async () => {
  const { body } = await invoke(
    { instances: [{ start, target, cat: [7], dynamic_feat: [price] }] },
    'priced',
  );
  const expected = await direct({ known: { price }, static: { region: '7' } }, [0.5], 'priced');
  expect(body.predictions[0].mean).toEqual(expected.mean);
  const other = await invoke(
    { instances: [{ start, target, cat: ['north'], dynamic_feat: [price] }] },
    'priced',
  );
  expect(other.body.predictions[0].mean).not.toEqual(expected.mean);
});

const refusals: [name: string, model: string, body: Body, expected: Body][] = [
  [
    'sample paths',
    'power',
    { instances: [{ start, target }], configuration: { output_types: ['samples'] } },
    { path: 'configuration.output_types', detail: expect.stringContaining('no sample paths') },
  ],
  ['no instances', 'power', { instances: [] }, { path: 'instances' }],
  [
    'quantiles beyond the trained ones',
    'power',
    { instances: [{ start, target }], configuration: { quantiles: ['0.01'] } },
    { path: 'configuration.quantiles' },
  ],
  [
    'a quantile that is none',
    'power',
    { instances: [{ start, target }], configuration: { quantiles: ['p50'] } },
    { path: 'configuration.quantiles[0]' },
  ],
  [
    'a start between two periods',
    'power',
    { instances: [{ start: '2024-01-01', target }] },
    { path: 'instances[0].start', code: 'FREQUENCY' },
  ],
  [
    'features that the model has not',
    'power',
    { instances: [{ start, target, dynamic_feat: [price] }] },
    { path: 'instances[0].dynamic_feat' },
  ],
  [
    'categories that the model has not',
    'power',
    { instances: [{ start, target, cat: [0] }] },
    { path: 'instances[0].cat' },
  ],
  ['no features', 'priced', { instances: [{ start, target }] }, { path: 'instances[0].dynamic_feat' }],
  [
    'features that end too early',
    'priced',
    { instances: [{ start, target, dynamic_feat: [price.slice(1)] }] },
    { path: 'instances[0].dynamic_feat[0]', detail: expect.stringContaining('33 values') },
  ],
  [
    'features with holes in the future',
    'priced',
    { instances: [{ start, target, dynamic_feat: [price.map((value, i) => (i === 32 ? null : value))] }] },
    { path: 'instances[0].dynamic_feat[0]' },
  ],
  [
    'a category that nobody knows',
    'priced',
    { instances: [{ start, target, cat: [1], dynamic_feat: [price] }] },
    { path: 'instances[0].cat[0]', remedy: expect.stringContaining('7, north') },
  ],
  [
    'a misspelled field',
    'power',
    { instances: [{ start, target, targets: target }] },
    { path: 'instances[0].targets' },
  ],
];

test.each(refusals)('%s: refused, not approximated', async (_, model, body, expected) => {
  const answer = await invoke(body, model);
  expect(answer.status).toBe(422);
  expect(answer.body).toMatchObject(expected);
});
