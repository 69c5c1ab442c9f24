import { z } from '@hono/zod-openapi';
import { closed } from '../issues.ts';
import { answerSchema, itemName, requestFields, seriesFields } from './forecast.ts';
import { forecastProblems, json, nameSchema, route } from './route.ts';

const observations = closed({
  item: itemName
    .refine((text) => !/\p{Cs}/u.test(text), 'must be well-formed text')
    .describe('The item’s name; one that is not known yet is made.'),
  start: seriesFields.start,
  target: seriesFields.target,
  known: seriesFields.known.describe(
    'Known covariates by name, from `start` on, as far into the future as they are known.',
  ),
  past: seriesFields.past,
  static: seriesFields.static,
}).openapi('Observations');

export type ObservationsInput = z.output<typeof observations>;

const request = closed({
  series: z.array(observations).min(1).max(requestFields.most).describe('New observations, item by item.'),
  onConflict: z
    .enum(['refuse', 'replace'])
    .default('refuse')
    .describe('What to do where another number is stored for the same period.'),
  horizon: requestFields.horizon,
  quantiles: requestFields.quantiles,
}).openapi('ObservationsRequest');

export type ObservationsRequest = z.output<typeof request>;

const stored = z.strictObject({
  item: z.string(),
  created: z.boolean().describe('Whether nothing was stored of it before.'),
  first: z.string().describe('The timestamp of the oldest observation that is stored now.'),
  last: z.string().describe('The timestamp of the newest one.'),
});

const answer = answerSchema
  .extend({
    stored: z.array(stored).describe('One for each of `series`.'),
    withoutForecast: z
      .array(z.strictObject({ item: z.string(), reason: z.string() }))
      .describe('Items that are stored, but cannot be forecast as long as known covariates are missing.'),
  })
  .openapi('ObservationsAnswer');

export type ObservationsAnswer = z.output<typeof answer>;

export const observationsRoute = route(
  {
    // Data comes with `upload`; what changes everybody's forecasts needs more than leave to read them.
    access: { scopes: ['upload'], dataset: { param: 'model' } },
    problems: [...forecastProblems, 'OBSERVATION_CONFLICT', 'OBSERVATION_OLD', 'STORE_CONFLICT', 'SERIES'],
    creates: true,
  },
  {
    method: 'post',
    path: '/v1/models/{model}/observations',
    operationId: 'addObservations',
    tags: ['items'],
    summary: 'Adds observations to what is stored of items, and forecasts them anew',
    description: [
      'Forecasts of `items` begin after what is stored; training goes on to read the dataset’s files alone.',
      'A gap between two observations is filled with missing ones. A value of null says nothing: what is stored stays. A number for a period that has another one is refused (409), or replaces it where `onConflict` is `replace`; an equal one changes nothing.',
      'Of each item the newest periods are kept: what a forecast reads and three horizons. An observation before these is refused, as is one of the future, or a gap that would leave nothing of what is stored.',
      'Where one series is refused, nothing of the request is stored; only where another request adds to the same items at the same moment, a part of it may be. Sent again, the request completes it.',
    ].join('\n\n'),
    request: {
      params: z.object({ model: nameSchema('The model.', 'electricity') }),
      body: {
        required: true,
        content: json(request, {
          series: [{ item: 'MT_001', start: '2024-05-01T00:00:00Z', target: [3.1, 2.8] }],
          horizon: 2,
          quantiles: [0.5],
        }),
      },
    },
    responses: {
      200: {
        description: 'What is stored now, and the new forecasts.',
        content: json(answer, {
          model: 'electricity',
          version: '0123456789abcdef',
          frequency: '1h',
          stored: [
            {
              item: 'MT_001',
              created: false,
              first: '2024-04-14T00:00:00Z',
              last: '2024-05-01T01:00:00Z',
            },
          ],
          forecasts: [
            {
              item: 'MT_001',
              channel: 'target',
              timestamps: ['2024-05-01T02:00:00Z', '2024-05-01T03:00:00Z'],
              mean: [3.02, 3.4],
              quantiles: [{ level: 0.5, values: [3, 3.3] }],
            },
          ],
          withoutForecast: [],
        }),
      },
    },
  },
);
