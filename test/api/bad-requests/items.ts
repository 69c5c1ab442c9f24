import { type BadRequest, get } from './request.ts';

const place = '/v1/models/power/items';
const unknownModel = {
  code: 'UNKNOWN_MODEL',
  detail: 'a model must have a version that serves, got powr',
  remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
  path: 'model',
};
const unknownItem = {
  code: 'UNKNOWN_ITEM',
  detail: 'item must be an item of power, got "nort"',
  remedy: 'GET /v1/models/{model}/items lists them',
  path: 'item',
};
const noItem = {
  code: 'REQUEST',
  detail: 'item must be given, got nothing',
  remedy: 'add item',
  path: 'item',
};

/** Items that are not there, and questions about them that cannot be answered. */
export const items: readonly BadRequest[] = [
  {
    name: 'items of an unknown model',
    request: get('/v1/models/powr/items'),
    problem: unknownModel,
  },
  {
    name: 'a page of no items',
    request: get(`${place}?limit=0`),
    problem: {
      code: 'REQUEST',
      detail: 'limit must be at least 1, got "0"',
      remedy: 'mend limit; GET /openapi.json describes it',
      path: 'limit',
    },
  },
  {
    name: 'items by an unknown question',
    request: get(`${place}?name=n`),
    problem: {
      code: 'REQUEST',
      detail: 'the query must have known fields only, got "name"',
      remedy: 'leave it out; GET /openapi.json lists them',
      path: 'name',
    },
  },
  {
    name: 'the history of no item',
    request: get(`${place}/history`),
    problem: noItem,
  },
  {
    name: 'the history of an unknown item',
    request: get(`${place}/history?item=nort`),
    problem: unknownItem,
  },
  {
    name: 'the history of an item of an unknown model',
    request: get('/v1/models/powr/items/history?item=north'),
    problem: unknownModel,
  },
  {
    name: 'the last none of a history',
    request: get(`${place}/history?item=north&last=0`),
    problem: {
      code: 'REQUEST',
      detail: 'last must be at least 1, got "0"',
      remedy: 'mend last; GET /openapi.json describes it',
      path: 'last',
    },
  },
  {
    name: 'a backtest of no item',
    request: get(`${place}/backtest`),
    problem: noItem,
  },
  {
    name: 'a backtest of an unknown item',
    request: get(`${place}/backtest?item=nort`),
    problem: unknownItem,
  },
  {
    name: 'a backtest with an unknown model',
    request: get('/v1/models/powr/items/backtest?item=north'),
    problem: unknownModel,
  },
  {
    name: 'a backtest of more windows than there can be',
    request: get(`${place}/backtest?item=north&windows=51`),
    problem: {
      code: 'REQUEST',
      detail: 'windows must be at most 50, got "51"',
      remedy: 'mend windows; GET /openapi.json describes it',
      path: 'windows',
    },
  },
];
