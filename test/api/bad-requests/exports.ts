import { type BadRequest, get, post, remove } from './request.ts';

const place = '/v1/models/power/exports';
const unknownExport = {
  code: 'UNKNOWN_EXPORT',
  detail: 'export must be one of power, got none',
  remedy: 'GET /v1/models/{model}/exports lists them',
  path: 'export',
};
const unknownModel = {
  code: 'UNKNOWN_MODEL',
  detail: 'a model must have a version that serves, got powr',
  remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
  path: 'model',
};

/** Exports that cannot be begun, and those that are not there. */
export const exports: readonly BadRequest[] = [
  {
    name: 'an export of an unknown model',
    request: post('/v1/models/powr/exports', {}),
    problem: unknownModel,
  },
  { name: 'exports of an unknown model', request: get('/v1/models/powr/exports'), problem: unknownModel },
  {
    name: 'an export in a format that is not written',
    request: post(place, { format: 'xlsx' }),
    problem: {
      code: 'REQUEST',
      detail: 'format must be one of csv, parquet, got "xlsx"',
      remedy: 'mend format; GET /openapi.json describes it',
      path: 'format',
    },
  },
  {
    name: 'an export of more steps than the model has',
    request: post(place, { horizon: 4 }),
    problem: {
      code: 'REQUEST',
      detail: "horizon must be 1..3 (the model's), got 4",
      remedy: 'train with a longer horizon or ask for at most 3',
      path: 'horizon',
    },
  },
  { name: 'an unknown export', request: get(`${place}/none`), problem: unknownExport },
  {
    name: 'a file of an unknown export',
    request: get(`${place}/none/files/part-00000.csv`),
    problem: unknownExport,
  },
  {
    name: 'the removal of an unknown export',
    request: remove(`${place}/none`),
    problem: unknownExport,
  },
];
