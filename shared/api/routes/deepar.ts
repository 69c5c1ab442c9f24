import { z } from '@hono/zod-openapi';
import { closed } from '../issues.ts';
import { values } from './forecast.ts';
import { forecastProblems, json, nameSchema, route } from './route.ts';

const instance = closed({
  start: z.string().max(64).describe('The timestamp of the first value; without a zone it is UTC.'),
  target: values.describe('The observations; null or "NaN" where one is missing.'),
  cat: z
    .array(z.union([z.int(), z.string().max(1024)]))
    .optional()
    .describe('A value for each of the model’s static categories, in the order of the model.'),
  dynamic_feat: z
    .array(values)
    .optional()
    .describe('The model’s known covariates, in its order: beside the observations and over the horizon.'),
}).openapi('DeepArInstance');

export type DeepArInstance = z.output<typeof instance>;

const level = z
  .union([z.string(), z.number()])
  .refine((text) => Number(text) > 0 && Number(text) < 1, 'must be a number between 0 and 1, as text')
  .openapi({ type: 'string' });

const request = closed({
  instances: z.array(instance).min(1).max(1000).describe('The series to forecast.'),
  configuration: closed({
    num_samples: z.int().min(1).optional().describe('Means nothing here: quantiles are not sampled.'),
    output_types: z
      .array(z.enum(['mean', 'quantiles', 'samples']))
      .min(1)
      .default(['mean', 'quantiles'])
      .describe('`samples` is refused: the models have no sample paths.'),
    quantiles: z.array(level).min(1).max(99).default(['0.1', '0.5', '0.9']),
  }).optional(),
}).openapi('DeepArRequest');

export type DeepArRequest = z.output<typeof request>;

const number = z.number().nullable();
const prediction = z
  .strictObject({
    mean: z.array(number).optional(),
    quantiles: z.record(z.string(), z.array(number)).optional(),
  })
  .openapi('DeepArPrediction');
const answer = z.strictObject({ predictions: z.array(prediction) }).openapi('DeepArPredictions');

export type DeepArAnswer = z.output<typeof answer>;

export const deepArRoute = route(
  {
    access: { scopes: ['forecast'], dataset: { param: 'model' } },
    problems: forecastProblems,
  },
  {
    method: 'post',
    path: '/v1/models/{model}/invocations',
    operationId: 'invokeModel',
    tags: ['clients'],
    summary: 'Forecasts in the form of SageMaker DeepAR',
    description: 'Over the model’s whole horizon.',
    request: {
      params: z.object({ model: nameSchema('The model.', 'electricity') }),
      body: {
        required: true,
        content: json(request, {
          instances: [{ start: '2024-05-01 00:00:00', target: [3.1, 2.8, 'NaN', 2.6, 2.9] }],
          configuration: { output_types: ['mean', 'quantiles'], quantiles: ['0.1', '0.9'] },
        }),
      },
    },
    responses: {
      200: {
        description: 'A prediction for each instance.',
        content: json(answer, {
          predictions: [{ mean: [3.02, 3.4], quantiles: { '0.1': [2.6, 2.8], '0.9': [3.5, 4.1] } }],
        }),
      },
    },
  },
);
