import { type BadRequest, get, post, remove } from './request.ts';

/** Datasets that are not there, or cannot be changed now. */
export const datasets: readonly BadRequest[] = [
  {
    name: 'a dataset with too long a name',
    request: get(`/v1/datasets/${'a'.repeat(65)}`),
    problem: {
      code: 'REQUEST',
      detail: `dataset must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"`,
      remedy: 'mend dataset; GET /openapi.json describes it',
      path: 'dataset',
    },
  },
  {
    name: 'an unknown dataset',
    request: get('/v1/datasets/powr'),
    problem: {
      code: 'UNKNOWN_DATASET',
      detail: 'a dataset must have files or jobs, got powr',
      remedy: 'GET /v1/datasets lists them',
      path: 'dataset',
    },
  },
  {
    name: 'a page of nothing',
    request: get('/v1/datasets?limit=0'),
    problem: {
      code: 'REQUEST',
      detail: 'limit must be at least 1, got "0"',
      remedy: 'mend limit; GET /openapi.json describes it',
      path: 'limit',
    },
  },
  {
    name: 'a page that is too long',
    request: get('/v1/datasets?limit=101'),
    problem: {
      code: 'REQUEST',
      detail: 'limit must be at most 100, got "101"',
      remedy: 'mend limit; GET /openapi.json describes it',
      path: 'limit',
    },
  },
  {
    name: 'a limit that is no number',
    request: get('/v1/models?limit=all'),
    problem: {
      code: 'REQUEST',
      detail: 'limit must be a number, got "all"',
      remedy: 'mend limit; GET /openapi.json describes it',
      path: 'limit',
    },
  },
  {
    name: 'an unknown question',
    request: get('/v1/datasets?page=2'),
    problem: {
      code: 'REQUEST',
      detail: 'the query must have known fields only, got "page"',
      remedy: 'leave it out; GET /openapi.json lists them',
      path: 'page',
    },
  },
  {
    name: 'a report before there is one',
    request: get('/v1/datasets/busy/report'),
    problem: {
      code: 'UNKNOWN_REPORT',
      detail: 'a report must have been made by the newest job, got job running, which has not read the data',
      remedy: 'ask again when the job is past its plan',
      path: 'dataset',
    },
  },
  {
    name: 'a report where there is no job',
    request: get('/v1/datasets/young/report'),
    problem: {
      code: 'UNKNOWN_REPORT',
      detail: 'a report must have been made by the newest job, got no job',
      remedy: 'train again',
      path: 'dataset',
    },
  },
  {
    name: 'retraining what is not there',
    request: post('/v1/datasets/powr/retrain'),
    problem: {
      code: 'UNKNOWN_DATASET',
      detail: 'a dataset must have files or jobs, got powr',
      remedy: 'GET /v1/datasets lists them',
      path: 'dataset',
    },
  },
  {
    name: 'retraining while a job is running',
    request: post('/v1/datasets/busy/retrain'),
    problem: {
      code: 'JOB_RUNNING',
      detail: 'no job of busy may be running, got job running',
      remedy: 'wait for its end, or cancel it',
    },
  },
  {
    name: 'retraining while files are coming',
    request: post('/v1/datasets/young/retrain'),
    problem: {
      code: 'UPLOADS_COMING',
      detail: 'the newest file must have come to rest, got one that has just been written',
      remedy: 'a job starts by itself when no more come',
    },
  },
  {
    name: 'retraining while somebody else does',
    request: post('/v1/datasets/power/retrain'),
    problem: {
      code: 'STORE_CONFLICT',
      detail: 'nobody else may begin a job at the same time, got another request that was faster',
      remedy: 'GET /v1/datasets/power names the newest job',
    },
  },
  {
    name: 'removing a dataset while a job is running',
    request: remove('/v1/datasets/busy'),
    problem: {
      code: 'JOB_RUNNING',
      detail: 'no job of busy may be running, got job running',
      remedy: 'wait for its end, or POST /v1/jobs/running/cancel',
    },
  },
  {
    name: 'removing a dataset that is not there',
    request: remove('/v1/datasets/powr'),
    problem: {
      code: 'UNKNOWN_DATASET',
      detail: 'a dataset must have files or jobs, got powr',
      remedy: 'GET /v1/datasets lists them',
      path: 'dataset',
    },
  },
];
