import { type BadRequest, post } from './request.ts';

const forecast = (body: unknown, model = 'power') => post(`/v1/models/${model}/forecast`, body);
const start = '2024-01-01T00:15:00Z';
const one = { start, target: [1, 2, 3] };
const series = (more: object, model?: string) => forecast({ series: [{ ...one, ...more }] }, model);

/** Forecasts of series and items whose names are wrong, or too many. */
export const forecastItems: readonly BadRequest[] = [
  {
    name: 'an empty name',
    request: series({ item: '' }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].item must have at least 1 character, got ""',
      remedy: 'mend series[0].item; GET /openapi.json describes it',
      path: 'series[0].item',
    },
  },
  {
    name: 'two series of one name',
    request: forecast({ series: [one, one] }),
    problem: {
      code: 'REQUEST',
      detail:
        'each item must be asked for once, so that the answer can be told apart, got "series", as series[0].item has it',
      remedy: 'leave one out, or give the series another name',
      path: 'series[1].item',
    },
  },
  {
    name: 'a series and an item of one name',
    request: forecast({ series: [{ ...one, item: 'north' }], items: ['north'] }),
    problem: {
      code: 'REQUEST',
      detail:
        'each item must be asked for once, so that the answer can be told apart, got "north", as series[0].item has it',
      remedy: 'leave one out, or give the series another name',
      path: 'items[0]',
    },
  },
  {
    name: 'an unknown item',
    request: forecast({ items: ['nort'] }),
    problem: {
      code: 'UNKNOWN_ITEM',
      detail: 'items must be items of power, got "nort"',
      remedy: 'mend the name, or send its observations as series',
      path: 'items[0]',
    },
  },
  {
    name: 'an item as a number',
    request: forecast({ items: [7] }),
    problem: {
      code: 'REQUEST',
      detail: 'items[0] must be text, got 7',
      remedy: 'mend items[0]; GET /openapi.json describes it',
      path: 'items[0]',
    },
  },
  {
    name: 'more than one answer can have',
    request: forecast({ series: Array.from({ length: 20 }, (_, i) => ({ ...one, item: `${i}` })) }),
    problem: {
      code: 'ANSWER_TOO_LARGE',
      detail: 'an answer may have at most 200 timestamps, means and quantiles, got 300',
      remedy: 'ask for fewer items at a time, fewer steps or fewer quantiles',
    },
  },
];
