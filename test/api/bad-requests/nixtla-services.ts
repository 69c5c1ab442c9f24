import { type BadRequest, by, get, post } from './request.ts';

const flat = { y: [1, 2, 3], sizes: [3], start_datetime: ['2024-01-01T00:15'] };
const other = (place: string, more: object) =>
  post(`/v2/${place}`, { model: 'power', freq: 'h', series: flat, ...more });

/** What else the nixtla client asks for: cross-validation, anomalies, and what there is. */
export const nixtlaServices: readonly BadRequest[] = [
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
  {
    name: 'nixtla: models without a token',
    request: get('/v2/models', by(null)),
    problem: {
      code: 'UNAUTHENTICATED',
      detail: 'this needs a token that is known, got none',
      remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
    },
  },
  {
    name: 'nixtla: a key that is not valid',
    request: get('/validate_api_key', by('Bearer nixak-0123456789')),
    problem: {
      code: 'UNAUTHENTICATED',
      detail: 'this needs a token that is known, got one that is not',
      remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
    },
  },
];
