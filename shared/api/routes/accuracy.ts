import { z } from '@hono/zod-openapi';
import { itemAccuracyExample } from './accuracy-example.ts';
import { itemName } from './forecast.ts';
import { json, nameSchema, nextSchema, route } from './route.ts';

const number = z.number().nullable();
const coverage = z
  .array(z.strictObject({ interval: z.number(), share: number }))
  .describe('By central interval: the share of observations within it, bounds included.');

const head = {
  model: z.string(),
  version: z.string(),
};
const scores = {
  mase: number.describe('The mean over its windows.'),
  wql: number,
  baselineMase: number.describe('Of `seasonalNaive` on the same windows.'),
};

const residuals = z
  .strictObject({
    count: z.int(),
    mean: number,
    deviation: number.describe('The standard deviation.'),
    autocorrelation: z
      .array(z.strictObject({ lag: z.int(), value: number }))
      .describe(
        'Of pairs of steps within one window, all windows together, up to two seasons, the horizon less one, or 48. Errors of one forecast resemble each other also where it could not be better: what it shows is a season that was not learned.',
      ),
    bound: number.describe('1.96/√count: what white noise would stay within 95 times of 100.'),
    histogram: z
      .array(z.strictObject({ from: z.number(), to: z.number(), count: z.int() }))
      .describe(
        'Four deviations around the mean at most; its ends count what lies beyond. The counts add up.',
      ),
  })
  .describe(
    'The observation minus the forecast median, divided by the scale of the series: the mean absolute error of the seasonal naive within its history up to the origin, as in MASE. Series whose scale is 0 are left out.',
  );

const accuracy = z
  .strictObject({
    ...head,
    frequency: z.string(),
    season: z.int().describe('Periods per cycle; 1 where there is none.'),
    items: z.int().describe('Items that were scored: those long enough to hold a window out.'),
    steps: z.array(
      z.strictObject({
        step: z.int().describe('Steps ahead, from 1.'),
        mae: number.describe('The mean absolute error of the median, in the units of the data.'),
        baselineMae: number.describe('Of `seasonalNaive` on the same observations.'),
        wql: number,
        coverage,
      }),
    ),
    calibration: z
      .array(z.strictObject({ level: z.number(), share: number }))
      .describe('By quantile level: the share of observations at or below it.'),
    residuals,
  })
  .openapi('Accuracy');

const itemAccuracies = z
  .strictObject({
    ...head,
    items: z.array(
      z.strictObject({
        item: z.string(),
        channel: z.string(),
        ...scores,
        windows: z.int().describe('Windows that it was scored on.'),
      }),
    ),
    next: nextSchema,
  })
  .openapi('ItemAccuracies');

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
        ...scores,
        coverage,
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
