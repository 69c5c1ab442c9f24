import { type BadRequest, post } from './request.ts';

const find = (more: object, model = 'power') => post(`/v1/models/${model}/anomalies`, more);

/** Anomalies that no model can find. */
export const anomalies: readonly BadRequest[] = [
  {
    name: 'anomalies of nothing',
    request: find({}),
    problem: {
      code: 'REQUEST',
      detail: 'a request must have series or items, got none',
      remedy: 'add series with their observations, or items of the dataset by name',
      path: 'series',
    },
  },
  {
    name: 'anomalies by an unknown model',
    request: find({ items: ['north'] }, 'powr'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'anomalies of an unknown item',
    request: find({ items: ['north', 'nort'] }),
    problem: {
      code: 'UNKNOWN_ITEM',
      detail: 'items must be items of power, got "nort"',
      remedy: 'mend the name, or send its observations as series',
      path: 'items[1]',
    },
  },
  {
    name: 'anomalies beyond the model’s widest interval',
    request: find({ items: ['north'], level: 0.9 }),
    problem: {
      code: 'REQUEST',
      detail: "level must be at most 0.8 (the model's widest interval), got 0.9",
      remedy: 'ask for at most 0.8, or train with wider quantiles',
      path: 'level',
    },
  },
  {
    name: 'anomalies by a level in per cent',
    request: find({ items: ['north'], level: 80 }),
    problem: {
      code: 'REQUEST',
      detail: 'level must be below 1, got 80',
      remedy: 'mend level; GET /openapi.json describes it',
      path: 'level',
    },
  },
  {
    name: 'anomalies by forecasts longer than the model’s',
    request: find({ items: ['north'], horizon: 4 }),
    problem: {
      code: 'REQUEST',
      detail: "horizon must be 1..3 (the model's), got 4",
      remedy: 'train with a longer horizon or ask for at most 3',
      path: 'horizon',
    },
  },
  {
    name: 'anomalies among the last none',
    request: find({ items: ['north'], last: 0 }),
    problem: {
      code: 'REQUEST',
      detail: 'last must be at least 1, got 0',
      remedy: 'mend last; GET /openapi.json describes it',
      path: 'last',
    },
  },
  {
    name: 'anomalies by several levels',
    request: find({ items: ['north'], levels: [0.8] }),
    problem: {
      code: 'REQUEST',
      detail: 'the body must have known fields only, got "levels"',
      remedy: 'did you mean level?',
      path: 'levels',
    },
  },
];
