import { type BadRequest, post } from './request.ts';

const forecast = (body: unknown, model = 'power') => post(`/v1/models/${model}/forecast`, body);
const start = '2024-01-01T00:15:00Z';
const one = { start, target: [1, 2, 3] };
const series = (more: object, model?: string) => forecast({ series: [{ ...one, ...more }] }, model);

/** Series that no model can forecast. */
export const forecastSeries: readonly BadRequest[] = [
  {
    name: 'a misspelled field of a series',
    request: series({ targets: [1] }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0] must have known fields only, got "targets"',
      remedy: 'did you mean target?',
      path: 'series[0].targets',
    },
  },
  {
    name: 'series that are no list',
    request: forecast({ series: one }),
    problem: {
      code: 'REQUEST',
      detail: 'series must be a list, got {"start":"2024-01-01T00:15:00Z","target":[1,2,3]}',
      remedy: 'mend series; GET /openapi.json describes it',
      path: 'series',
    },
  },
  {
    name: 'a series that is a list',
    request: forecast({ series: [[1, 2, 3]] }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0] must be an object, got [1,2,3]',
      remedy: 'mend series[0]; GET /openapi.json describes it',
      path: 'series[0]',
    },
  },
  {
    name: 'a series without its start',
    request: forecast({ series: [{ target: [1, 2, 3] }] }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].start must be given, got nothing',
      remedy: 'add series[0].start',
      path: 'series[0].start',
    },
  },
  {
    name: 'a series without its observations',
    request: forecast({ series: [{ start }] }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].target must be given, got nothing',
      remedy: 'add series[0].target',
      path: 'series[0].target',
    },
  },
  {
    name: 'a start that is no timestamp',
    request: series({ start: 'yesterday' }),
    problem: {
      code: 'FREQUENCY',
      detail: 'a timestamp must be a date and time that exist, in ISO 8601, got "yesterday"',
      remedy: 'write for example 2024-01-31 or 2024-01-31T06:00:00Z; without a zone it is UTC',
      path: 'series[0].start',
    },
  },
  {
    name: 'a start as a number',
    request: series({ start: 1704067200 }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].start must be text, got 1704067200',
      remedy: 'mend series[0].start; GET /openapi.json describes it',
      path: 'series[0].start',
    },
  },
  {
    name: 'a day that there was not',
    request: series({ start: '2023-02-29T00:15:00Z' }),
    problem: {
      code: 'FREQUENCY',
      detail: 'a timestamp must be a date and time that exist, in ISO 8601, got "2023-02-29T00:15:00Z"',
      remedy: 'write for example 2024-01-31 or 2024-01-31T06:00:00Z; without a zone it is UTC',
      path: 'series[0].start',
    },
  },
  {
    name: 'a start between two periods',
    request: series({ start: '2024-01-01T00:00:00Z' }),
    problem: {
      code: 'FREQUENCY',
      detail: 'a timestamp must be the beginning of one of the periods of 1h, got "2024-01-01T00:00:00Z"',
      remedy: 'the nearest are 2023-12-31T23:15:00Z and 2024-01-01T00:15:00Z',
      path: 'series[0].start',
    },
  },
  {
    name: 'observations as text',
    request: series({ target: '1,2,3' }),
    problem: {
      code: 'REQUEST',
      detail:
        'series[0].target must be a list of numbers, or an object with such a list for each channel, got "1,2,3"',
      remedy: 'mend series[0].target; GET /openapi.json describes it',
      path: 'series[0].target',
    },
  },
  {
    name: 'an observation as text',
    request: series({ target: [1, '2', 3] }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].target[1] must be a finite number, or null where it is missing, got "2"',
      remedy: 'mend series[0].target[1]; GET /openapi.json describes it',
      path: 'series[0].target[1]',
    },
  },
  {
    name: 'an observation too large for a number',
    request: forecast(`{"series": [{"start": "${start}", "target": [1, 1e999]}]}`),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].target[1] must be a finite number, or null where it is missing, got Infinity',
      remedy: 'mend series[0].target[1]; GET /openapi.json describes it',
      path: 'series[0].target[1]',
    },
  },
  {
    name: 'one list for several channels',
    request: series({}, 'wide'),
    problem: {
      code: 'REQUEST',
      detail: "target must have a list for each of the model's channels: a, b, got one list",
      remedy: 'write {"a": […], "b": […]}',
      path: 'series[0].target',
    },
  },
  {
    name: 'a channel that is missing',
    request: series({ target: { a: [1, 2] } }, 'wide'),
    problem: {
      code: 'REQUEST',
      detail: 'b must have 2 values, as many as the others, got none',
      remedy: 'write null for what is missing',
      path: 'series[0].target.b',
    },
  },
  {
    name: 'channels of different lengths',
    request: series({ target: { a: [1, 2], b: [1] } }, 'wide'),
    problem: {
      code: 'REQUEST',
      detail: 'b must have 2 values, as many as the others, got 1',
      remedy: 'write null for what is missing',
      path: 'series[0].target.b',
    },
  },
  {
    name: 'an unknown channel',
    request: series({ target: { a: [1], b: [1], c: [1] } }, 'wide'),
    problem: {
      code: 'REQUEST',
      detail: `the model's channels are a, b, got "c"`,
      remedy: 'name those',
      path: 'series[0].target.c',
    },
  },
];
