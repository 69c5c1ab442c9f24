import { z } from '@hono/zod-openapi';
import { json, nameSchema, route } from '../route.ts';

const models = z
  .strictObject({ models: z.array(z.strictObject({ name: z.string() })) })
  .openapi('NixtlaModels');

const access = ['forecast', 'upload'] as const;

export const nixtlaModelsRoute = route(
  { access: { scopes: access }, problems: [] },
  {
    method: 'get',
    path: '/v2/models',
    operationId: 'nixtlaModels',
    tags: ['clients'],
    summary: 'The names of the token’s models for the `nixtla` client',
    responses: {
      200: { description: 'All of them.', content: json(models, { models: [{ name: 'electricity' }] }) },
    },
  },
);

const parameters = z
  .strictObject({
    detail: z.strictObject({
      input_size: z.int().describe('The longest history that it reads, in periods.'),
      horizon: z.int().describe('Most steps ahead.'),
    }),
  })
  .openapi('NixtlaModelParameters');

export const nixtlaParametersRoute = route(
  {
    access: { scopes: access, dataset: { query: 'model' } },
    problems: ['REQUEST', 'FREQUENCY', 'UNKNOWN_MODEL', 'BUNDLE'],
  },
  {
    method: 'get',
    path: '/model_params',
    operationId: 'nixtlaModelParameters',
    tags: ['clients'],
    summary: 'What a model reads and how far it forecasts, for the `nixtla` client',
    request: {
      query: z.strictObject({
        model: nameSchema('The model.', 'electricity'),
        freq: z
          .string()
          .min(1)
          .max(32)
          .openapi({ description: 'As pandas spells it; it must be the model’s.', example: 'h' }),
      }),
    },
    responses: {
      200: {
        description: 'Both, in periods.',
        content: json(parameters, { detail: { input_size: 337, horizon: 24 } }),
      },
    },
  },
);

const valid = z.strictObject({ detail: z.string() }).openapi('NixtlaKey');

export const nixtlaKeyRoute = route(
  { access: { scopes: access }, problems: [] },
  {
    method: 'get',
    path: '/validate_api_key',
    operationId: 'nixtlaValidateKey',
    tags: ['clients'],
    summary: 'Whether the token is known, for the `nixtla` client',
    responses: {
      200: { description: 'It is.', content: json(valid, { detail: 'the token is valid' }) },
    },
  },
);
