import { type BadRequest, post } from './request.ts';

const invoke = (body: unknown, model = 'power') => post(`/v1/models/${model}/invocations`, body);
const instance = { start: '2024-01-01 00:15:00', target: [1, 2, 3] };
const instances = [instance];

/** Requests of callers of SageMaker DeepAR that a model cannot follow. */
export const deepar: readonly BadRequest[] = [
  {
    name: 'DeepAR: no instances',
    request: invoke({ instances: [] }),
    problem: {
      code: 'REQUEST',
      detail: 'instances must have at least 1 entry, got []',
      remedy: 'mend instances; GET /openapi.json describes it',
      path: 'instances',
    },
  },
  {
    name: 'DeepAR: sample paths',
    request: invoke({ instances, configuration: { output_types: ['mean', 'samples'] } }),
    problem: {
      code: 'REQUEST',
      detail:
        'output_types must be of mean and quantiles: the models have no sample paths, got ["mean","samples"]',
      remedy: 'leave samples out; ask for the quantiles that they would be used for',
      path: 'configuration.output_types',
    },
  },
  {
    name: 'DeepAR: an unknown kind of output',
    request: invoke({ instances, configuration: { output_types: ['median'] } }),
    problem: {
      code: 'REQUEST',
      detail: 'configuration.output_types[0] must be one of mean, quantiles, samples, got "median"',
      remedy: 'mend configuration.output_types[0]; GET /openapi.json describes it',
      path: 'configuration.output_types[0]',
    },
  },
  {
    name: 'DeepAR: a quantile of 1',
    request: invoke({ instances, configuration: { quantiles: ['1'] } }),
    problem: {
      code: 'REQUEST',
      detail: 'configuration.quantiles[0] must be a number between 0 and 1, as text, got "1"',
      remedy: 'mend configuration.quantiles[0]; GET /openapi.json describes it',
      path: 'configuration.quantiles[0]',
    },
  },
  {
    name: 'DeepAR: a quantile that is a word',
    request: invoke({ instances, configuration: { quantiles: ['median'] } }),
    problem: {
      code: 'REQUEST',
      detail: 'configuration.quantiles[0] must be a number between 0 and 1, as text, got "median"',
      remedy: 'mend configuration.quantiles[0]; GET /openapi.json describes it',
      path: 'configuration.quantiles[0]',
    },
  },
  {
    name: 'DeepAR: a quantile beyond the trained ones',
    request: invoke({ instances, configuration: { quantiles: ['0.99'] } }),
    problem: {
      code: 'REQUEST',
      detail: 'quantile levels must lie within 0.1..0.9, the levels the model was trained for, got [0.99]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'configuration.quantiles',
    },
  },
  {
    name: 'DeepAR: a misspelled configuration',
    request: invoke({ instances, configuration: { quantile: ['0.5'] } }),
    problem: {
      code: 'REQUEST',
      detail: 'configuration must have known fields only, got "quantile"',
      remedy: 'did you mean quantiles?',
      path: 'configuration.quantile',
    },
  },
  {
    name: 'DeepAR: the series of our own form',
    request: invoke({ series: instances }),
    problem: {
      code: 'REQUEST',
      detail: 'instances must be given, got nothing',
      remedy: 'add instances',
      path: 'instances',
    },
  },
  {
    name: 'DeepAR: a start between two periods',
    request: invoke({ instances: [{ ...instance, start: '2024-01-01 00:30:00' }] }),
    problem: {
      code: 'FREQUENCY',
      detail: 'a timestamp must be the beginning of one of the periods of 1h, got "2024-01-01 00:30:00"',
      remedy: 'the nearest are 2024-01-01T00:15:00Z and 2024-01-01T01:15:00Z',
      path: 'instances[0].start',
    },
  },
  {
    name: 'DeepAR: features that are missing',
    request: invoke({ instances }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail: 'the model has 1 known covariates: price, got 0',
      remedy: 'give these, in this order',
      path: 'instances[0].dynamic_feat',
    },
  },
  {
    name: 'DeepAR: a feature that ends with the observations',
    request: invoke({ instances: [{ ...instance, dynamic_feat: [[1, 2, 3]] }] }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail: 'a feature must have 6 values (3 beside the target, 3 after it), none missing after it, got 3',
      remedy: 'give the values of all periods up to the end of the horizon',
      path: 'instances[0].dynamic_feat[0]',
    },
  },
  {
    name: 'DeepAR: a feature with a hole in the future',
    request: invoke({ instances: [{ ...instance, dynamic_feat: [[1, 2, 3, 4, null, 6]] }] }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail:
        'a feature must have 6 values (3 beside the target, 3 after it), none missing after it, got one with missing values',
      remedy: 'give the values of all periods up to the end of the horizon',
      path: 'instances[0].dynamic_feat[0]',
    },
  },
  {
    name: 'DeepAR: features for a model without',
    request: invoke({ instances: [{ ...instance, dynamic_feat: [[1, 2, 3, 4, 5, 6]] }] }),
    problem: {
      code: 'REQUEST',
      detail: 'the model has 0 known covariates, got 1',
      remedy: 'leave dynamic_feat out',
      path: 'instances[0].dynamic_feat',
    },
  },
  {
    name: 'DeepAR: a category by its number',
    request: invoke({ instances: [{ ...instance, cat: [0], dynamic_feat: [[1, 2, 3, 4, 5, 6]] }] }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail: 'region must be a category the model was trained with, by its name in the data, got 0',
      remedy: 'use one of north, south, or leave cat out where none is meant',
      path: 'instances[0].cat[0]',
    },
  },
  {
    name: 'DeepAR: categories for a model without',
    request: invoke({ instances: [{ ...instance, cat: ['north'] }] }),
    problem: {
      code: 'REQUEST',
      detail: 'the model has 0 static categories, got 1',
      remedy: 'leave cat out',
      path: 'instances[0].cat',
    },
  },
  {
    name: 'DeepAR: a model of several channels',
    request: invoke({ instances }, 'wide'),
    problem: {
      code: 'REQUEST',
      detail:
        'the model must forecast one channel, since a target of this form has no names, got one of 2: a, b',
      remedy: 'use POST /v1/models/{model}/forecast, or name another model',
      path: 'model',
    },
  },
];
