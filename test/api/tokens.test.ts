import fc from 'fast-check';
import { covers, mayDo } from '../../shared/api/access/access.ts';
import {
  createToken,
  parseTokens,
  revokeToken,
  type TokenOptions,
  tokenAccess,
} from '../../shared/api/index.ts';

const wanted = { datasets: ['electricity', 'sales-*'], scopes: ['forecast'] };
const bearer = (text: string) => `Bearer ${text}`;

/** A secret that can be changed, a clock, and how often the secret was read. */
function watched(secret: string, options: TokenOptions = {}) {
  const state = { secret, time: 0, reads: 0, errors: 0, broken: false };
  const authenticate = tokenAccess(
    async () => {
      state.reads++;
      await new Promise(setImmediate);
      if (state.broken) throw new Error('secret store is down');
      return state.secret;
    },
    { now: () => state.time, onError: () => state.errors++, ...options },
  );
  return { state, authenticate };
}

test('a token is printed once: the secret holds its SHA-256 only, and lets its holder in', async () => {
  const { text, token, secret } = createToken('', wanted);
  expect(text).toMatch(/^tc_[A-Za-z0-9_-]{43}$/);
  expect(secret).not.toContain(text.slice(3));
  expect(parseTokens(secret)).toEqual([token]);
  const { authenticate } = watched(secret);
  expect(await authenticate(bearer(text))).toEqual({ id: token.id, ...wanted });
});

test('of several tokens each lets in its own holder; a revoked one nobody', async () => {
  const first = createToken('', wanted);
  const second = createToken(first.secret, { datasets: ['*'], scopes: ['admin'] });
  const { authenticate } = watched(second.secret);
  expect(await authenticate(bearer(first.text))).toMatchObject({ id: first.token.id });
  expect(await authenticate(bearer(second.text))).toMatchObject({ id: second.token.id, scopes: ['admin'] });
  const left = watched(revokeToken(second.secret, first.token.id));
  expect(await left.authenticate(bearer(first.text))).toBeNull();
  expect(await left.authenticate(bearer(second.text))).toMatchObject({ id: second.token.id });
});

test('only the Bearer scheme and the form of our tokens are looked at', async () => {
  const { text, secret, token } = createToken('', wanted);
  const { state, authenticate } = watched(secret);
  for (const refused of [
    undefined,
    '',
    text,
    'Bearer',
    'Bearer ',
    `Basic ${text}`,
    `Token ${text}`,
    `Bearer ${text} ${text}`,
    `Bearer  ${text}`,
    `Bearer ${text.slice(0, -1)}`,
    `Bearer ${text}x`,
    `Bearer ${token.sha256}`,
    `Bearer tc_${token.sha256}`,
  ]) {
    expect(await authenticate(refused)).toBeNull();
  }
  expect(state.reads).toBe(0);
  expect(await authenticate(`bearer ${text}`)).not.toBeNull();
});

test('the secret is read when it is first needed and when it has become old, by one of many', async () => {
  const { text, secret } = createToken('', wanted);
  const { state, authenticate } = watched(secret, { refresh: 300_000 });
  const many = () => Promise.all(Array.from({ length: 5 }, () => authenticate(bearer(text))));
  expect((await many()).every(Boolean)).toBe(true);
  state.time = 299_999;
  await many();
  expect(state.reads).toBe(1);
  state.time = 300_000;
  await many();
  expect(state.reads).toBe(2);
});

test('a new token is found when it arrives; unknown ones make the secret be read every ten seconds at most', async () => {
  const first = createToken('', wanted);
  const second = createToken(first.secret, wanted);
  const { state, authenticate } = watched(first.secret);
  await authenticate(bearer(first.text));
  state.secret = second.secret;
  for (let i = 0; i < 20; i++) expect(await authenticate(bearer(second.text))).toBeNull();
  expect(state.reads).toBe(1);
  state.time = 10_000;
  const found = await Promise.all([1, 2, 3].map(() => authenticate(bearer(second.text))));
  expect(found.every((grant) => grant?.id === second.token.id)).toBe(true);
  expect(state.reads).toBe(2);
  for (let i = 0; i < 20; i++) await authenticate(bearer(createToken('', wanted).text));
  expect(state.reads).toBe(2);
});

test('a revoked token is refused when the secret has become old', async () => {
  const { text, token, secret } = createToken('', wanted);
  const { state, authenticate } = watched(secret);
  expect(await authenticate(bearer(text))).not.toBeNull();
  state.secret = revokeToken(secret, token.id);
  state.time = 300_000;
  expect(await authenticate(bearer(text))).toBeNull();
});

test('while the secret cannot be read, known tokens go on for an hour; without any it is an error', async () => {
  const { text, secret } = createToken('', wanted);
  const { state, authenticate } = watched(secret);
  state.broken = true;
  await expect(authenticate(bearer(text))).rejects.toMatchObject({ code: 'ACCESS' });
  state.broken = false;
  expect(await authenticate(bearer(text))).not.toBeNull();
  state.broken = true;
  state.time = 3_599_999;
  expect(await authenticate(bearer(text))).not.toBeNull();
  expect(state.errors).toBe(1);
  state.time = 3_600_000;
  await expect(authenticate(bearer(text))).rejects.toMatchObject({ code: 'ACCESS' });
});

test.each(['{}', 'null', 'not json', '{"tokens":[{"id":"a"}]}', '{"tokens":[],"more":1}'])(
  'the secret %j is refused; it is not shown',
  (secret) => {
    expect(() => parseTokens(secret)).toThrow(
      expect.objectContaining({ code: 'ACCESS', message: expect.not.stringContaining('not json') }),
    );
  },
);

test.each([
  [{ datasets: [], scopes: ['forecast'] }, 'datasets must be names'],
  [{ datasets: ['a/b'], scopes: ['forecast'] }, 'datasets must be names'],
  [{ datasets: ['a'], scopes: [] }, 'scopes must be among'],
  [{ datasets: ['a'], scopes: ['forcast'] }, 'did you mean forecast?'],
])('a token for %j cannot be made', (token, message) => {
  expect(() => createToken('', token)).toThrow(message);
});

test('a token to be revoked must be there', () => {
  const { secret, token } = createToken('', wanted);
  expect(() => revokeToken(secret, 'other')).toThrow(`name one of ${token.id}`);
});

test.each([
  ['electricity', 'electricity', true],
  ['electricity', 'electricity2', false],
  ['electricity', 'Electricity', false],
  ['*', 'anything', true],
  ['sales-*', 'sales-', true],
  ['sales-*', 'sales-de', true],
  ['sales-*', 'sales', false],
  ['sales-*', 'my-sales-de', false],
  ['*-test', 'a-test', true],
  ['*-test', 'a-tests', false],
  ['a*a', 'a', false],
  ['a*a', 'aa', true],
  ['a*b*c', 'a-b-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['a.c', 'abc', false],
])('the pattern %s for the dataset %s: %s', (pattern, dataset, expected) => {
  expect(covers({ id: '', datasets: ['other', pattern], scopes: [] }, dataset)).toBe(expected);
});

test('a pattern matches as the regular expression with .* for each star does', () => {
  const text = (letters: string[]) => fc.string({ unit: fc.constantFrom(...letters), maxLength: 8 });
  fc.assert(
    fc.property(text(['a', 'b', '*']), text(['a', 'b']), (pattern, name) => {
      const expected = new RegExp(`^${pattern.replaceAll('*', '.*')}$`).test(name);
      expect(covers({ id: '', datasets: [pattern], scopes: [] }, name)).toBe(expected);
    }),
    { numRuns: 2000 },
  );
});

test('one of the scopes is enough, and admin always is', () => {
  const holding = (...scopes: ('forecast' | 'upload' | 'admin')[]) => ({ id: '', datasets: [], scopes });
  expect(mayDo(holding('forecast'), ['forecast', 'upload'])).toBe(true);
  expect(mayDo(holding('forecast'), ['upload'])).toBe(false);
  expect(mayDo(holding('admin'), ['upload'])).toBe(true);
  expect(mayDo(holding(), ['upload'])).toBe(false);
});
