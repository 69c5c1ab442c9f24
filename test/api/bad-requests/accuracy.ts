import { type BadRequest, get } from './request.ts';

const unknownModel = {
  code: 'UNKNOWN_MODEL',
  detail: 'a model must have a version that serves, got powr',
  remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
  path: 'model',
};
const unknownVersion = {
  code: 'UNKNOWN_VERSION',
  detail: 'version must be one of the model, got fedcba9876543210',
  remedy: 'GET /v1/models/{model}/versions lists them',
  path: 'version',
};
const notKept = {
  code: 'UNKNOWN_ACCURACY',
  detail: 'the version must have been made by a Tidecast that keeps its accuracy, got one of before',
  remedy: 'train again; its metrics are in GET /v1/models/{model}/versions',
  path: 'version',
};
const places = ['', '/items', '/item?item=north'] as const;
const versioned = (place: string) => `${place}${place.includes('?') ? '&' : '?'}version=fedcba9876543210`;

/** Accuracy that was not kept, of what is not there. */
export const accuracy: readonly BadRequest[] = [
  ...places.flatMap((place): BadRequest[] => [
    {
      name: `the accuracy of an unknown model: ${place}`,
      request: get(`/v1/models/powr/accuracy${place}`),
      problem: unknownModel,
    },
    {
      name: `the accuracy of a version that there is not: ${place}`,
      request: get(`/v1/models/power/accuracy${versioned(place)}`),
      problem: unknownVersion,
    },
    {
      name: `the accuracy of a version of before: ${place}`,
      request: get(`/v1/models/wide/accuracy${place}`),
      problem: notKept,
    },
  ]),
  {
    name: 'the accuracy of no item',
    request: get('/v1/models/power/accuracy/item'),
    problem: { code: 'REQUEST', detail: 'item must be given, got nothing', remedy: 'add item', path: 'item' },
  },
  {
    name: 'the accuracy of an item that was not scored',
    request: get('/v1/models/power/accuracy/item?item=south'),
    problem: {
      code: 'NOT_SCORED',
      detail: 'item must be one that the backtest of power, version {version}, has scored, got "south"',
      remedy: 'name an item that was long enough to hold a window out when the version was made',
      path: 'item',
    },
  },
  {
    name: 'a page of no accuracies',
    request: get('/v1/models/power/accuracy/items?limit=0'),
    problem: {
      code: 'REQUEST',
      detail: 'limit must be at least 1, got "0"',
      remedy: 'mend limit; GET /openapi.json describes it',
      path: 'limit',
    },
  },
  {
    name: 'a page of accuracies after none that was said',
    request: get('/v1/models/power/accuracy/items?after=1'),
    problem: {
      code: 'REQUEST',
      detail: 'after must be what next said, got 1',
      remedy: 'leave it out to begin at the start',
      path: 'after',
    },
  },
];
