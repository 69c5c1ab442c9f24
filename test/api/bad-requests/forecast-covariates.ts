import { type BadRequest, post } from './request.ts';

const forecast = (body: unknown, model = 'power') => post(`/v1/models/${model}/forecast`, body);
const start = '2024-01-01T00:15:00Z';
const one = { start, target: [1, 2, 3] };
const series = (more: object, model?: string) => forecast({ series: [{ ...one, ...more }] }, model);
/** Beside three observations and three steps ahead. */
const price = [1, 2, 3, 4, 5, 6];

/** Forecasts with covariates that are not the model’s. */
export const forecastCovariates: readonly BadRequest[] = [
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
];
