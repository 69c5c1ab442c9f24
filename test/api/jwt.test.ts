import { createLocalJWKSet, exportJWK, exportSPKI, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { jwtAccess } from '../../shared/api/index.ts';

const issuer = 'https://issuer.example';
const audience = 'tidecast';
const [ours, rsa, strangers] = await Promise.all(
  ['ES256', 'RS256', 'ES256'].map((algorithm) => generateKeyPair(algorithm, { extractable: true })),
);
if (!ours || !rsa || !strangers) throw new Error('three keys were made');
const keys = createLocalJWKSet({
  keys: [
    { ...(await exportJWK(ours.publicKey)), kid: 'ours', alg: 'ES256' },
    { ...(await exportJWK(rsa.publicKey)), kid: 'rsa', alg: 'RS256' },
  ],
});
const authenticate = jwtAccess({ issuer, audience, keys });

const now = Math.floor(Date.now() / 1000);
const claims = {
  ...{ iss: issuer, aud: audience, sub: 'somebody', exp: now + 60 },
  ...{ scope: 'openid forecast upload', datasets: ['power', 'sales-*'] },
};
const { privateKey } = ours;

const signed = (
  payload: object = claims,
  { alg = 'ES256', kid = 'ours', key = privateKey as Parameters<SignJWT['sign']>[0] } = {},
) => new SignJWT({ ...payload }).setProtectedHeader({ alg, kid }).sign(key);
const grant = async (token: string | Promise<string>, scheme = 'Bearer') =>
  authenticate(`${scheme} ${await token}`);
const without = (name: keyof typeof claims) =>
  Object.fromEntries(Object.entries(claims).filter(([key]) => key !== name));

test('a token of the issuer, for us, gives what its claims say', async () => {
  const expected = { id: 'somebody', scopes: ['forecast', 'upload'], datasets: ['power', 'sales-*'] };
  expect(await grant(signed())).toEqual(expected);
  expect(await grant(signed(claims, { alg: 'RS256', kid: 'rsa', key: rsa.privateKey }))).toEqual(expected);
  expect(await grant(signed({ ...claims, aud: ['other', audience] }))).toEqual(expected);
});

test('claims that say nothing allow nothing', async () => {
  expect(await grant(signed(without('scope')))).toMatchObject({ scopes: [] });
  expect(await grant(signed({ ...claims, scope: ['forecast'] }))).toMatchObject({ scopes: [] });
  expect(await grant(signed(without('datasets')))).toMatchObject({ datasets: [] });
  expect(await grant(signed({ ...claims, datasets: '*' }))).toMatchObject({ datasets: [] });
  expect(await grant(signed({ ...claims, datasets: ['a/b', 7, 'ok'] }))).toMatchObject({ datasets: ['ok'] });
});

test.each<[string, () => string | Promise<string>]>([
  ['expired', () => signed({ ...claims, exp: now - 60 })],
  ['without an end', () => signed(without('exp'))],
  ['not valid yet', () => signed({ ...claims, nbf: now + 60 })],
  ['for others', () => signed({ ...claims, aud: 'another' })],
  ['of another issuer', () => signed({ ...claims, iss: `${issuer}.evil` })],
  ['without a subject', () => signed(without('sub'))],
  ['signed by a stranger', () => signed(claims, { key: strangers.privateKey })],
  ['with a key that is not known', () => signed(claims, { kid: 'new' })],
  ['without a signature', () => new UnsecuredJWT({ ...claims }).encode()],
  [
    'signed with our public key as a shared secret',
    async () =>
      signed(claims, {
        alg: 'HS256',
        key: new TextEncoder().encode(await exportSPKI(rsa.publicKey)),
        kid: 'rsa',
      }),
  ],
  ['changed', async () => (await signed()).replace(/\.(.)/, (_, letter) => `.${letter === 'e' ? 'f' : 'e'}`)],
  ['no token at all', () => 'tc_AAAA'],
])('a token that is %s is nobody’s', async (_, token) => {
  expect(await grant(token())).toBeNull();
});

test('only the Bearer scheme', async () => {
  const token = await signed();
  expect(await grant(token, 'bearer')).not.toBeNull();
  expect(await grant(token, 'Basic')).toBeNull();
  expect(await authenticate(token)).toBeNull();
  expect(await authenticate(undefined)).toBeNull();
});

test('keys that cannot be read are a fault of ours, not of who asks', async () => {
  const failing = jwtAccess({
    ...{ issuer, audience },
    keys: async () => {
      throw new TypeError('fetch failed');
    },
  });
  await expect(failing(`Bearer ${await signed()}`)).rejects.toMatchObject({ code: 'ACCESS' });
});
