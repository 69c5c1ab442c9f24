import { z } from '@hono/zod-openapi';
import {
  coverageSchema,
  overallAccuracySchema,
  seriesScores,
  seriesScoresSchema,
} from '../../bundle/index.ts';
import { itemAccuracyExample } from './accuracy-example.ts';
import { itemName } from './forecast.ts';
import { json, nameSchema, nextSchema, route } from './route.ts';

const head = { model: z.string(), version: z.string() };

const accuracy = z
  .strictObject({
    ...head,
    frequency: z.string(),
    season: z.int().describe('Periods per cycle; 1 where there is none.'),
    ...overallAccuracySchema.shape,
  })
  .openapi('Accuracy');

const itemAccuracies = z
  .strictObject({ ...head, items: z.array(seriesScoresSchema), next: nextSchema })
  .openapi('ItemAccuracies');

const number = z.number().nullable();
const values = z.array(number);
const window = z.strictObject({
  origin: z.string().describe('The timestamp of the last observation that the forecast knew.'),
  timestamps: z.array(z.string()),
  observed: values.describe('What came; null where nothing was observed.'),
  mean: values,
  quantiles: z.array(z.strictObject({ level: z.number(), values })),
});

const itemAccuracy = z
  .strictObject({
    ...head,
    frequency: z.string(),
    item: z.string(),
    channels: z.array(
      z.strictObject({
        channel: z.string(),
        ...seriesScores,
        coverage: coverageSchema,
        windows: z
          .array(window)
          .describe(
            'Its newest windows, the oldest of them first: as many of each item as fit 2,000,000 numbers for the whole model and 100,000 for the item. Of a model with more items none are kept, and it is empty.',
          ),
      }),
    ),
  })
  .openapi('ItemAccuracy');

export type Accuracy = z.output<typeof accuracy>;
export type ItemAccuracies = z.output<typeof itemAccuracies>;
export type ItemAccuracy = z.output<typeof itemAccuracy>;

const version = nameSchema('Default: the one that serves.', '0123456789abcdef').optional();
const params = z.object({ model: nameSchema('The model.', 'electricity') });
const path = '/v1/models/{model}/accuracy';
const tags = ['models'];
const access = { scopes: ['forecast', 'upload'], dataset: { param: 'model' } } as const;
const problems = ['REQUEST', 'UNKNOWN_MODEL', 'UNKNOWN_VERSION', 'UNKNOWN_ACCURACY', 'BUNDLE'] as const;
const honest =
  'Of members that were fitted before the origins, on windows that chose nothing about them: the same forecasts that the model’s metrics come from.';
const example = { model: 'electricity', version: '0123456789abcdef' };

export const accuracyRoute = route(
  { access, problems },
  {
    method: 'get',
    path,
    operationId: 'getAccuracy',
    tags,
    summary: 'How good a version was in its backtest: by step ahead, by level, and what its errors look like',
    description: `${honest} null stands where nothing is defined.`,
    request: { params, query: z.strictObject({ version }) },
    responses: {
      200: {
        description: 'Its accuracy.',
        content: json(accuracy, {
          ...example,
          ...{ frequency: '1h', season: 24, items: 321 },
          steps: [
            {
              ...{ step: 1, mae: 12.4, baselineMae: 20.1, wql: 0.031 },
              coverage: [{ interval: 0.8, share: 0.79 }],
            },
          ],
          calibration: [{ level: 0.1, share: 0.11 }],
          residuals: {
            ...{ count: 30_816, mean: 0.02, deviation: 0.81 },
            autocorrelation: [{ lag: 1, value: 0.42 }],
            bound: 0.0112,
            histogram: [{ from: -0.1, to: 0.1, count: 9120 }],
          },
        }),
      },
    },
  },
);

export const itemAccuraciesRoute = route(
  { access, problems },
  {
    method: 'get',
    path: `${path}/items`,
    operationId: 'listItemAccuracies',
    tags,
    summary: 'The items that a version forecasts worst',
    description: `By MASE, then by name; those without a MASE come last. The 1,000 worst only: the accuracy of any other is at \`${path}/item\`. Name the version to page through one, also where another comes to serve meanwhile. ${honest}`,
    request: {
      params,
      query: z.strictObject({
        version,
        limit: z.coerce.number().int().min(1).max(1000).default(100).describe('Entries at most.'),
        after: z.string().max(16).optional().describe('Where to go on: what `next` said.'),
      }),
    },
    responses: {
      200: {
        description: 'A page of items, the worst first.',
        content: json(itemAccuracies, {
          ...example,
          items: [
            {
              ...{ item: 'MT_001', channel: 'target', mase: 1.92, wql: 0.21 },
              ...{ baselineMase: 2.05, windows: 8 },
            },
          ],
          next: null,
        }),
      },
    },
  },
);

export const itemAccuracyRoute = route(
  { access, problems: [...problems, 'NOT_SCORED'] },
  {
    method: 'get',
    path: `${path}/item`,
    operationId: 'getItemAccuracy',
    tags,
    summary: 'One item in a version’s backtest: its scores, and what was forecast beside what came',
    description: honest,
    request: {
      params,
      query: z.strictObject({
        version,
        item: itemName.describe('The item’s name, URL-encoded: any text.').openapi({ example: 'MT_001' }),
      }),
    },
    responses: {
      200: { description: 'Its accuracy.', content: json(itemAccuracy, itemAccuracyExample) },
    },
  },
);
