import { z } from '@hono/zod-openapi';
import { closed } from '../issues.ts';
import { forecastProblems, json, nameSchema, route } from './route.ts';

/** What one request may ask for; its bytes and those of the answer have bounds of their own. */
const most = { items: 10_000, levels: 99 };

/** Numbers, checked in one go: a schema for each of them would take longer than the forecast. */
export const values = z
  .unknown()
  .transform((list, context): Float64Array => {
    const fail = (message: string, path: number[] = []) => {
      context.issues.push({ code: 'custom', message, path, input: list });
      return z.NEVER;
    };
    if (!Array.isArray(list)) return fail('must be a list of numbers');
    const numbers = new Float64Array(list.length);
    for (let i = 0; i < list.length; i++) {
      const value: unknown = list[i];
      if (typeof value === 'number' && Number.isFinite(value)) numbers[i] = value;
      else if (value === null || value === 'NaN') numbers[i] = Number.NaN;
      else return fail('must be a finite number, or null where it is missing', [i]);
    }
    return numbers;
  })
  .openapi({
    type: 'array',
    items: { type: ['number', 'null'] },
    description: 'Numbers; null (or "NaN") where one is missing.',
  });
export const itemName = z.string().min(1).max(1024);

/** What every series of a request has. */
export const seriesFields = {
  start: z
    .string()
    .max(64)
    .describe('The timestamp of the first value, in ISO 8601; without a zone it is UTC.'),
  target: z
    .union([values, z.record(z.string(), values)], {
      error: 'must be a list of numbers, or an object with such a list for each channel',
    })
    .describe(
      'The observations, one for each period. Of a model with several channels: a list for each, by name.',
    ),
  known: z
    .record(z.string(), values)
    .optional()
    .describe(
      'Known covariates by name: a value for each observation and for each period of the model’s horizon after it.',
    ),
  past: z
    .record(z.string(), values)
    .optional()
    .describe('Past covariates by name: a value for each observation. What is left out is not known.'),
  static: z
    .record(
      z.string(),
      z.union([z.number(), z.string(), z.null()], { error: 'must be a number, text or null' }),
    )
    .optional()
    .describe('Static covariates by name: a number or a category. What is left out is not known.'),
};

const seriesSchema = closed({
  item: itemName.default('series').describe('Names the series in the answer.'),
  ...seriesFields,
}).openapi('Series');

export type SeriesInput = z.output<typeof seriesSchema>;

/** What every request for forecasts can say. */
export const requestFields = {
  most: most.items,
  horizon: z.int().optional().describe('Steps ahead, up to the model’s. Default: all.'),
  quantiles: z
    .array(z.number())
    .min(1)
    .max(most.levels)
    .optional()
    .describe('Rising levels, among or between those the model was trained for. Default: those.'),
};

/** What a request can name. */
export const requestShape = {
  series: z.array(seriesSchema).max(most.items).default([]).describe('Series, with their observations.'),
  items: z
    .array(itemName)
    .max(most.items)
    .default([])
    .describe('Items of the dataset, with their newest stored observations.'),
};

const request = closed({
  ...requestShape,
  known: z
    .record(itemName, z.record(z.string(), values))
    .optional()
    .describe(
      'What if: for some of `items`, by name, values of known covariates in the periods of the model’s horizon after the last stored observation. They take the place of stored ones; null leaves those.',
    ),
  horizon: requestFields.horizon,
  quantiles: requestFields.quantiles,
}).openapi('ForecastRequest');

export type ForecastRequest = z.output<typeof request>;

/** A number of an answer. */
export const number = z.number().nullable();

export const forecastSchema = z
  .strictObject({
    item: z.string(),
    channel: z.string().describe('The target’s channel.'),
    timestamps: z
      .array(z.string())
      .describe('The beginning of each period ahead: a date, or date and time in UTC.'),
    mean: z.array(number),
    quantiles: z
      .array(z.strictObject({ level: z.number(), values: z.array(number) }))
      .describe('By rising level; the values of a step never cross.'),
  })
  .openapi('Forecast');

export const answerSchema = z
  .strictObject({
    model: z.string(),
    version: z.string().describe('The version that made all of these.'),
    frequency: z.string(),
    forecasts: z
      .array(forecastSchema)
      .describe(
        'One for each channel of each item: first those of `series`, then those of `items`, as they were asked for.',
      ),
  })
  .openapi('Forecasts');

export type ForecastAnswer = z.output<typeof answerSchema>;

const problems = [...forecastProblems, 'UNKNOWN_ITEM', 'SERIES'] as const;

export const forecastRoute = route(
  { access: { scopes: ['forecast'], dataset: { param: 'model' } }, problems },
  {
    method: 'post',
    path: '/v1/models/{model}/forecast',
    operationId: 'createForecast',
    tags: ['models'],
    summary: 'Forecasts of series in the request, of items of the dataset, or of both',
    request: {
      params: z.object({ model: nameSchema('The model.', 'electricity') }),
      body: {
        required: true,
        content: json(request, {
          series: [{ item: 'my house', start: '2024-05-01T00:00:00Z', target: [3.1, 2.8, null, 2.6, 2.9] }],
          items: ['MT_001'],
          horizon: 2,
          quantiles: [0.1, 0.5, 0.9],
        }),
      },
    },
    responses: {
      200: {
        description: 'The forecasts.',
        content: json(answerSchema, {
          model: 'electricity',
          version: '0123456789abcdef',
          frequency: '1h',
          forecasts: [
            {
              item: 'my house',
              channel: 'target',
              timestamps: ['2024-05-01T05:00:00Z', '2024-05-01T06:00:00Z'],
              mean: [3.02, 3.4],
              quantiles: [
                { level: 0.1, values: [2.6, 2.8] },
                { level: 0.5, values: [3, 3.3] },
                { level: 0.9, values: [3.5, 4.1] },
              ],
            },
          ],
        }),
      },
    },
  },
);
