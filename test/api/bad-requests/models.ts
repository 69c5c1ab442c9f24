import { type BadRequest, get, post, remove } from './request.ts';

/** Models, versions and files that are not there. */
export const models: readonly BadRequest[] = [
  {
    name: 'removing a model that is not there',
    request: remove('/v1/models/powr'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'the description of an unknown model',
    request: get('/v1/models/powr'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'versions of an unknown model',
    request: get('/v1/models/powr/versions'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'a cursor that is no version',
    request: get('/v1/models/power/versions?after=0123'),
    problem: {
      code: 'REQUEST',
      detail: 'after must be what next said, got 0123',
      remedy: 'leave it out to begin at the start',
      path: 'after',
    },
  },
  {
    name: 'rolling an unknown model back',
    request: post('/v1/models/powr/rollback', {}),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'rolling back to a version that there is not',
    request: post('/v1/models/power/rollback', { version: 'fedcba9876543210' }),
    problem: {
      code: 'UNKNOWN_VERSION',
      detail: 'version must be one of the model, got fedcba9876543210',
      remedy: 'GET /v1/models/{model}/versions lists them',
      path: 'version',
    },
  },
  {
    name: 'rolling back to a version that cannot be',
    request: post('/v1/models/power/rollback', { version: '../x' }),
    problem: {
      code: 'REQUEST',
      detail: `version must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "../x"`,
      remedy: 'mend version; GET /openapi.json describes it',
      path: 'version',
    },
  },
  {
    name: 'rolling back where nothing served before',
    request: post('/v1/models/power/rollback', {}),
    problem: {
      code: 'UNKNOWN_VERSION',
      detail: 'another version must have served before, got {version} only',
      remedy: 'name one of GET /v1/models/{model}/versions',
      path: 'version',
    },
  },
  {
    name: 'a file that no bundle has',
    request: get('/v1/models/power/bundle?file=weights.bin'),
    problem: {
      code: 'UNKNOWN_FILE',
      detail: 'file must be one of version {version}, got weights.bin',
      remedy: 'GET /v1/models/{model}/versions lists its files',
      path: 'file',
    },
  },
  {
    name: 'a file that is no plain name',
    request: get('/v1/models/power/bundle?file=../current.json'),
    problem: {
      code: 'REQUEST',
      detail: 'file must be a plain file name, got "../current.json"',
      remedy: 'mend file; GET /openapi.json describes it',
      path: 'file',
    },
  },
  {
    name: 'a bundle of a version that there is not',
    request: get('/v1/models/power/bundle?version=fedcba9876543210'),
    problem: {
      code: 'UNKNOWN_VERSION',
      detail: 'version must be one of the model, got fedcba9876543210',
      remedy: 'GET /v1/models/{model}/versions lists them',
      path: 'version',
    },
  },
];
