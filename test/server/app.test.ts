import { everybody } from '../../shared/api/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { type RequestRecord, serverApp } from '../../shared/server/app.ts';
import { serverMetrics } from '../../shared/server/metrics.ts';
import { localUploads } from '../../shared/server/uploads.ts';
import { fileStore } from '../../shared/store/index.ts';
import { scratch } from '../support/job.ts';

const store = fileStore(scratch('server').root());
const page = 'https://page.example';

function server(corsOrigins: readonly string[], onlyOwnSite = false, authenticate = everybody) {
  const logged: RequestRecord[] = [];
  const app = serverApp({
    api: { store, champions: createChampions(store), authenticate, corsOrigins, onlyOwnSite },
    uploads: localUploads({ store }),
    metrics: serverMetrics(),
    log: (record) => logged.push(record),
  });
  return { app, logged };
}

const from = (origin: string, more = {}) => ({ headers: { origin, ...more } });
const allowed = ({ headers }: Response) => headers.get('access-control-allow-origin');

test('pages of the origins that are named may call, problems too, and no others', async () => {
  const { app } = server([page, 'http://localhost:3000']);
  for (const path of ['/v1/models', '/v1/models/nothing', '/nowhere']) {
    const answer = await app.request(path, from(page));
    expect(allowed(answer)).toBe(page);
    expect(answer.headers.get('access-control-allow-credentials')).toBeNull();
    for (const other of ['https://evil.example', `${page}.evil`, 'null'])
      expect(allowed(await app.request(path, from(other)))).toBeNull();
  }
  const asked = { 'access-control-request-method': 'PUT', 'access-control-request-headers': 'if-match' };
  const preflight = await app.request('/v1/datasets/a/configuration', {
    method: 'OPTIONS',
    ...from(page, asked),
  });
  expect(preflight.status).toBe(204);
  expect(allowed(preflight)).toBe(page);
  expect(preflight.headers.get('access-control-allow-headers')).toContain('if-match');
});

test('where none are named, no page may', async () => {
  const { app } = server([]);
  expect(allowed(await app.request('/v1/models', from(page)))).toBeNull();
  expect((await app.request('/v1/models', { method: 'OPTIONS', ...from(page) })).status).toBe(405);
});

test.each<[string, string, Record<string, string>, number]>([
  ['by no page', 'http://127.0.0.1:8080', {}, 200],
  ['by a page of its own', 'http://localhost:8080', { origin: 'http://localhost:8080' }, 200],
  ['by a page that may', 'http://127.0.0.1:8080', { origin: page }, 200],
  ['by a page of another site', 'http://127.0.0.1:8080', { origin: 'https://evil.example' }, 403],
  ['by a page of another port', 'http://localhost:8080', { origin: 'http://localhost:3000' }, 403],
  ['by a page that hides where it is from', 'http://127.0.0.1:8080', { origin: 'null' }, 403],
  ['by a foreign name', 'http://evil.example:8080', { origin: 'http://evil.example:8080' }, 403],
  ['by a foreign name, by no page', 'http://evil.example:8080', {}, 403],
])('without a token, a request %s', async (_, base, headers, expected) => {
  const { app } = server([page], true);
  const answer = await app.request(`${base}/v1/models`, { headers });
  expect(answer.status).toBe(expected);
  if (expected === 403) expect(await answer.json()).toMatchObject({ code: 'ORIGIN' });
});

test('a line of the log has the path, and neither query nor token', async () => {
  const { app, logged } = server([]);
  await app.request('/v1/models?after=secret', { headers: { authorization: 'Bearer secret' } });
  await app.request('/v1/models/x/forecast', { method: 'POST', body: '{"items": ["secret"]}' });
  expect(logged.map(({ method, path, status }) => [method, path, status])).toEqual([
    ['GET', '/v1/models', 200],
    ['POST', '/v1/models/x/forecast', 415],
  ]);
  expect(JSON.stringify(logged)).not.toContain('secret');
});

test('a line of the log names whose token it was, by its id', async () => {
  const { app, logged } = server([], false, async (shown) =>
    shown === 'Bearer secret' ? { id: '0a1b2c3d', datasets: ['power'], scopes: ['forecast'] } : null,
  );
  const headers = { authorization: 'Bearer secret' };
  await Promise.all([
    app.request('/v1/models/power', { headers }),
    app.request('/v1/datasets', { headers }),
    app.request('/metrics', { headers }),
    app.request('/v1/models', { headers: { authorization: 'Bearer another' } }),
    app.request('/v1/models/other'),
    app.request('/v1/health'),
  ]);
  const by = (token: string | null) =>
    logged
      .filter((line) => line.token === token)
      .map(({ path, status }) => `${status} ${path}`)
      .sort();
  expect(by('0a1b2c3d')).toEqual(['200 /metrics', '403 /v1/datasets', '404 /v1/models/power']);
  expect(by(null)).toEqual(['200 /v1/health', '401 /v1/models', '401 /v1/models/other']);
  expect(JSON.stringify(logged)).not.toContain('secret');
});

test('what the server itself refuses is a problem document, too, and is named in the log', async () => {
  const { app, logged } = server([], false, async () => null);
  const upload = await app.request('/uploads/datasets%2Fpower%2F1.csv?signature=x', {
    method: 'PUT',
    body: 'a,b',
  });
  const metrics = await app.request('/metrics', { headers: { 'x-request-id': 'mine' } });
  const bodies = [await upload.json(), await metrics.json()];
  expect(bodies).toEqual([
    {
      ...{ type: 'urn:tidecast:problem:upload-url', title: 'The URL is not for this upload', status: 403 },
      ...{ code: 'UPLOAD_URL', remedy: 'ask for another', requestId: logged[0]?.request },
      detail:
        'the URL must be one that POST /v1/datasets/{dataset}/uploads gave, unchanged and in time, got another one',
    },
    expect.objectContaining({ status: 401, code: 'UNAUTHENTICATED', requestId: 'mine' }),
  ]);
  expect(logged[0]?.request).toMatch(/^[0-9a-f-]{36}$/);
  for (const [answer, status] of [
    [upload, 403],
    [metrics, 401],
  ] as const) {
    expect([answer.status, answer.headers.get('content-type')]).toEqual([status, 'application/problem+json']);
  }
});

test('metrics need the token that the API needs, and upload URLs are where the request was to', async () => {
  const { app } = server([], false, async (shown) => (shown === 'Bearer t' ? everybody(shown) : null));
  expect((await app.request('/metrics')).status).toBe(401);
  expect((await app.request('/metrics', { headers: { authorization: 'Bearer t' } })).status).toBe(200);
  expect((await server([], true).app.request('http://evil.example/metrics')).status).toBe(403);
  const asked = await app.request('http://192.0.2.7:8080/v1/datasets/a/uploads', {
    method: 'POST',
    headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
    body: '{"file": "a.csv"}',
  });
  expect((await asked.json()).url).toMatch(/^http:\/\/192\.0\.2\.7:8080\/uploads\//);
});

test('metrics are by route, however many names there are', async () => {
  const { app } = server([]);
  for (let i = 0; i < 5; i++) await app.request(`/v1/models/m${i}`);
  const text = await (await app.request('/metrics')).text();
  expect(text).toContain(
    'tidecast_request_seconds_count{route="/v1/models/{model}",method="GET",status="404"} 5',
  );
  expect(text).not.toContain('m3');
});
