import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi';
import { givesDocument } from './etag.ts';
import type { Route } from './routes/route.ts';
import { allRoutes } from './routes/table.ts';

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** The OpenAPI document of all routes, whichever app serves them. */
export function apiDocument(): Document {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description:
      'A token that `npm run token -- create` made; where an issuer is configured, a JWT of it with `scope` and `tidecast:datasets`.',
  });
  for (const route of allRoutes) openAPIRegistry.registerPath(described(route));
  return getOpenAPI31Document({
    openapi: '3.1.0',
    info: {
      title: 'Tidecast',
      version: '1',
      description:
        'Forecasts of time series. Problems are RFC 9457 documents (`application/problem+json`); `code` names their kind, `remedy` says what can be done.',
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    tags: [
      { name: 'models', description: 'Trained models and their forecasts.' },
      { name: 'items', description: 'The series of a model, as they are stored.' },
      { name: 'exports', description: 'Forecasts of all items of a model, as files.' },
      { name: 'datasets', description: 'What models are trained on.' },
      { name: 'jobs', description: 'Training.' },
      { name: 'clients', description: 'Forecasts for clients of other services.' },
      { name: 'service', description: 'The service itself.' },
    ],
    servers: [{ url: '/' }],
  });
}

const idempotencyKey = z
  .string()
  .max(255)
  .optional()
  .describe(
    'Names what is to be done: sent again with the same key and body, it is done once and answered alike.',
  );
const ifMatch = z.string().optional().describe('Only where this is still the `ETag`.');
const ifNoneMatch = z
  .string()
  .optional()
  .describe('Only where this is not the `ETag`; `*`: where there is nothing.');

/** A route with the headers that it takes by its kind, whoever handles it. */
function described(route: Route): RouteConfig {
  const { definition, creates } = route;
  const isDocument = givesDocument(route);
  const changes = definition.method === 'put';
  const headers = {
    ...(creates && { 'Idempotency-Key': idempotencyKey }),
    ...(changes && { 'If-Match': ifMatch }),
    ...((isDocument || changes) && { 'If-None-Match': ifNoneMatch }),
  };
  const unchanged = { 304: { description: 'It is what `If-None-Match` names.' } };
  return {
    ...definition,
    ...(Object.keys(headers).length > 0 && {
      request: { ...definition.request, headers: z.object(headers) },
    }),
    responses: { ...definition.responses, ...(isDocument && unchanged) },
  };
}
