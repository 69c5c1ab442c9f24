import { OpenAPIHono } from '@hono/zod-openapi';
import { allRoutes } from './routes/table.ts';

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>;

/** The OpenAPI document of all routes, whichever app serves them. */
export function apiDocument(): Document {
  const { openAPIRegistry, getOpenAPI31Document } = new OpenAPIHono();
  openAPIRegistry.registerComponent('securitySchemes', 'token', {
    type: 'http',
    scheme: 'bearer',
    description: 'A token that `npm run token -- create` made.',
  });
  for (const { definition } of allRoutes) openAPIRegistry.registerPath(definition);
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
      { name: 'datasets', description: 'What models are trained on.' },
      { name: 'jobs', description: 'Training.' },
      { name: 'service', description: 'The service itself.' },
    ],
    servers: [{ url: '/' }],
  });
}
