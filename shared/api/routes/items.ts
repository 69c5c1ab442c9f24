import { z } from '@hono/zod-openapi';
import { forecastSchema, itemName, number } from './forecast.ts';
import { json, nameSchema, nextSchema, route } from './route.ts';

/**
 * An item is named in the query, not in the path: its name is any text, and API Gateway decodes the path before it
 * passes it on, so that `%2F` and `%3F` would change the meaning of the request.
 */
const itemQuery = itemName.describe('The item’s name, URL-encoded: any text.').openapi({ example: 'MT_001' });

const params = z.object({ model: nameSchema('The model.', 'electricity') });
const path = '/v1/models/{model}/items';
const dataset = { param: 'model' } as const;
const tags = ['items'];

const page = z.strictObject({ items: z.array(z.string()), next: nextSchema }).openapi('Items');

export const itemsRoute = route(
  { access: { scopes: ['forecast', 'upload'], dataset }, problems: ['REQUEST', 'UNKNOWN_MODEL', 'SERIES'] },
  {
    method: 'get',
    path,
    operationId: 'listItems',
    tags,
    summary: 'Names of the items that have stored observations, in order',
    description: 'In the order of UTF-16 code units: capital letters come before small ones.',
    request: {
      params,
      query: z.strictObject({
        prefix: z.string().max(1024).default('').describe('Only names that begin so.'),
        limit: z.coerce.number().int().min(1).max(1000).default(100).describe('Names at most.'),
        after: z.string().optional().describe('Where to go on: what `next` said.'),
        before: z
          .string()
          .optional()
          .describe('Instead of `after`: the last names before this one. `next` is then for `before`.'),
      }),
    },
    responses: {
      200: {
        description: 'A page of names.',
        content: json(page, { items: ['MT_001', 'MT_002'], next: 'MT_002' }),
      },
    },
  },
);

const columns = z.record(z.string(), z.array(number));

const item = z
  .strictObject({
    model: z.string(),
    item: z.string(),
    frequency: z.string(),
    start: z.string().describe('The timestamp of the first value.'),
    timestamps: z
      .array(z.string())
      .describe('Of every value: those of known covariates reach beyond the observations.'),
    target: columns.describe('By channel: the stored observations, null where one is missing.'),
    known: columns.describe('Known covariates, also of periods after the last observation.'),
    past: columns.describe('Past covariates beside the observations.'),
    static: z.record(z.string(), z.union([z.number(), z.string(), z.null()])),
  })
  .openapi('Item');

export type Item = z.output<typeof item>;

export const itemRoute = route(
  {
    access: { scopes: ['forecast', 'upload'], dataset },
    problems: ['REQUEST', 'UNKNOWN_MODEL', 'UNKNOWN_ITEM', 'BUNDLE', 'SERIES', 'ANSWER_TOO_LARGE'],
  },
  {
    method: 'get',
    path: `${path}/history`,
    operationId: 'getItemHistory',
    tags,
    summary: 'What is stored of an item',
    description:
      'The newest periods: what a forecast reads, and three horizons before it. `item`, `start`, `target`, `known`, `past` and `static` can be sent to `POST …/forecast` as a series.',
    request: {
      params,
      query: z.strictObject({
        item: itemQuery,
        last: z.coerce.number().int().min(1).optional().describe('Only the newest so many. Default: all.'),
      }),
    },
    responses: {
      200: {
        description: 'Its newest observations.',
        content: json(item, {
          model: 'electricity',
          item: 'MT_001',
          frequency: '1h',
          start: '2024-04-30T22:00:00Z',
          timestamps: ['2024-04-30T22:00:00Z', '2024-04-30T23:00:00Z'],
          target: { target: [3.1, null] },
          known: {},
          past: {},
          static: {},
        }),
      },
    },
  },
);

const backtestWindow = z.strictObject({
  origin: z.string().describe('The timestamp of the last observation that the forecast knew.'),
  inTraining: z
    .boolean()
    .describe(
      'Whether it begins in the model’s training data: then its errors are too small to tell its quality.',
    ),
  forecasts: z.array(
    z.strictObject({
      ...forecastSchema.omit({ item: true }).shape,
      observed: z.array(number).describe('What came.'),
    }),
  ),
});

const backtest = z
  .strictObject({
    model: z.string(),
    version: z.string(),
    frequency: z.string(),
    item: z.string(),
    windows: z
      .array(backtestWindow)
      .describe('The oldest first; the last one ends with the last observation.'),
  })
  .openapi('ItemBacktest');

export type ItemBacktest = z.output<typeof backtest>;

export const backtestRoute = route(
  {
    access: { scopes: ['forecast'], dataset },
    problems: ['REQUEST', 'UNKNOWN_MODEL', 'UNKNOWN_ITEM', 'BUNDLE', 'SERIES', 'ANSWER_TOO_LARGE'],
  },
  {
    method: 'get',
    path: `${path}/backtest`,
    operationId: 'backtestItem',
    tags,
    summary: 'Forecasts of an item at earlier origins, beside what came',
    description:
      'Windows of the model’s horizon, side by side, as many as fit behind a first observation. The model stays as it is: it is not fitted again for each of them. Three windows have as much history before them as a forecast reads; earlier ones have less.',
    request: {
      params,
      query: z.strictObject({
        item: itemQuery,
        windows: z.coerce.number().int().min(1).max(50).default(3).describe('How many at most.'),
      }),
    },
    responses: {
      200: {
        description: 'The windows.',
        content: json(backtest, {
          model: 'electricity',
          version: '0123456789abcdef',
          frequency: '1h',
          item: 'MT_001',
          windows: [
            {
              origin: '2024-04-30T21:00:00Z',
              inTraining: true,
              forecasts: [
                {
                  channel: 'target',
                  timestamps: ['2024-04-30T22:00:00Z', '2024-04-30T23:00:00Z'],
                  mean: [3.02, 3.4],
                  quantiles: [{ level: 0.5, values: [3, 3.3] }],
                  observed: [3.1, null],
                },
              ],
            },
          ],
        }),
      },
    },
  },
);
