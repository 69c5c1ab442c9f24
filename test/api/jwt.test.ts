import { createHmac } from 'node:crypto';
import {
  createLocalJWKSet,
  exportJWK,
  exportSPKI,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import { issuerKeys } from '../../shared/api/access/issuer-keys.ts';
import { authenticateBy } from '../../shared/api/access/secret.ts';
import { authenticateJwt, jwtOptions, manageApi } from '../../shared/api/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask, publish } from './support.ts';

const issuer = 'https://issuer.example';
const audience = 'https://forecasts.example';
const now = Date.UTC(2026, 0, 1);
const seconds = now / 1000;

let rsa: GenerateKeyPairResult;
let elliptic: GenerateKeyPairResult;
/** Of the same form as the issuer's, but another's. */
let foreign: GenerateKeyPairResult;
let published: { keys: object[] };

beforeAll(async () => {
  [rsa, elliptic, foreign] = await Promise.all([
    generateKeyPair('RS256'),
    generateKeyPair('ES256'),
    generateKeyPair('RS256'),
  ]);
  published = {
    keys: [
      { ...(await exportJWK(rsa.publicKey)), kid: 'r', alg: 'RS256', use: 'sig' },
      { ...(await exportJWK(elliptic.publicKey)), kid: 'e', alg: 'ES256', use: 'sig' },
    ],
  };
});

const claims: JWTPayload = {
  ...{ iss: issuer, aud: audience, sub: 'user-7', iat: seconds, exp: seconds + 600 },
  ...{ scope: 'openid forecast upload', 'tidecast:datasets': ['sales-*', 'stock'] },
};

interface Signed {
  readonly alg?: 'RS256' | 'ES256' | 'RS384';
  readonly kid?: string;
  readonly key?: CryptoKey;
}

function signed(
  more: Readonly<Record<string, unknown>> = {},
  { alg = 'RS256', kid, key }: Signed = {},
): Promise<string> {
  const own = alg === 'ES256' ? { kid: 'e', key: elliptic.privateKey } : { kid: 'r', key: rsa.privateKey };
  const payload = Object.entries({ ...claims, ...more }).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(payload))
    .setProtectedHeader({ alg, kid: kid ?? own.kid })
    .sign(key ?? own.key);
}

const who = (token: string, scheme = 'Bearer') =>
  authenticateJwt({
    ...{ issuer, audience: [audience], now: () => now },
    keys: createLocalJWKSet(published as Parameters<typeof createLocalJWKSet>[0]),
  })(`${scheme} ${token}`);

test.each(['RS256', 'ES256'] as const)(
  'a token by %s gives what its claims say, and no more',
  async (alg) => {
    expect(await who(await signed({}, { alg }))).toEqual({
      id: 'user-7',
      scopes: ['forecast', 'upload'],
      datasets: ['sales-*', 'stock'],
    });
  },
);

test.each<[string, JWTPayload, { scopes: string[]; datasets: string[] }]>([
  [
    'claims as text',
    { 'tidecast:datasets': 'a b-*' },
    { scopes: ['forecast', 'upload'], datasets: ['a', 'b-*'] },
  ],
  ['scopes as a list', { scope: ['admin'] }, { scopes: ['admin'], datasets: ['sales-*', 'stock'] }],
  [
    'one audience of several',
    { aud: ['other', audience] },
    { scopes: ['forecast', 'upload'], datasets: ['sales-*', 'stock'] },
  ],
  [
    'neither scope nor datasets',
    { scope: undefined, 'tidecast:datasets': undefined },
    { scopes: [], datasets: [] },
  ],
  [
    'others’ scopes',
    { scope: 'forecasts tidecast:admin ADMIN' },
    { scopes: [], datasets: ['sales-*', 'stock'] },
  ],
  [
    'datasets that cannot be',
    { 'tidecast:datasets': ['a/b', 7, '', 'ok'] } as JWTPayload,
    { scopes: ['forecast', 'upload'], datasets: ['ok'] },
  ],
])('a token with %s', async (_, more, grant) => {
  expect(await who(await signed(more))).toEqual({ id: 'user-7', ...grant });
});

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

test.each<[string, () => string | Promise<string>]>([
  ['has expired', () => signed({ exp: seconds - 31 })],
  ['never expires', () => signed({ exp: undefined })],
  ['is not valid yet', () => signed({ nbf: seconds + 31 })],
  ['is for another audience', () => signed({ aud: 'https://another.example' })],
  ['is for nobody', () => signed({ aud: undefined })],
  ['is of another issuer', () => signed({ iss: 'https://issuer.example.evil' })],
  ['is of the issuer but for a slash', () => signed({ iss: `${issuer}/` })],
  ['names no holder', () => signed({ sub: undefined })],
  ['is signed by another’s key', () => signed({}, { key: foreign.privateKey })],
  ['names a key that there is not', () => signed({}, { kid: 'x' })],
  ['names a key of another algorithm', () => signed({}, { kid: 'e' })],
  ['is not signed (alg none)', () => new UnsecuredJWT(claims).encode()],
  ['is not signed, with the key’s name', () => `${encoded({ alg: 'none', kid: 'r' })}.${encoded(claims)}.`],
  [
    'is signed by HS256 with the public key as the secret',
    async () => {
      const body = `${encoded({ alg: 'HS256', kid: 'r' })}.${encoded(claims)}`;
      const secret = await exportSPKI(rsa.publicKey);
      return `${body}.${createHmac('sha256', secret).update(body).digest('base64url')}`;
    },
  ],
  [
    'was changed',
    async () => {
      const [header, , signature] = (await signed()).split('.');
      return `${header}.${encoded({ ...claims, scope: 'admin' })}.${signature}`;
    },
  ],
  [
    'brings its own key',
    async () => {
      const jwk = await exportJWK(foreign.publicKey);
      return new SignJWT(claims).setProtectedHeader({ alg: 'RS256', jwk, kid: 'r' }).sign(foreign.privateKey);
    },
  ],
  ['is cut off', async () => (await signed()).slice(0, -2)],
  ['is a token of ours', () => `tc_${'a'.repeat(43)}`],
  ['is empty', () => ''],
])('a token that %s is nobody’s', async (_, make) => {
  expect(await who(await make())).toBeNull();
});

test('clocks may differ by half a minute', async () => {
  expect(await who(await signed({ exp: seconds - 29 }))).not.toBeNull();
  expect(await who(await signed({ nbf: seconds + 29 }))).not.toBeNull();
});

test('only the Bearer scheme is taken', async () => {
  const token = await signed();
  expect(await who(token, 'bearer')).not.toBeNull();
  for (const scheme of ['Basic', 'DPoP', 'Token', 'Bearer  ']) expect(await who(token, scheme)).toBeNull();
});

test('over HTTP: 401 for who is not proven, 403 for what the claims do not hold', async () => {
  const { store } = memoryStore();
  await publish(store, 'stock');
  const keys = createLocalJWKSet(published as Parameters<typeof createLocalJWKSet>[0]);
  const app = manageApi({
    store,
    permitUpload: async () => ({ url: '', headers: {} }),
    authenticate: authenticateJwt({ issuer, audience: [audience], keys, now: () => now }),
  });
  const codeOf = async (token: string, path: string) => {
    const { status, body } = await ask(app, 'GET', path, { token });
    return [status, body.code, body.detail];
  };
  expect(await codeOf(await signed(), '/v1/models/stock')).toEqual([200, undefined, undefined]);
  expect(await codeOf(await signed({ exp: 1 }), '/v1/models/stock')).toEqual([
    401,
    'UNAUTHENTICATED',
    'this needs a token that is known, got one that is not',
  ]);
  expect(await codeOf(await signed(), '/v1/models/other')).toEqual([
    403,
    'FORBIDDEN',
    'the token must be for this dataset; it is for sales-*, stock, got other',
  ]);
  const bare = await signed({ scope: undefined, 'tidecast:datasets': undefined });
  expect(await codeOf(bare, '/v1/models/stock')).toEqual([
    403,
    'FORBIDDEN',
    'the token must be for this dataset; it is for none, got stock',
  ]);
  expect(await codeOf(bare, '/v1/models')).toEqual([
    403,
    'FORBIDDEN',
    'the token must have the scope forecast or upload, got none',
  ]);
});

describe('the issuer’s keys', () => {
  const asked: string[] = [];
  const configuration = { issuer, jwks_uri: `${issuer}/keys` };
  /** An issuer that answers so; what is not said is not found. */
  const answering = (answers: Record<string, unknown>): typeof fetch =>
    (async (url: string | URL | Request) => {
      asked.push(String(url));
      const answer = answers[String(url).slice(issuer.length)];
      if (answer instanceof Error) throw answer;
      return answer === undefined ? new Response('{}', { status: 404 }) : Response.json(answer);
    }) as typeof fetch;
  const whoBy = async (fetching: typeof fetch, tokens: string[]) => {
    const authenticate = authenticateJwt({
      ...{ issuer, audience: [audience], now: () => now },
      keys: issuerKeys(issuer, fetching),
    });
    const found: unknown[] = [];
    for (const token of tokens) {
      found.push(
        await authenticate(`Bearer ${token}`).then(
          (grant) => grant?.id ?? null,
          (error: { code: string }) => error.code,
        ),
      );
    }
    return found;
  };
  beforeEach(() => {
    asked.length = 0;
  });
  const place = '/.well-known/openid-configuration';

  test('are found where it says, and fetched once', async () => {
    const fetching = answering({ [place]: configuration, '/keys': published });
    const tokens = [await signed(), await signed({}, { alg: 'ES256' }), await signed({}, { kid: 'x' })];
    expect(await whoBy(fetching, tokens)).toEqual(['user-7', 'user-7', null]);
    expect(asked).toEqual([`${issuer}${place}`, `${issuer}/keys`]);
  });

  test('are in its jwks.json where it has no OpenID configuration', async () => {
    expect(await whoBy(answering({ '/.well-known/jwks.json': published }), [await signed()])).toEqual([
      'user-7',
    ]);
  });

  test.each<[string, Record<string, unknown>]>([
    ['cannot be reached', { [place]: new TypeError('fetch failed') }],
    ['publishes nothing', {}],
    [
      'is another one',
      { [place]: { ...configuration, issuer: 'https://evil.example' }, '/keys': { keys: [] } },
    ],
    ['names no keys', { [place]: { issuer } }],
    ['has lost its keys', { [place]: configuration }],
    ['publishes what is no list of keys', { [place]: configuration, '/keys': [] }],
  ])('an issuer that %s is a fault of ours, not of the token', async (_, answers) => {
    expect(await whoBy(answering(answers), [await signed()])).toEqual(['ACCESS']);
  });

  test('an issuer that comes back is asked again', async () => {
    const answers: Record<string, unknown> = { '/keys': published };
    const authenticate = authenticateJwt({
      ...{ issuer, audience: [audience], now: () => now },
      keys: issuerKeys(issuer, answering(answers)),
    });
    const authorization = `Bearer ${await signed()}`;
    await expect(authenticate(authorization)).rejects.toMatchObject({ code: 'ACCESS' });
    answers[place] = configuration;
    expect(await authenticate(authorization)).toMatchObject({ id: 'user-7' });
  });

  test('what is no token at all asks nobody', async () => {
    const fetching = answering({});
    expect(await whoBy(fetching, ['x', `tc_${'a'.repeat(43)}`, new UnsecuredJWT(claims).encode()])).toEqual([
      null,
      null,
      null,
    ]);
    expect(asked).toEqual([]);
  });
});

describe('the environment', () => {
  test('names issuer and audience, or neither', () => {
    const both = { TIDECAST_JWT_ISSUER: issuer, TIDECAST_JWT_AUDIENCE: 'a, b' };
    expect(jwtOptions(both)).toEqual({ issuer, audience: ['a', 'b'] });
    expect(jwtOptions({})).toBeUndefined();
    for (const [name, value] of Object.entries(both)) {
      expect(() => jwtOptions({ [name]: value })).toThrow('belong together');
    }
  });

  test('decides who is asked: an issuer, a secret of tokens, or an authorizer before us', async () => {
    const jwt = authenticateBy({ TIDECAST_JWT_ISSUER: issuer, TIDECAST_JWT_AUDIENCE: 'a' });
    expect(await jwt('Bearer nothing')).toBeNull();
    const token = authenticateBy({ TIDECAST_TOKENS_SECRET_ARN: 'arn' });
    expect(await token('Bearer nothing')).toBeNull();
    expect(await authenticateBy({})(undefined)).toMatchObject({ scopes: ['admin'] });
  });
});
