import { type BadRequest, get, post } from './request.ts';

/** Jobs that are not there, or have ended. */
export const jobs: readonly BadRequest[] = [
  {
    name: 'an unknown job',
    request: get('/v1/jobs/dnoe?dataset=power'),
    problem: {
      code: 'UNKNOWN_JOB',
      detail: 'a job must be one of a dataset that the token covers, got dnoe',
      remedy: 'GET /v1/jobs lists them',
      path: 'job',
    },
  },
  {
    name: 'a job of another dataset',
    request: get('/v1/jobs/done?dataset=busy'),
    problem: {
      code: 'UNKNOWN_JOB',
      detail: 'a job must be one of a dataset that the token covers, got done',
      remedy: 'GET /v1/jobs lists them',
      path: 'job',
    },
  },
  {
    name: 'a cursor that none has given',
    request: get('/v1/jobs?after=yesterday'),
    problem: {
      code: 'REQUEST',
      detail: 'after must be what next said, got yesterday',
      remedy: 'leave it out to begin at the start',
      path: 'after',
    },
  },
  {
    name: 'jobs of a dataset that cannot be',
    request: get('/v1/jobs?dataset=a/b'),
    problem: {
      code: 'REQUEST',
      detail: `dataset must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "a/b"`,
      remedy: 'mend dataset; GET /openapi.json describes it',
      path: 'dataset',
    },
  },
  {
    name: 'cancelling a job that is done',
    request: post('/v1/jobs/done/cancel?dataset=power'),
    problem: {
      code: 'JOB_ENDED',
      detail: 'a job must be running to be cancelled, got one that is done',
      remedy: 'leave it: nothing works on it any more',
      path: 'job',
    },
  },
  {
    name: 'cancelling a job that is not there',
    request: post('/v1/jobs/dnoe/cancel'),
    problem: {
      code: 'UNKNOWN_JOB',
      detail: 'a job must be one of a dataset that the token covers, got dnoe',
      remedy: 'GET /v1/jobs lists them',
      path: 'job',
    },
  },
  {
    name: 'curves of a job that is not there',
    request: get('/v1/jobs/dnoe/curves'),
    problem: {
      code: 'UNKNOWN_JOB',
      detail: 'a job must be one of a dataset that the token covers, got dnoe',
      remedy: 'GET /v1/jobs lists them',
      path: 'job',
    },
  },
  {
    name: 'events of a job that is not there',
    request: get('/v1/jobs/dnoe/events'),
    problem: {
      code: 'UNKNOWN_JOB',
      detail: 'a job must be one of a dataset that the token covers, got dnoe',
      remedy: 'GET /v1/jobs lists them',
      path: 'job',
    },
  },
  {
    name: 'events where answers cannot be streamed',
    request: get('/v1/jobs/running/events?dataset=busy'),
    problem: {
      code: 'NOT_HERE',
      detail: 'events need a server that can stream its answers, got one that cannot',
      remedy: 'ask GET /v1/jobs/running every few seconds',
    },
  },
];
