import { z } from '@hono/zod-openapi';
import { closed } from '../issues.ts';
import { number, requestFields, requestShape } from './forecast.ts';
import { forecastProblems, json, nameSchema, route } from './route.ts';

const request = closed({
  ...requestShape,
  level: z
    .number()
    .gt(0)
    .lt(1)
    .optional()
    .describe(
      'The share of observations that lie in the interval. Default: the widest that the model knows.',
    ),
  horizon: requestFields.horizon
    .unwrap()
    .default(1)
    .describe(
      'A forecast is made every so many periods, and each observation is judged by the newest one before it: with 1, by the one that was made one period before.',
    ),
  last: z
    .int()
    .min(1)
    .optional()
    .describe('Only so many observations at the end of each series. Default: all.'),
}).openapi('AnomaliesRequest');

export type AnomaliesRequest = z.output<typeof request>;

const judged = z
  .strictObject({
    item: z.string(),
    channel: z.string(),
    timestamps: z.array(z.string()),
    observed: z.array(number),
    median: z.array(number),
    low: z.array(number).describe('The lower end of the interval.'),
    high: z.array(number).describe('The upper end.'),
    score: z
      .array(number)
      .describe(
        'The distance from the median as a part of the way to the interval’s end on that side: 0 is the median, 1 the end. null for a missing observation, and outside an interval without width.',
      ),
    anomaly: z
      .array(z.boolean())
      .describe('Whether it lies outside the interval: a score above 1. A missing observation does not.'),
    inTraining: z
      .array(z.boolean())
      .describe(
        'Whether the forecast begins in the model’s training data, where it may be closer than elsewhere.',
      ),
  })
  .openapi('JudgedSeries');

const answer = z
  .strictObject({
    model: z.string(),
    version: z.string(),
    frequency: z.string(),
    level: z.number(),
    series: z.array(judged).describe('One for each channel of each item: first those of `series`.'),
  })
  .openapi('Anomalies');

export type Anomalies = z.output<typeof answer>;

export const anomaliesRoute = route(
  {
    access: { scopes: ['forecast'], dataset: { param: 'model' } },
    problems: [...forecastProblems, 'UNKNOWN_ITEM', 'SERIES'],
  },
  {
    method: 'post',
    path: '/v1/models/{model}/anomalies',
    operationId: 'findAnomalies',
    tags: ['items'],
    summary: 'Unusual observations of items, or of series in the request',
    description:
      'Each observation beside the forecast that was made just before it, from what was observed until then. The first season of a series is not judged, nor its first observation. One request may need at most 10,000 forecasts.',
    request: {
      params: z.object({ model: nameSchema('The model.', 'electricity') }),
      body: { required: true, content: json(request, { items: ['MT_001'], level: 0.95, last: 2 }) },
    },
    responses: {
      200: {
        description: 'The judged observations.',
        content: json(answer, {
          model: 'electricity',
          version: '0123456789abcdef',
          frequency: '1h',
          level: 0.95,
          series: [
            {
              item: 'MT_001',
              channel: 'target',
              timestamps: ['2024-04-30T22:00:00Z', '2024-04-30T23:00:00Z'],
              observed: [3.1, 9.5],
              median: [3, 3.3],
              low: [2.4, 2.7],
              high: [3.6, 4.1],
              score: [0.17, 7.75],
              anomaly: [false, true],
              inTraining: [true, true],
            },
          ],
        }),
      },
    },
  },
);
