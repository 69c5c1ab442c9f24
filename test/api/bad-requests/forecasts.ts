import { type BadRequest, post } from './request.ts';

const forecast = (body: unknown, model = 'power') => post(`/v1/models/${model}/forecast`, body);
const start = '2024-01-01T00:15:00Z';
const one = { start, target: [1, 2, 3] };
const series = (more: object, model?: string) => forecast({ series: [{ ...one, ...more }] }, model);
/** Beside three observations and three steps ahead. */
const price = [1, 2, 3, 4, 5, 6];

/** Forecasts that no model can make. */
export const forecasts: readonly BadRequest[] = [
  {
    name: 'an unknown model',
    request: forecast({ series: [one] }, 'powr'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'a name that no model can have',
    request: forecast({ series: [one] }, '-power'),
    problem: {
      code: 'REQUEST',
      detail: `model must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "-power"`,
      remedy: 'mend model; GET /openapi.json describes it',
      path: 'model',
    },
  },
  {
    name: 'a name with a slash in it',
    request: forecast({ series: [one] }, 'power%2Fcurrent'),
    problem: {
      code: 'REQUEST',
      detail: `model must have 1..64 letters, digits, '.', '_' or '-' and begin with a letter or digit, got "power/current"`,
      remedy: 'mend model; GET /openapi.json describes it',
      path: 'model',
    },
  },
  {
    name: 'nothing to forecast',
    request: forecast({}),
    problem: {
      code: 'REQUEST',
      detail: 'a request must have series or items, got none',
      remedy: 'add series with their observations, or items of the dataset by name',
      path: 'series',
    },
  },
  {
    name: 'a horizon beyond the model’s',
    request: forecast({ series: [one], horizon: 4 }),
    problem: {
      code: 'REQUEST',
      detail: "horizon must be 1..3 (the model's), got 4",
      remedy: 'train with a longer horizon or ask for at most 3',
      path: 'horizon',
    },
  },
  {
    name: 'a horizon of nothing',
    request: forecast({ series: [one], horizon: 0 }),
    problem: {
      code: 'REQUEST',
      detail: "horizon must be 1..3 (the model's), got 0",
      remedy: 'ask for at least 1',
      path: 'horizon',
    },
  },
  {
    name: 'half a step',
    request: forecast({ series: [one], horizon: 1.5 }),
    problem: {
      code: 'REQUEST',
      detail: 'horizon must be a whole number, got 1.5',
      remedy: 'mend horizon; GET /openapi.json describes it',
      path: 'horizon',
    },
  },
  {
    name: 'a horizon as text',
    request: forecast({ series: [one], horizon: '2' }),
    problem: {
      code: 'REQUEST',
      detail: 'horizon must be a number, got "2"',
      remedy: 'mend horizon; GET /openapi.json describes it',
      path: 'horizon',
    },
  },
  {
    name: 'quantiles beyond the trained ones',
    request: forecast({ series: [one], quantiles: [0.05, 0.5] }),
    problem: {
      code: 'REQUEST',
      detail:
        'quantile levels must lie within 0.1..0.9, the levels the model was trained for, got [0.05,0.5]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'quantiles',
    },
  },
  {
    name: 'quantiles that fall',
    request: forecast({ series: [one], quantiles: [0.9, 0.1] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantile levels must rise, got [0.9,0.1]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'quantiles',
    },
  },
  {
    name: 'quantiles that repeat',
    request: forecast({ series: [one], quantiles: [0.5, 0.5] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantile levels must rise, got [0.5,0.5]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'quantiles',
    },
  },
  {
    name: 'no quantiles',
    request: forecast({ series: [one], quantiles: [] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantiles must have at least 1 entry, got []',
      remedy: 'mend quantiles; GET /openapi.json describes it',
      path: 'quantiles',
    },
  },
  {
    name: 'a quantile in percent',
    request: forecast({ series: [one], quantiles: [90] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantile levels must lie within 0.1..0.9, the levels the model was trained for, got [90]',
      remedy: 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more',
      path: 'quantiles',
    },
  },
  {
    name: 'quantiles as text',
    request: forecast({ series: [one], quantiles: ['0.5'] }),
    problem: {
      code: 'REQUEST',
      detail: 'quantiles[0] must be a number, got "0.5"',
      remedy: 'mend quantiles[0]; GET /openapi.json describes it',
      path: 'quantiles[0]',
    },
  },
  {
    name: 'more quantiles than there can be',
    request: forecast({ series: [one], quantiles: Array.from({ length: 100 }, (_, i) => 0.1 + i / 1000) }),
    problem: {
      code: 'REQUEST',
      detail:
        'quantiles must have at most 99 entries, got [0.1,0.101,0.10200000000000001,0.10300000000000001,0.10400000000000001,0.1050000…',
      remedy: 'mend quantiles; GET /openapi.json describes it',
      path: 'quantiles',
    },
  },
  {
    name: 'a misspelled field',
    request: forecast({ series: [one], horizn: 3 }),
    problem: {
      code: 'REQUEST',
      detail: 'the body must have known fields only, got "horizn"',
      remedy: 'did you mean horizon?',
      path: 'horizn',
    },
  },
  {
    name: 'a field of another service',
    request: forecast({ series: [one], num_samples: 100 }),
    problem: {
      code: 'REQUEST',
      detail: 'the body must have known fields only, got "num_samples"',
      remedy: 'leave it out; known are series, items, known, horizon, quantiles',
      path: 'num_samples',
    },
  },
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
    name: 'known covariates that are missing',
    request: series({}, 'priced'),
    problem: {
      code: 'REQUEST',
      detail:
        "price must have 6 values: 3 beside the observations, 3 after them (the model's horizon), got none",
      remedy: 'give a number for each; null only beside the observations',
      path: 'series[0].known.price',
    },
  },
  {
    name: 'known covariates that end with the observations',
    request: series({ known: { price: price.slice(3) } }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail:
        "price must have 6 values: 3 beside the observations, 3 after them (the model's horizon), got 3",
      remedy: 'give a number for each; null only beside the observations',
      path: 'series[0].known.price',
    },
  },
  {
    name: 'known covariates with a hole in the future',
    request: series({ known: { price: [1, 2, 3, 4, null, 6] } }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail:
        'the known covariates price must be there for 3 periods after the end, got 2 of 3 values for item "series"',
      remedy: 'give numbers for the periods after the last observation',
      path: 'series[0].known',
    },
  },
  {
    name: 'an unknown known covariate',
    request: series({ known: { price, prise: price } }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail: `the model's known covariates are price, got "prise"`,
      remedy: 'name those',
      path: 'series[0].known.prise',
    },
  },
  {
    name: 'known covariates for a model without',
    request: series({ known: { price } }),
    problem: {
      code: 'REQUEST',
      detail: 'known covariates can be given to a model that was trained with some, got price',
      remedy: 'leave them out, or train with columns.known',
      path: 'series[0].known',
    },
  },
  {
    name: 'a stored item without its future covariates',
    request: forecast({ items: ['shop'] }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail:
        'the known covariates price must be there for 3 periods after the end, got 0 of 3 values for item "shop"',
      remedy: 'give them in `known`, or upload rows that have them',
      path: 'items[0]',
    },
  },
  {
    name: 'past covariates of another length',
    request: series({ known: { price }, past: { wind: [1, 2] } }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail: 'wind must have 3 values, one beside each observation, got 2',
      remedy: 'write null for what is missing',
      path: 'series[0].past.wind',
    },
  },
  {
    name: 'past covariates for a model without',
    request: series({ past: { wind: [1, 2, 3] } }),
    problem: {
      code: 'REQUEST',
      detail: 'past covariates can be given to a model that was trained with some, got "wind"',
      remedy: 'leave them out, or train with columns.past',
      path: 'series[0].past.wind',
    },
  },
  {
    name: 'a number that is a category',
    request: series({ known: { price }, static: { area: 'large' } }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail: 'area must be a number, or null where it is not known, got "large"',
      remedy: 'write a number',
      path: 'series[0].static.area',
    },
  },
  {
    name: 'an unknown static covariate',
    request: series({ known: { price }, static: { aera: 3 } }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail: `the model's static covariates are area, region, got "aera"`,
      remedy: 'name those',
      path: 'series[0].static.aera',
    },
  },
  {
    name: 'a static covariate that is a list',
    request: series({ known: { price }, static: { area: [3] } }, 'priced'),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].static.area must be a number, text or null, got [3]',
      remedy: 'mend series[0].static.area; GET /openapi.json describes it',
      path: 'series[0].static.area',
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
