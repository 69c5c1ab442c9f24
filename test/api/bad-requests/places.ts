import { type BadRequest, get, post } from './request.ts';

const place = '/v1/models/power/forecast';

/** Requests to places that there are not, or in a way that they do not take. */
export const places: readonly BadRequest[] = [
  {
    name: 'an unknown path',
    request: get('/v1/nothing'),
    problem: {
      code: 'NOT_FOUND',
      detail: 'a request must be to one of the places that GET /openapi.json lists, got GET /v1/nothing',
      remedy: 'mend the path',
    },
  },
  {
    name: 'the root',
    request: get('/'),
    problem: {
      code: 'NOT_FOUND',
      detail: 'a request must be to one of the places that GET /openapi.json lists, got GET /',
      remedy: 'mend the path',
    },
  },
  {
    name: 'a path with a slash at its end',
    request: get('/v1/models/'),
    problem: {
      code: 'NOT_FOUND',
      detail: 'a request must be to one of the places that GET /openapi.json lists, got GET /v1/models/',
      remedy: 'mend the path',
    },
  },
  {
    name: 'a path in capitals',
    request: get('/V1/MODELS'),
    problem: {
      code: 'NOT_FOUND',
      detail: 'a request must be to one of the places that GET /openapi.json lists, got GET /V1/MODELS',
      remedy: 'mend the path',
    },
  },
  {
    name: 'a version of the API that there is not',
    request: post('/v3/forecast', {}),
    problem: {
      code: 'NOT_FOUND',
      detail: 'a request must be to one of the places that GET /openapi.json lists, got POST /v3/forecast',
      remedy: 'mend the path',
    },
  },
  {
    name: 'a forecast that is read',
    request: get(place),
    problem: {
      code: 'METHOD',
      detail: '/v1/models/power/forecast takes POST, got GET',
      remedy: 'use POST',
    },
  },
  {
    name: 'a model that is patched',
    request: { method: 'PATCH', path: '/v1/models/power' },
    problem: {
      code: 'METHOD',
      detail: '/v1/models/power takes GET, HEAD, DELETE, got PATCH',
      remedy: 'use GET, HEAD or DELETE',
    },
  },
  {
    name: 'an upload that is read',
    request: get('/v1/datasets/power/uploads'),
    problem: {
      code: 'METHOD',
      detail: '/v1/datasets/power/uploads takes POST, got GET',
      remedy: 'use POST',
    },
  },
  {
    name: 'a list of jobs that is posted to',
    request: post('/v1/jobs', {}),
    problem: {
      code: 'METHOD',
      detail: '/v1/jobs takes GET, HEAD, got POST',
      remedy: 'use GET or HEAD',
    },
  },
];
