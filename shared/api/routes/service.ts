import { z } from '@hono/zod-openapi';
import { json, route } from './route.ts';

const health = z.strictObject({ status: z.literal('ok') }).openapi('Health');

const healthAt = (path: string, operationId: string, summary: string, problems: ['STORE_UNREACHABLE'] | []) =>
  route(
    { access: null, problems },
    {
      method: 'get',
      path,
      operationId,
      tags: ['service'],
      summary,
      responses: { 200: { description: 'It does.', content: json(health, { status: 'ok' }) } },
    },
  );

export const healthRoute = healthAt('/v1/health', 'getHealth', 'Whether the service answers', []);
export const liveRoute = healthAt('/v1/health/live', 'getLiveness', 'Whether the service answers', []);
export const readyRoute = healthAt(
  '/v1/health/ready',
  'getReadiness',
  'Whether the service can do its work: it reaches the store',
  ['STORE_UNREACHABLE'],
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

export const docsRoute = route(
  { access: null, problems: [] },
  {
    method: 'get',
    path: '/docs',
    operationId: 'getDocs',
    tags: ['service'],
    summary: 'This description for people, as a page',
    responses: {
      200: {
        description: 'A page that loads nothing else.',
        content: { 'text/html': { schema: z.string() } },
      },
    },
  },
);
