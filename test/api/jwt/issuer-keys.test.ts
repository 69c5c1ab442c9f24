import { UnsecuredJWT } from 'jose';
import { issuerKeys } from '../../../shared/api/access/issuer-keys.ts';
import { authenticateJwt } from '../../../shared/api/index.ts';
import { audience, claims, createIssuer, type Issuer, issuer, now } from './issuer.ts';

let made: Issuer;
beforeAll(async () => {
  made = await createIssuer();
});

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
/** Tells for each token in turn whose it is, or the code by which it is refused. */
const whoseBy = (fetching: typeof fetch, clock = () => now) => {
  const authenticate = authenticateJwt({
    ...{ issuer, audience: [audience], now: () => now },
    keys: issuerKeys(issuer, { ask: fetching, now: clock }),
  });
  return (token: string): Promise<string | null> =>
    authenticate(`Bearer ${token}`).then(
      (grant) => grant?.id ?? null,
      (error: { code: string }) => error.code,
    );
};
const whoBy = async (fetching: typeof fetch, tokens: string[]) => {
  const whose = whoseBy(fetching);
  const found: unknown[] = [];
  for (const token of tokens) found.push(await whose(token));
  return found;
};
beforeEach(() => {
  asked.length = 0;
});
const place = '/.well-known/openid-configuration';

test('are found where it says, and fetched once', async () => {
  const fetching = answering({ [place]: configuration, '/keys': made.published });
  const tokens = [
    await made.signed(),
    await made.signed({}, { alg: 'ES256' }),
    await made.signed({}, { kid: 'x' }),
  ];
  expect(await whoBy(fetching, tokens)).toEqual(['user-7', 'user-7', null]);
  expect(asked).toEqual([`${issuer}${place}`, `${issuer}/keys`]);
});

test('are in its jwks.json where it has no OpenID configuration', async () => {
  expect(await whoBy(answering({ '/.well-known/jwks.json': made.published }), [await made.signed()])).toEqual(
    ['user-7'],
  );
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
  expect(await whoBy(answering(answers), [await made.signed()])).toEqual(['ACCESS']);
});

test('an issuer that comes back is asked again', async () => {
  const answers: Record<string, unknown> = { '/keys': made.published };
  const whose = whoseBy(answering(answers));
  expect(await whose(await made.signed())).toBe('ACCESS');
  answers[place] = configuration;
  expect(await whose(await made.signed())).toBe('user-7');
});

describe('while the issuer is away', () => {
  const second = 1000;
  /** An issuer that has answered once and then answers no more, and a clock to move. */
  const away = async () => {
    const time = { now };
    const answers: Record<string, unknown> = { [place]: configuration, '/keys': made.published };
    const whose = whoseBy(answering(answers), () => time.now);
    expect(await whose(await made.signed())).toBe('user-7');
    answers[place] = new TypeError('fetch failed');
    asked.length = 0;
    return { time, answers, whose };
  };

  test('a token of a key that is not known is a fault of ours, and those of known keys are taken as before', async () => {
    const { time, whose } = await away();
    time.now += 31 * second;
    expect(await whose(await made.signed({}, { kid: 'new' }))).toBe('ACCESS');
    expect(await whose(await made.signed())).toBe('user-7');
    expect(await whose(await made.signed({}, { alg: 'ES256' }))).toBe('user-7');
  });

  test.each([
    ['answers with an error', undefined],
    ['says that it is another', { issuer: 'https://evil.example' }],
    ['answers with nonsense', []],
  ])('known keys stay, too, where it %s', async (_, answer) => {
    const { time, answers, whose } = await away();
    answers[place] = answer;
    answers['/.well-known/jwks.json'] = [];
    time.now += 31 * second;
    expect(await whose(await made.signed({}, { kid: 'new' }))).toBe('ACCESS');
    expect(await whose(await made.signed())).toBe('user-7');
  });

  test('known keys outlive the time after which they are read again', async () => {
    const { time, whose } = await away();
    time.now += 3600 * second;
    expect(await whose(await made.signed())).toBe('user-7');
    expect(asked).toHaveLength(1);
  });

  test('it is asked twice a minute at most, however many tokens there are', async () => {
    const { time, whose } = await away();
    time.now += 3600 * second;
    for (const kid of ['r', 'x', 'y', 'r']) await whose(await made.signed({}, { kid }));
    expect(asked).toHaveLength(1);
    time.now += 31 * second;
    for (const kid of ['x', 'r']) await whose(await made.signed({}, { kid }));
    expect(asked).toHaveLength(2);
  });

  test('a key that it has made meanwhile is found once it is back', async () => {
    const { time, answers, whose } = await away();
    time.now += 31 * second;
    const token = await made.signed({}, { kid: 'new' });
    expect(await whose(token)).toBe('ACCESS');
    answers[place] = configuration;
    answers['/keys'] = { keys: made.published.keys.map((key) => ({ ...key, kid: 'new' })) };
    time.now += 31 * second;
    expect(await whose(token)).toBe('user-7');
  });
});

test('a key that the issuer has taken back is not taken for longer than ten minutes', async () => {
  const time = { now };
  const answers: Record<string, unknown> = { [place]: configuration, '/keys': made.published };
  const whose = whoseBy(answering(answers), () => time.now);
  expect(await whose(await made.signed())).toBe('user-7');
  answers['/keys'] = { keys: made.published.keys.filter(({ kid }) => kid !== 'r') };
  time.now += 601_000;
  expect(await whose(await made.signed())).toBeNull();
});

test.each([
  ['http://issuer.example', 'another machine by http'],
  ['issuer.example', 'no URL'],
  ['ftp://issuer.example', 'another scheme'],
  ['http://127.0.0.1.example', 'a name that begins like this machine’s'],
])('an issuer is refused that is %s: %s', (text) => {
  expect(() => issuerKeys(text)).toThrow('must be a URL by https');
});

test.each(['http://localhost:9000', 'http://127.0.0.1:9000/realm', 'http://[::1]:9000', issuer])(
  'an issuer may be %s',
  (text) => {
    expect(issuerKeys(text)).toBeInstanceOf(Function);
  },
);

test('keys are not read where the issuer names a place by http', async () => {
  const answers = { [place]: { ...configuration, jwks_uri: 'http://issuer.example/keys' } };
  expect(await whoBy(answering(answers), [await made.signed()])).toEqual(['ACCESS']);
  expect(asked).toEqual([`${issuer}${place}`]);
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
