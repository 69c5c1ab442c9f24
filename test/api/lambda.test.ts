import type { LambdaEvent } from 'hono/aws-lambda';
import { createToken, lambdaHandler, manageApi, tokenAccess } from '../../shared/api/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { publish } from './support.ts';

/** An event of an HTTP API (payload version 2.0), and what the runtime gives beside it. */
const eventOf = (
  method: string,
  path: string,
  { body, headers = {}, encoded = false }: { body?: string; headers?: object; encoded?: boolean } = {},
) =>
  ({
    version: '2.0',
    routeKey: '$default',
    rawPath: path,
    rawQueryString: '',
    headers: { host: 'api.example', 'content-type': 'application/json', ...headers },
    requestContext: {
      http: { method, path, protocol: 'HTTP/1.1', sourceIp: '192.0.2.1', userAgent: 'test' },
      domainName: 'api.example',
      requestId: 'JKJaXmPLvHcESHA=',
    },
    isBase64Encoded: encoded,
    ...(body !== undefined && { body }),
  }) as unknown as LambdaEvent;
const context = { awsRequestId: 'request', functionName: 'manage', memoryLimitInMB: '512' } as never;

const { store } = memoryStore();
const { text, secret } = createToken('', { datasets: ['power'], scopes: ['admin'] });
const authorization = `Bearer ${text}`;
const handler = lambdaHandler(
  manageApi({
    store,
    permitUpload: async (key) => ({ url: `https://bucket/${key}`, headers: {} }),
    authenticate: tokenAccess(async () => secret),
    largestBody: 100,
  }),
);

test('an event becomes a request, and the answer what API Gateway wants, with its request id', async () => {
  await publish(store, 'power');
  const answer = await handler(eventOf('GET', '/v1/models/power', { headers: { authorization } }), context);
  expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: false });
  expect(JSON.parse(answer.body)).toMatchObject({ model: 'power' });
  expect(answer.headers?.['x-request-id']).toBe('JKJaXmPLvHcESHA=');
});

test('a body may come in base64; what GET sends along means nothing', async () => {
  const body = Buffer.from(JSON.stringify({ file: 'größe.csv' })).toString('base64');
  const upload = eventOf('POST', '/v1/datasets/power/uploads', {
    body,
    encoded: true,
    headers: { authorization },
  });
  expect(JSON.parse((await handler(upload, context)).body)).toMatchObject({ file: 'größe.csv' });
  const health = await handler(eventOf('GET', '/v1/health', { body: '{}' }), context);
  expect([health.statusCode, health.body]).toEqual([200, '{"status":"ok"}']);
});

test('a body beyond the limit is refused although its length was understated', async () => {
  const body = JSON.stringify({ file: 'a'.repeat(100) });
  const headers = { authorization, 'content-length': '10' };
  const answer = await handler(eventOf('POST', '/v1/datasets/power/uploads', { body, headers }), context);
  expect([answer.statusCode, JSON.parse(answer.body).code]).toEqual([413, 'BODY_TOO_LARGE']);
});

test('the functions are the two apps, made from their environment without a call to the cloud', async () => {
  Object.assign(process.env, {
    TIDECAST_BUCKET: 'bucket',
    TIDECAST_STATE_MACHINE_ARN: 'arn:aws:states:eu-central-1:000000000000:stateMachine:train',
    TIDECAST_EXPORT_MACHINE_ARN: 'arn:aws:states:eu-central-1:1:stateMachine:export',
    TIDECAST_PREVIEW_FUNCTION_ARN: 'preview',
    TIDECAST_TOKENS_SECRET_ARN: 'arn:aws:secretsmanager:eu-central-1:000000000000:secret:tokens',
    POWERTOOLS_SERVICE_NAME: 'tidecast',
    POWERTOOLS_METRICS_NAMESPACE: 'Tidecast',
  });
  const forecast = await import('../../functions/forecast/index.ts');
  const manage = await import('../../functions/manage/index.ts');
  const statusOf = async ({ handler: run }: typeof manage, ...asked: Parameters<typeof eventOf>) =>
    (await run(eventOf(...asked), context)).statusCode;
  expect(await statusOf(manage, 'GET', '/v1/health')).toBe(200);
  expect(await statusOf(manage, 'GET', '/v1/models')).toBe(401);
  expect(await statusOf(forecast, 'POST', '/v1/models/power/forecast', { body: '{}' })).toBe(401);
  expect(await statusOf(forecast, 'GET', '/v1/health')).toBe(404);
});
