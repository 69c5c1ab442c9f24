import { Hono } from 'hono';
import { crossOrigin } from '../../shared/api/cors.ts';
import { only, templateOf } from './support.ts';

const page = 'https://example.com';

test('API Gateway lets pages send and see the same as the server does', async () => {
  const { Properties } = only(templateOf({ corsOrigins: [page] }), 'AWS::ApiGatewayV2::Api');
  const { AllowMethods, AllowHeaders, ExposeHeaders, MaxAge } = Properties.CorsConfiguration;
  const app = new Hono().use(crossOrigin([page])).get('/', (c) => c.text(''));
  const asked = { origin: page, 'access-control-request-method': 'GET' };
  const before = await app.request('/', { method: 'OPTIONS', headers: asked });
  const answer = await app.request('/', { headers: { origin: page } });
  expect({
    'access-control-allow-methods': AllowMethods.join(','),
    'access-control-allow-headers': AllowHeaders.join(','),
    'access-control-max-age': String(MaxAge),
  }).toEqual(said(before, 'allow-methods', 'allow-headers', 'max-age'));
  expect({ 'access-control-expose-headers': ExposeHeaders.join(',') }).toEqual(
    said(answer, 'expose-headers'),
  );
});

const said = ({ headers }: Response, ...names: string[]) =>
  Object.fromEntries(names.map((name) => [`access-control-${name}`, headers.get(`access-control-${name}`)]));
