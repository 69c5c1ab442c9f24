import { type Authenticate, everybody, manageApi } from '../../shared/api/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask, publish } from './support.ts';

const permitUpload = async () => ({ url: '', headers: {} });

describe('documents', () => {
  const { store } = memoryStore();
  const app = manageApi({ store, permitUpload, authenticate: everybody });
  beforeAll(() => publish(store, 'power'));

  test.each(['/v1/models/power', '/v1/models', '/v1/models/power/versions', '/openapi.json', '/v1/health'])(
    '%s has an ETag and is not sent again to who has it',
    async (path) => {
      const first = await ask(app, 'GET', path);
      const etag = first.headers.get('etag') ?? '';
      expect(etag).toMatch(/^"[^"]+"$/);
      const headers = { 'if-none-match': `"x", W/${etag}`, 'x-request-id': 'mine' };
      const again = await app.request(path, { headers });
      expect([again.status, await again.text()]).toEqual([304, '']);
      expect([again.headers.get('etag'), again.headers.get('x-request-id')]).toEqual([etag, 'mine']);
      expect((await ask(app, 'GET', path, { headers: { 'if-none-match': '"x"' } })).status).toBe(200);
    },
  );

  test('that have changed have another, and problems have none', async () => {
    const before = await ask(app, 'GET', '/v1/models/power');
    await publish(store, 'power', { seed: 2 });
    const after = await ask(app, 'GET', '/v1/models/power', {
      headers: { 'if-none-match': before.headers.get('etag') ?? '' },
    });
    expect(after.status).toBe(200);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect((await ask(app, 'GET', '/v1/models/none')).headers.get('etag')).toBeNull();
  });
});

describe('the rate', () => {
  const tokens: Authenticate = async (authorization) =>
    authorization?.startsWith('Bearer good')
      ? { id: authorization.slice(7), datasets: ['*'], scopes: ['admin'] }
      : null;

  function limited(authenticate = tokens) {
    const state = { time: 0 };
    const app = manageApi({
      store: memoryStore().store,
      permitUpload,
      authenticate,
      rateLimit: { rate: 2, burst: 3, now: () => state.time },
    });
    const get = (token?: string, address = '10.0.0.1', path = '/v1/models') =>
      app.request(
        path,
        { headers: token === undefined ? {} : { authorization: `Bearer ${token}` } },
        { incoming: { socket: { remoteAddress: address } } },
      );
    return { state, get };
  }

  test('is stated with each answer, and what comes beyond it is refused until it has come in again', async () => {
    const { state, get } = limited();
    const seen: (string | null)[] = [];
    for (let i = 0; i < 3; i++) seen.push((await get('good')).headers.get('ratelimit'));
    expect(seen).toEqual(['"default";r=2;t=1', '"default";r=1;t=1', '"default";r=0;t=2']);
    const refused = await get('good');
    expect(Object.fromEntries(refused.headers)).toMatchObject({
      ratelimit: '"default";r=0;t=2',
      'ratelimit-policy': '"default";q=3;w=2',
      'retry-after': '1',
    });
    expect([refused.status, await refused.json()]).toEqual([
      429,
      {
        type: 'urn:tidecast:problem:rate-limit',
        title: 'Too many requests',
        status: 429,
        detail: 'a caller may send 2 requests a second, and 3 at once, got more',
        code: 'RATE_LIMIT',
        remedy: 'wait 1 s',
        requestId: expect.any(String),
      },
    ]);
    state.time = 499;
    expect((await get('good')).status).toBe(429);
    state.time = 500;
    expect([(await get('good')).status, (await get('good')).status]).toEqual([200, 429]);
    state.time = 60_000;
    expect((await get('good')).headers.get('ratelimit')).toBe('"default";r=2;t=1');
  });

  test('is each token’s own, and who shows none that is known shares that of the address', async () => {
    const { get } = limited();
    for (let i = 0; i < 4; i++) await get('good one');
    expect((await get('good one')).status).toBe(429);
    expect((await get('good two')).status).toBe(200);
    const guesses: number[] = [];
    for (let i = 0; i < 4; i++) guesses.push((await get(`guess ${i}`)).status);
    expect(guesses).toEqual([401, 401, 401, 429]);
    expect((await get(undefined)).status).toBe(429);
    expect((await get(undefined, '10.0.0.1', '/v1/health')).status).toBe(429);
    expect((await get('guess', '10.0.0.2')).status).toBe(401);
  });

  test('counts by address where no token is needed, and nothing unless it is asked for', async () => {
    const { get } = limited(everybody);
    for (let i = 0; i < 3; i++) await get();
    expect([(await get()).status, (await get(undefined, '10.0.0.2')).status]).toEqual([429, 200]);
    const free = manageApi({ store: memoryStore().store, permitUpload, authenticate: everybody });
    const { headers } = await ask(free, 'GET', '/v1/models');
    expect([headers.get('ratelimit'), headers.get('ratelimit-policy')]).toEqual([null, null]);
  });
});
