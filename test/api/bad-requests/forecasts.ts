import { type BadRequest, post } from './request.ts';

const forecast = (body: unknown, model = 'power') => post(`/v1/models/${model}/forecast`, body);
const start = '2024-01-01T00:15:00Z';
const one = { start, target: [1, 2, 3] };

/** Forecasts of models, horizons and quantiles that there are not. */
export const forecasts: readonly BadRequest[] = [
  {
    name: 'an unknown model',
    request: forecast({ series: [one] }, 'powr'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'a name that no model can have',
    request: forecast({ series: [one] }, '-power'),
    problem: {
      code: 'REQUEST',
      detail: `model must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "-power"`,
      remedy: 'mend model; GET /openapi.json describes it',
      path: 'model',
    },
  },
  {
    name: 'a name with a slash in it',
    request: forecast({ series: [one] }, 'power%2Fcurrent'),
    problem: {
      code: 'REQUEST',
      detail: `model must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "power/current"`,
      remedy: 'mend model; GET /openapi.json describes it',
      path: 'model',
    },
  },
  {
    name: 'nothing to forecast',
    request: forecast({}),
    problem: {
      code: 'REQUEST',
      detail: 'a request must have series or items, got none',
      remedy: 'add series with their observations, or items of the dataset by name',
      path: 'series',
    },
  },
  {
    name: 'a horizon beyond the model’s',
    request: forecast({ series: [one], horizon: 4 }),
    problem: {
      code: 'REQUEST',
      detail: "horizon must be 1..3 (the model's), got 4",
      remedy: 'train with a longer horizon or ask for at most 3',
      path: 'horizon',
    },
  },
  {
    name: 'a horizon of nothing',
    request: forecast({ series: [one], horizon: 0 }),
    problem: {
      code: 'REQUEST',
      detail: "horizon must be 1..3 (the model's), got 0",
      remedy: 'ask for at least 1',
      path: 'horizon',
    },
  },
  {
    name: 'half a step',
    request: forecast({ series: [one], horizon: 1.5 }),
    problem: {
      code: 'REQUEST',
      detail: 'horizon must be a whole number, got 1.5',
      remedy: 'mend horizon; GET /openapi.json describes it',
      path: 'horizon',
    },
  },
  {
    name: 'a horizon as text',
    request: forecast({ series: [one], horizon: '2' }),
    problem: {
      code: 'REQUEST',
      detail: 'horizon must be a number, got "2"',
      remedy: 'mend horizon; GET /openapi.json describes it',
      path: 'horizon',
    },
  },
  {
    name: 'quantiles beyond the trained ones',
    request: forecast({ series: [one], quantiles: [0.05, 0.5] }),
    problem: {
      code: 'REQUEST',
      detail:
        'quantile levels must lie within 0.1..0.9, the levels the model was trained for, got [0.05,0.5]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'quantiles',
    },
  },
  {
    name: 'quantiles that fall',
    request: forecast({ series: [one], quantiles: [0.9, 0.1] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantile levels must rise, got [0.9,0.1]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'quantiles',
    },
  },
  {
    name: 'quantiles that repeat',
    request: forecast({ series: [one], quantiles: [0.5, 0.5] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantile levels must rise, got [0.5,0.5]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'quantiles',
    },
  },
  {
    name: 'no quantiles',
    request: forecast({ series: [one], quantiles: [] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantiles must have at least 1 entry, got []',
      remedy: 'mend quantiles; GET /openapi.json describes it',
      path: 'quantiles',
    },
  },
  {
    name: 'a quantile in percent',
    request: forecast({ series: [one], quantiles: [90] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantile levels must lie within 0.1..0.9, the levels the model was trained for, got [90]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'quantiles',
    },
  },
  {
    name: 'quantiles as text',
    request: forecast({ series: [one], quantiles: ['0.5'] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantiles[0] must be a number, got "0.5"',
      remedy: 'mend quantiles[0]; GET /openapi.json describes it',
      path: 'quantiles[0]',
    },
  },
  {
    name: 'more quantiles than there can be',
    request: forecast({ series: [one], quantiles: Array.from({ length: 100 }, (_, i) => 0.1 + i / 1000) }),
    problem: {
      code: 'REQUEST',
      detail:
        'quantiles must have at most 99 entries, got [0.1,0.101,0.10200000000000001,0.10300000000000001,0.10400000000000001,0.1050000…',
      remedy: 'mend quantiles; GET /openapi.json describes it',
      path: 'quantiles',
    },
  },
  {
    name: 'a misspelled field',
    request: forecast({ series: [one], horizn: 3 }),
    problem: {
      code: 'REQUEST',
      detail: 'the body must have known fields only, got "horizn"',
      remedy: 'did you mean horizon?',
      path: 'horizn',
    },
  },
  {
    name: 'a field of another service',
    request: forecast({ series: [one], num_samples: 100 }),
    problem: {
      code: 'REQUEST',
      detail: 'the body must have known fields only, got "num_samples"',
      remedy: 'leave it out; known are series, items, known, horizon, quantiles',
      path: 'num_samples',
    },
  },
];
