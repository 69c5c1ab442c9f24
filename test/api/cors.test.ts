import { createToken, manageApi, tokenAccess } from '../../shared/api/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { publish } from './support.ts';

const { text, secret } = createToken('', { datasets: ['*'], scopes: ['admin'] });
const { store } = memoryStore();
const make = (corsOrigins?: readonly string[]) =>
  manageApi({
    store,
    permitUpload: async () => ({ url: '', headers: {} }),
    authenticate: tokenAccess(async () => secret),
    corsOrigins,
  });
const page = 'https://dashboard.example';
const open = make([page, 'http://localhost:5173']);

beforeAll(() => publish(store, 'power'));

const send = (app: typeof open, method: string, headers: Record<string, string>, path = '/v1/models') =>
  app.request(path, { method, headers });
const said = ({ headers }: Response) =>
  Object.fromEntries([...headers].filter(([name]) => name.startsWith('access-control-')));
const token = { authorization: `Bearer ${text}` };
const preflight = {
  'access-control-request-method': 'GET',
  'access-control-request-headers': 'authorization',
};

test.each([
  ['nothing', undefined],
  ['an empty list', []],
])('%s configured: no page is answered, not even one that asks before', async (_, origins) => {
  const app = make(origins);
  const answer = await send(app, 'GET', { origin: page, ...token });
  expect([answer.status, said(answer), answer.headers.get('vary')]).toEqual([200, {}, null]);
  const before = await send(app, 'OPTIONS', { origin: page, ...preflight });
  expect([before.status, said(before)]).toEqual([405, {}]);
});

test('a page of an allowed origin may ask, and read answers and problems', async () => {
  for (const origin of [page, 'http://localhost:5173']) {
    const answer = await send(open, 'GET', { origin, ...token });
    expect([answer.status, answer.headers.get('vary')]).toEqual([200, 'Origin']);
    expect(said(answer)).toEqual({
      'access-control-allow-origin': origin,
      'access-control-expose-headers': expect.stringContaining('idempotency-replayed'),
    });
  }
  for (const [path, headers, status] of [
    ['/v1/models', {}, 401],
    ['/v1/models/powr', token, 404],
    ['/v1/nothing', token, 404],
  ] as const) {
    const answer = await send(open, 'GET', { origin: page, ...headers }, path);
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([status, page]);
    expect(answer.headers.get('content-type')).toBe('application/problem+json');
  }
});

test('before it asks, its browser is told methods and headers, without a token', async () => {
  const answer = await send(open, 'OPTIONS', { origin: page, ...preflight });
  expect(answer.status).toBe(204);
  expect(said(answer)).toMatchObject({
    'access-control-allow-origin': page,
    'access-control-allow-methods': 'GET,HEAD,POST,PUT,DELETE',
    'access-control-allow-headers': 'authorization,content-type,idempotency-key,if-match,if-none-match',
    'access-control-max-age': '3600',
  });
});

test.each([
  'https://evil.example',
  'https://dashboard.example.evil',
  'http://dashboard.example',
  'https://dashboard.example:8443',
  'null',
  '*',
])('the origin %s is told nothing, and never reflected', async (origin) => {
  const answer = await send(open, 'GET', { origin, ...token });
  expect([answer.status, said(answer), answer.headers.get('vary')]).toEqual([200, {}, 'Origin']);
  const before = await send(open, 'OPTIONS', { origin, ...preflight });
  expect([before.status, said(before)]).toEqual([405, {}]);
});

test('credentials that a browser adds by itself are never allowed', async () => {
  for (const origin of [page, 'https://evil.example']) {
    for (const method of ['GET', 'OPTIONS']) {
      const { headers } = await send(open, method, { origin, cookie: 'a=b', ...preflight });
      expect(headers.has('access-control-allow-credentials')).toBe(false);
    }
  }
});

test('OPTIONS that no browser asks before a request is a method like any other', async () => {
  const answer = await send(open, 'OPTIONS', { origin: page });
  expect([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
});

test.each([
  '*',
  'dashboard.example',
  `${page}/`,
  `${page}/app`,
  'null',
  '',
  'https://*.example',
  'HTTPS://A.example',
])('%j cannot be allowed: it is no origin', (origin) => {
  expect(() => make([page, origin])).toThrow('an allowed origin must be a scheme, a host');
});
