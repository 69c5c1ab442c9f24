import { type BadRequest, get, post } from './request.ts';

const invoke = (body: unknown, model = 'power') => post(`/v1/models/${model}/invocations`, body);
const instance = { start: '2024-01-01 00:15:00', target: [1, 2, 3] };
const instances = [instance];
const flat = { y: [1, 2, 3], sizes: [3], start_datetime: ['2024-01-01T00:15'] };
const nixtla = (more: object, series: object = {}) =>
  post('/v2/forecast', { model: 'power', freq: 'h', h: 1, series: { ...flat, ...series }, ...more });
const other = (place: string, more: object) =>
  post(`/v2/${place}`, { model: 'power', freq: 'h', series: flat, ...more });

/** Requests of other services’ clients that a model cannot follow. */
export const clients: readonly BadRequest[] = [
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
  {
    name: 'nixtla: an unknown model',
    request: nixtla({ model: 'timegpt-1' }),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got timegpt-1',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'nixtla: no model',
    request: post('/v2/forecast', { freq: 'h', h: 1, series: flat }),
    problem: {
      code: 'REQUEST',
      detail: 'model must be given, got nothing',
      remedy: 'add model',
      path: 'model',
    },
  },
  {
    name: 'nixtla: another frequency',
    request: nixtla({ freq: 'D' }),
    problem: {
      code: 'FREQUENCY',
      detail: `freq must be as long as the model's: 1h, got "D"`,
      remedy: 'send series of this frequency, or name a model of theirs',
      path: 'freq',
    },
  },
  {
    name: 'nixtla: a frequency that there is not',
    request: nixtla({ freq: 'hourly' }),
    problem: {
      code: 'FREQUENCY',
      detail: `freq must be as long as the model's: 1h, got "hourly"`,
      remedy: 'send series of this frequency, or name a model of theirs',
      path: 'freq',
    },
  },
  {
    name: 'nixtla: a horizon beyond the model’s',
    request: nixtla({ h: 12 }),
    problem: {
      code: 'REQUEST',
      detail: "horizon must be 1..3 (the model's), got 12",
      remedy: 'train with a longer horizon or ask for at most 3',
      path: 'h',
    },
  },
  {
    name: 'nixtla: finetuning',
    request: nixtla({ finetune_steps: 10 }),
    problem: {
      code: 'REQUEST',
      detail: 'finetune_steps must be 0, got 10',
      remedy: 'models are trained from their dataset: leave it out, or upload the data and name that model',
      path: 'finetune_steps',
    },
  },
  {
    name: 'nixtla: a finetuned model',
    request: nixtla({ finetuned_model_id: 'mine' }),
    problem: {
      code: 'REQUEST',
      detail: 'finetuned_model_id must be null, got "mine"',
      remedy: 'models are trained from their dataset: leave it out, or upload the data and name that model',
      path: 'finetuned_model_id',
    },
  },
  {
    name: 'nixtla: contributions of covariates',
    request: nixtla({ feature_contributions: true }),
    problem: {
      code: 'REQUEST',
      detail: 'feature_contributions must be false, got true',
      remedy: 'leave it out: contributions of covariates are not computed',
      path: 'feature_contributions',
    },
  },
  {
    name: 'nixtla: series together',
    request: nixtla({ multivariate: true }),
    problem: {
      code: 'REQUEST',
      detail: 'multivariate must be false, got true',
      remedy: 'leave it out: whether series are forecast together is decided in training',
      path: 'multivariate',
    },
  },
  {
    name: 'nixtla: an interval beyond the trained quantiles',
    request: nixtla({ level: [95] }),
    problem: {
      code: 'REQUEST',
      detail:
        "level must be 0..80 (the model's: the quantiles it was trained for reach from 0.1 to 0.9), got 95",
      remedy: 'ask for at most 80, or train with wider quantiles',
      path: 'level',
    },
  },
  {
    name: 'nixtla: an interval of 100 %',
    request: nixtla({ level: [100] }),
    problem: {
      code: 'REQUEST',
      detail: 'level[0] must be below 100, got 100',
      remedy: 'mend level[0]; GET /openapi.json describes it',
      path: 'level[0]',
    },
  },
  {
    name: 'nixtla: sizes that do not add up',
    request: nixtla({}, { sizes: [2] }),
    problem: {
      code: 'REQUEST',
      detail: 'y must have as many values as sizes say: 2, got 3',
      remedy: 'send the observations of all series one behind the other',
      path: 'series.y',
    },
  },
  {
    name: 'nixtla: series of no observations',
    request: nixtla({}, { sizes: [3, 0] }),
    problem: {
      code: 'REQUEST',
      detail: 'series.sizes[1] must be at least 1, got 0',
      remedy: 'mend series.sizes[1]; GET /openapi.json describes it',
      path: 'series.sizes[1]',
    },
  },
  {
    name: 'nixtla: an old client, which sends no timestamps',
    request: nixtla({}, { start_datetime: null }),
    problem: {
      code: 'REQUEST',
      detail: 'start_datetime must have the first timestamp of each series, got none',
      remedy: 'use nixtla 0.9 or newer, with timestamps in UTC or at a constant distance from it',
      path: 'series.start_datetime',
    },
  },
  {
    name: 'nixtla: a timestamp off the grid',
    request: nixtla({}, { start_datetime: ['2024-01-01'] }),
    problem: {
      code: 'FREQUENCY',
      detail: 'a timestamp must be the beginning of one of the periods of 1h, got "2024-01-01"',
      remedy: 'the nearest are 2023-12-31T23:15:00Z and 2024-01-01T00:15:00Z',
      path: 'series.start_datetime[0]',
    },
  },
  {
    name: 'nixtla: covariates for a model without',
    request: nixtla({}, { X: [[1, 2, 3]], X_future: [[4]] }),
    problem: {
      code: 'REQUEST',
      detail: 'the model has 0 known covariates, got 1',
      remedy: 'leave X_df and date_features out, or train a model with columns.known',
      path: 'series.X_future',
    },
  },
  {
    name: 'nixtla: categories among the covariates',
    request: nixtla({}, { categorical_exog: [0] }),
    problem: {
      code: 'REQUEST',
      detail: 'series.categorical_exog must be left out: categories cannot be sent this way, got [0]',
      remedy: 'mend series.categorical_exog; GET /openapi.json describes it',
      path: 'series.categorical_exog',
    },
  },
  {
    name: 'nixtla: a model of several channels',
    request: nixtla({ model: 'wide' }),
    problem: {
      code: 'REQUEST',
      detail: 'the model must forecast one channel, since the client names no channels, got one of 2: a, b',
      remedy: 'use POST /v1/models/{model}/forecast, or name another model',
      path: 'model',
    },
  },
  {
    name: 'nixtla: more windows than there are observations',
    request: other('cross_validation', { h: 1, n_windows: 3 }),
    problem: {
      code: 'REQUEST',
      detail: 'a series must have at least 4 observations for 3 windows of 1 steps, 1 apart, got 3',
      remedy: 'ask for fewer windows or steps, or leave out the short series',
      path: 'series.sizes[0]',
    },
  },
  {
    name: 'nixtla: steps of no length',
    request: other('cross_validation', { h: 1, step_size: 0 }),
    problem: {
      code: 'REQUEST',
      detail: 'step_size must be at least 1, got 0',
      remedy: 'mend step_size; GET /openapi.json describes it',
      path: 'step_size',
    },
  },
  {
    name: 'nixtla: anomalies without a level',
    request: other('anomaly_detection', {}),
    problem: {
      code: 'REQUEST',
      detail: 'level must be given, got nothing',
      remedy: 'add level',
      path: 'level',
    },
  },
  {
    name: 'nixtla: more anomalies than observations',
    request: other('online_anomaly_detection', { h: 1, level: 80, detection_size: 3 }),
    problem: {
      code: 'REQUEST',
      detail: 'a series must have more observations than are to be judged (3), got 3',
      remedy: 'ask for a smaller detection_size, or leave out the short series',
      path: 'series.sizes[0]',
    },
  },
  {
    name: 'nixtla: windows that leave something out',
    request: other('online_anomaly_detection', { h: 1, level: 80, detection_size: 2, step_size: 2 }),
    problem: {
      code: 'REQUEST',
      detail:
        'step_size must be at most h (1): observations between two windows would have no forecast, got 2',
      remedy: 'ask for a smaller step_size, or leave it out',
      path: 'step_size',
    },
  },
  {
    name: 'nixtla: anomalies of series together',
    request: other('online_anomaly_detection', {
      h: 1,
      level: 80,
      detection_size: 1,
      threshold_method: 'multivariate',
    }),
    problem: {
      code: 'REQUEST',
      detail: 'threshold_method must be "univariate", got "multivariate"',
      remedy: 'judge each series by itself',
      path: 'threshold_method',
    },
  },
  {
    name: 'nixtla: parameters of an unknown model',
    request: get('/model_params?model=timegpt-1&freq=h'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got timegpt-1',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'nixtla: parameters without a frequency',
    request: get('/model_params?model=power'),
    problem: {
      code: 'REQUEST',
      detail: 'freq must be given, got nothing',
      remedy: 'add freq',
      path: 'freq',
    },
  },
];
