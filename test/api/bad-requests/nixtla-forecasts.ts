import { type BadRequest, post } from './request.ts';

const flat = { y: [1, 2, 3], sizes: [3], start_datetime: ['2024-01-01T00:15'] };
const nixtla = (more: object, series: object = {}) =>
  post('/v2/forecast', { model: 'power', freq: 'h', h: 1, series: { ...flat, ...series }, ...more });

/** Requests of the nixtla client for forecasts that a model cannot follow. */
export const nixtlaForecasts: readonly BadRequest[] = [
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
];
