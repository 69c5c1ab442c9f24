import { z } from '@hono/zod-openapi';
import { json, route } from './route.ts';

const health = z.strictObject({ status: z.literal('ok').describe('The service answers.') }).openapi('Health');

export const healthRoute = route(
  { access: null, problems: [] },
  {
    method: 'get',
    path: '/v1/health',
    operationId: 'getHealth',
    tags: ['service'],
    summary: 'Whether the service answers',
    responses: { 200: { description: 'It does.', content: json(health, { status: 'ok' }) } },
  },
);

export const documentRoute = route(
  { access: null, problems: [] },
  {
    method: 'get',
    path: '/openapi.json',
    operationId: 'getDocument',
    tags: ['service'],
    summary: 'This description (OpenAPI 3.1)',
    responses: {
      200: {
        description: 'An OpenAPI document.',
        content: json(z.looseObject({ openapi: z.string() }), { openapi: '3.1.0' }),
      },
    },
  },
);
