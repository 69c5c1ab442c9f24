import { z } from '@hono/zod-openapi';
import { metricsExample } from './metrics-example.ts';
import { json, nameSchema, nextSchema, pageQuery, route } from './route.ts';

const shape = {
  model: z.string().describe('Its name, which is its dataset’s.'),
  version: z.string().describe('The version that serves.'),
  frequency: z.string().describe('Length of a period, e.g. `1h`, `15min`, `1d`, `1mo`.'),
  horizon: z.int().describe('Most steps ahead.'),
  channels: z.array(z.string()).describe('The target’s channels.'),
  quantiles: z.array(z.number()).describe('Levels it was trained for; others between them can be asked for.'),
};

const summary = z.strictObject(shape).openapi('ModelSummary');
const page = z.strictObject({ models: z.array(summary), next: nextSchema }).openapi('Models');

const scores = z.record(z.string(), z.number().nullable()).describe('By the metric’s name.');
export const modelMetrics = z
  .strictObject({
    scores,
    baselines: z.record(z.string(), scores),
    beatsBaselines: z.boolean().nullable(),
  })
  .nullable()
  .describe(
    'Its backtest, beside simple baselines: `naive` (the last value), `seasonalNaive`, `naive2`, `theta`, `ets`. `beatsBaselines` is whether it is ahead of all of them in MASE and wQL.',
  );
const move = z.strictObject({ version: z.string(), reason: z.string(), at: z.string().nullable() });

const model = z
  .strictObject({
    ...shape,
    tidecast: z.string().describe('The version of Tidecast that made it.'),
    season: z.int().describe('Periods per cycle; 1 where there is none.'),
    context: z.int().describe('The longest history that it reads, in periods.'),
    layout: z.enum(['long', 'wide']),
    covariates: z.strictObject({
      known: z.array(z.string()),
      past: z.array(z.string()),
      static: z.array(z.string()),
      generated: z
        .array(z.string())
        .describe('Known ahead, and made from the calendar: nobody has to give them.'),
    }),
    timezone: z
      .string()
      .nullable()
      .describe('By whose clock the data are read, as the configuration names it; null: UTC.'),
    members: z.int().describe('Networks that it averages.'),
    items: z.int().nullable().describe('Items it was trained on.'),
    observations: z.int().nullable(),
    lastPeriod: z.string().nullable().describe('The newest period it was trained on.'),
    metrics: modelMetrics,
    history: z.array(move).describe('Which versions served and why, the newest first.'),
  })
  .openapi('Model');

export type ModelSummary = z.output<typeof summary>;
export type Model = z.output<typeof model>;

const summaryExample: ModelSummary = {
  model: 'electricity',
  version: '0123456789abcdef',
  frequency: '1h',
  horizon: 24,
  channels: ['target'],
  quantiles: [0.1, 0.5, 0.9],
};

const access = ['forecast', 'upload'] as const;

export const modelsRoute = route(
  { access: { scopes: access }, problems: ['REQUEST'] },
  {
    method: 'get',
    path: '/v1/models',
    operationId: 'listModels',
    tags: ['models'],
    summary: 'Models of the token’s datasets, by name',
    description:
      'A page may have fewer entries than `limit` although there are more: go on until `next` is null.',
    request: { query: z.strictObject(pageQuery) },
    responses: {
      200: {
        description: 'A page of models.',
        content: json(page, { models: [summaryExample], next: null }),
      },
    },
  },
);

export const modelRoute = route(
  {
    access: { scopes: access, dataset: { param: 'model' } },
    problems: ['REQUEST', 'UNKNOWN_MODEL', 'BUNDLE'],
  },
  {
    method: 'get',
    path: '/v1/models/{model}',
    operationId: 'getModel',
    tags: ['models'],
    summary: 'One model: what it reads, how good it is, which versions served',
    request: { params: z.object({ model: nameSchema('The model.', 'electricity') }) },
    responses: {
      200: {
        description: 'The model.',
        content: json(model, {
          ...summaryExample,
          tidecast: '0.1.0',
          season: 24,
          context: 337,
          layout: 'long',
          covariates: { known: [], past: [], static: [], generated: ['holiday'] },
          timezone: 'Europe/Berlin',
          members: 4,
          items: 321,
          observations: 8_443_584,
          lastPeriod: '2024-04-30T23:00:00Z',
          metrics: metricsExample,
          history: [
            {
              version: '0123456789abcdef',
              reason: 'the first version; ahead of the baselines in MASE and wQL',
              at: null,
            },
          ],
        }),
      },
    },
  },
);
