import { authenticateBy } from '../../../shared/api/access/secret.ts';
import { jwtOptions, readJwtOptions } from '../../../shared/api/index.ts';
import { issuer } from './issuer.ts';

test('the environment names issuer and audience, or neither', () => {
  const both = { TIDECAST_JWT_ISSUER: issuer, TIDECAST_JWT_AUDIENCE: 'a, b' };
  expect(jwtOptions(both)).toEqual({ issuer, audience: ['a', 'b'] });
  expect(jwtOptions({})).toBeUndefined();
  for (const [name, value] of Object.entries(both)) {
    expect(() => jwtOptions({ [name]: value })).toThrow('belong together');
  }
});

test.each(['issuer.example', 'http://issuer.example', ' '])(
  'an issuer in the environment cannot be %j',
  (text) => {
    const environment = { TIDECAST_JWT_ISSUER: text, TIDECAST_JWT_AUDIENCE: 'a' };
    expect(() => jwtOptions(environment)).toThrow('TIDECAST_JWT_ISSUER must be a URL by https');
  },
);

test.each([' ', ',', ' , '])('an audience in the environment cannot be %j', (text) => {
  const environment = { TIDECAST_JWT_ISSUER: issuer, TIDECAST_JWT_AUDIENCE: text };
  expect(() => jwtOptions(environment)).toThrow('TIDECAST_JWT_AUDIENCE must name');
});

test('the command line is read by the same rules, and named in what is refused', () => {
  const flags = ['--jwt-issuer', '--jwt-audience'] as const;
  expect(readJwtOptions({ issuer, audience: 'a, b' }, flags)).toEqual({ issuer, audience: ['a', 'b'] });
  expect(readJwtOptions({}, flags)).toBeUndefined();
  for (const [given, said] of [
    [{ issuer, audience: '' }, '--jwt-audience must name'],
    [{ issuer: '', audience: 'a' }, '--jwt-issuer must be a URL by https'],
    [{ issuer: 'http://issuer.example', audience: 'a' }, '--jwt-issuer must be a URL by https'],
    [{ issuer }, '--jwt-issuer and --jwt-audience belong together'],
    [{ audience: 'a' }, '--jwt-issuer and --jwt-audience belong together'],
  ] as const) {
    expect(() => readJwtOptions(given, flags)).toThrow(said);
  }
});

test('the environment decides who is asked: an issuer, a secret of tokens, or an authorizer before us', async () => {
  const jwt = authenticateBy({ TIDECAST_JWT_ISSUER: issuer, TIDECAST_JWT_AUDIENCE: 'a' });
  expect(await jwt('Bearer nothing')).toBeNull();
  const token = authenticateBy({ TIDECAST_TOKENS_SECRET_ARN: 'arn' });
  expect(await token('Bearer nothing')).toBeNull();
  expect(await authenticateBy({})(undefined)).toMatchObject({ scopes: ['admin'] });
});
