import type { Body } from '../support.ts';
import { base, post, series, timestamp } from './support.ts';

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
