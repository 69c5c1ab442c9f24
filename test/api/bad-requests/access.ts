import { type BadRequest, by, get, post, remove } from './request.ts';

const one = { start: '2024-01-01T00:15:00Z', target: [1, 2, 3] };
const place = '/v1/models/power/forecast';

/** Who is not known, or may not. */
export const access: readonly BadRequest[] = [
  {
    name: 'no token',
    request: get('/v1/models', by(null)),
    problem: {
      code: 'UNAUTHENTICATED',
      detail: 'this needs a token that is known, got none',
      remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
    },
  },
  {
    name: 'an unknown token',
    request: get('/v1/models', by(`Bearer tc_${'a'.repeat(43)}`)),
    problem: {
      code: 'UNAUTHENTICATED',
      detail: 'this needs a token that is known, got one that is not',
      remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
    },
  },
  {
    name: 'a token of another form',
    request: get('/v1/models', by('Bearer secret')),
    problem: {
      code: 'UNAUTHENTICATED',
      detail: 'this needs a token that is known, got one that is not',
      remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
    },
  },
  {
    name: 'a token without its scheme',
    request: get('/v1/models', by('tc_secret')),
    problem: {
      code: 'UNAUTHENTICATED',
      detail: 'this needs a token that is known, got another scheme than Bearer',
      remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
    },
  },
  {
    name: 'another scheme',
    request: get('/v1/models', by('Basic dXNlcjpwYXNzd29yZA==')),
    problem: {
      code: 'UNAUTHENTICATED',
      detail: 'this needs a token that is known, got another scheme than Bearer',
      remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
    },
  },
  {
    name: 'no token where the body is wrong, too',
    request: post(place, '{', by(null)),
    problem: {
      code: 'UNAUTHENTICATED',
      detail: 'this needs a token that is known, got none',
      remedy: 'send Authorization: Bearer TOKEN, with one that whoever runs this has given you',
    },
  },
  {
    name: 'a forecast with a token for uploads',
    request: post(place, { series: [one] }, by('{uploads}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must have the scope forecast, got upload',
      remedy: 'ask for a token with it',
    },
  },
  {
    name: 'an upload with a token for forecasts',
    request: post('/v1/datasets/power/uploads', { file: '1.csv' }, by('{forecasts}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must have the scope upload, got forecast',
      remedy: 'ask for a token with it',
    },
  },
  {
    name: 'a list of jobs with a token for forecasts',
    request: get('/v1/jobs?dataset=power', by('{forecasts}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must have the scope upload, got forecast',
      remedy: 'ask for a token with it',
    },
  },
  {
    name: 'a removal with a token for uploads',
    request: remove('/v1/datasets/power', by('{uploads}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must have the scope admin, got upload',
      remedy: 'ask for a token with it',
    },
  },
  {
    name: 'a rollback with a token for uploads',
    request: post('/v1/models/power/rollback', {}, by('{uploads}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must have the scope admin, got upload',
      remedy: 'ask for a token with it',
    },
  },
  {
    name: 'a dataset that the token is not for',
    request: get('/v1/datasets/busy', by('{uploads}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must be for this dataset; it is for po*, got busy',
      remedy: 'name another dataset, or ask for a token for this one',
    },
  },
  {
    name: 'a model that the token is not for, of several patterns',
    request: get('/v1/models/power', by('{elsewhere}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must be for this dataset; it is for sales-*, stock, got power',
      remedy: 'name another dataset, or ask for a token for this one',
    },
  },
  {
    name: 'a dataset in the query that the token is not for',
    request: get('/v1/jobs?dataset=busy', by('{uploads}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must be for this dataset; it is for po*, got busy',
      remedy: 'name another dataset, or ask for a token for this one',
    },
  },
  {
    name: 'a dataset that is not there and the token is not for',
    request: get('/v1/models/other', by('{forecasts}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must be for this dataset; it is for power, got other',
      remedy: 'name another dataset, or ask for a token for this one',
    },
  },
  {
    name: 'a model in the body that the token is not for',
    request: post(
      '/v2/forecast',
      { model: 'wide', freq: 'h', h: 1, series: { y: [1], sizes: [1] } },
      by('{forecasts}'),
    ),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must be for this dataset; it is for power, got wide',
      remedy: 'name another dataset, or ask for a token for this one',
    },
  },
  {
    name: 'parameters of a model that the token is not for',
    request: get('/model_params?model=wide&freq=h', by('{forecasts}')),
    problem: {
      code: 'FORBIDDEN',
      detail: 'the token must be for this dataset; it is for power, got wide',
      remedy: 'name another dataset, or ask for a token for this one',
    },
  },
];
