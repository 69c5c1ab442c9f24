import { type BadRequest, post } from './request.ts';

const observe = (more: object, model = 'power') => post(`/v1/models/${model}/observations`, more);
/** The period after the last that is stored. */
const one = { item: 'north', start: '2024-10-04T01:15:00Z', target: [1] };
const series = (more: object, model?: string) => observe({ series: [{ ...one, ...more }] }, model);

/** Observations that cannot be added to what is stored. */
export const observations: readonly BadRequest[] = [
  {
    name: 'observations of no item',
    request: observe({ series: [] }),
    problem: {
      code: 'REQUEST',
      detail: 'series must have at least 1 entry, got []',
      remedy: 'mend series; GET /openapi.json describes it',
      path: 'series',
    },
  },
  {
    name: 'observations for an unknown model',
    request: series({}, 'powr'),
    problem: {
      code: 'UNKNOWN_MODEL',
      detail: 'a model must have a version that serves, got powr',
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
      path: 'model',
    },
  },
  {
    name: 'observations without the name of their item',
    request: observe({ series: [{ start: one.start, target: [1] }] }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].item must be given, got nothing',
      remedy: 'add series[0].item',
      path: 'series[0].item',
    },
  },
  {
    name: 'observations of an item whose name is half a letter',
    request: series({ item: '\ud800' }),
    problem: {
      code: 'REQUEST',
      detail: 'series[0].item must be well-formed text, got "\\ud800"',
      remedy: 'mend series[0].item; GET /openapi.json describes it',
      path: 'series[0].item',
    },
  },
  {
    name: 'observations of one item in two series',
    request: observe({ series: [one, { ...one, start: '2024-10-04T02:15:00Z' }] }),
    problem: {
      code: 'REQUEST',
      detail: 'each item must have one series, got "north", as series[0].item has it',
      remedy: 'join its observations in one series',
      path: 'series[1].item',
    },
  },
  {
    name: 'a series of no observations',
    request: series({ target: [] }),
    problem: {
      code: 'REQUEST',
      detail: 'a series must have at least one value, got none',
      remedy: 'write null where only covariates are new',
      path: 'series[0].target',
    },
  },
  {
    name: 'observations between two periods',
    request: series({ start: '2024-10-04T01:00:00Z' }),
    problem: {
      code: 'FREQUENCY',
      detail: 'a timestamp must be the beginning of one of the periods of 1h, got "2024-10-04T01:00:00Z"',
      remedy: 'the nearest are 2024-10-04T00:15:00Z and 2024-10-04T01:15:00Z',
      path: 'series[0].start',
    },
  },
  {
    name: 'observations of the future',
    request: series({ start: '2024-10-06T02:15:00Z' }),
    problem: {
      code: 'REQUEST',
      detail:
        'observations must be of periods that have begun, by 2024-10-06T01:15:00Z at the latest, got one of 2024-10-06T02:15:00Z',
      remedy: 'mend the timestamp',
      path: 'series[0].start',
    },
  },
  {
    name: 'an observation that contradicts a stored one',
    request: series({ start: '2024-10-04T00:15:00Z' }),
    problem: {
      code: 'OBSERVATION_CONFLICT',
      detail: 'target of item "north" is 80.93140571123476 at 2024-10-04T00:15:00Z, as it is stored, got 1',
      remedy: 'mend it, leave it out, or send it with onConflict "replace"',
      path: 'series[0].target',
    },
  },
  {
    name: 'observations that are too old to be kept',
    request: series({ start: '2024-09-01T00:15:00Z' }),
    problem: {
      code: 'OBSERVATION_OLD',
      detail:
        'an observation must be one of the newest 49 periods of its item, which are kept: from 2024-10-02T00:15:00Z on, got 2024-09-01T00:15:00Z',
      remedy: 'leave out what is older; training reads it from the dataset’s files',
      path: 'series[0].target',
    },
  },
  {
    name: 'what to do with contradictions in an unknown word',
    request: observe({ series: [one], onConflict: 'keep' }),
    problem: {
      code: 'REQUEST',
      detail: 'onConflict must be one of refuse, replace, got "keep"',
      remedy: 'mend onConflict; GET /openapi.json describes it',
      path: 'onConflict',
    },
  },
  {
    name: 'observations with known covariates for a model without',
    request: series({ known: { price: [1] } }),
    problem: {
      code: 'REQUEST',
      detail: 'known covariates can be given to a model that was trained with some, got price',
      remedy: 'leave them out, or train with columns.known',
      path: 'series[0].known',
    },
  },
];
