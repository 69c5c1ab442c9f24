import { createHmac } from 'node:crypto';
import { createLocalJWKSet, exportJWK, exportSPKI, type JWTPayload, SignJWT, UnsecuredJWT } from 'jose';
import { authenticateJwt, manageApi } from '../../../shared/api/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { ask, publish } from '../support.ts';
import { audience, claims, createIssuer, type Issuer, issuer, now, seconds } from './issuer.ts';

let made: Issuer;
beforeAll(async () => {
  made = await createIssuer();
});

const signed: Issuer['signed'] = (...words) => made.signed(...words);

const who = (token: string, scheme = 'Bearer') =>
  authenticateJwt({
    ...{ issuer, audience: [audience], now: () => now },
    keys: createLocalJWKSet(made.published),
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
  ['is signed by another’s key', () => signed({}, { key: made.foreign.privateKey })],
  ['names a key that there is not', () => signed({}, { kid: 'x' })],
  ['names a key of another algorithm', () => signed({}, { kid: 'e' })],
  ['is not signed (alg none)', () => new UnsecuredJWT(claims).encode()],
  ['is not signed, with the key’s name', () => `${encoded({ alg: 'none', kid: 'r' })}.${encoded(claims)}.`],
  [
    'is signed by HS256 with the public key as the secret',
    async () => {
      const body = `${encoded({ alg: 'HS256', kid: 'r' })}.${encoded(claims)}`;
      const secret = await exportSPKI(made.rsa.publicKey);
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
      const jwk = await exportJWK(made.foreign.publicKey);
      return new SignJWT(claims)
        .setProtectedHeader({ alg: 'RS256', jwk, kid: 'r' })
        .sign(made.foreign.privateKey);
    },
  ],
  ['is cut off', async () => (await signed()).slice(0, -2)],
  ['is a token of ours', () => `tc_${'a'.repeat(43)}`],
  ['is empty', () => ''],
])('a token that %s is nobody’s', async (_, make) => {
  expect(await who(await make())).toBeNull();
});

/** Keys that hand out a shared secret, as those of a careless issuer would: only the list of algorithms stands between. */
test.each(['HS256', 'HS384', 'HS512'])(
  'a token signed by %s with a secret that is known is nobody’s',
  async (alg) => {
    const secret = new Uint8Array(64).fill(7);
    const authenticate = authenticateJwt({
      ...{ issuer, audience: [audience], now: () => now },
      keys: async () => secret,
    });
    const token = await new SignJWT(claims).setProtectedHeader({ alg, kid: 'h' }).sign(secret);
    expect(await authenticate(`Bearer ${token}`)).toBeNull();
  },
);

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
  const keys = createLocalJWKSet(made.published);
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
