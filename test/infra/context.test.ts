import { App } from 'aws-cdk-lib';
import { readContext } from '../../infra/context.ts';

const read = (context: Record<string, unknown> = {}) => readContext(new App({ context }).node);

test('without context everything is left to the defaults', () => {
  expect(read()).toEqual({
    name: 'Tidecast',
    region: undefined,
    email: undefined,
    keyArn: undefined,
    props: { retainData: true, throttle: {} },
  });
});

test('text of the command line and values of cdk.json mean the same', () => {
  expect(read({ quietSeconds: '5' }).props.quietPeriod?.toSeconds()).toBe(5);
  expect(read({ quietSeconds: 0 }).props.quietPeriod?.toSeconds()).toBe(0);
});

test('every key reaches the construct', () => {
  const { props, ...rest } = read({
    name: 'Demo',
    region: 'eu-central-1',
    email: 'someone@example.com',
    keyArn: 'arn:key',
    authentication: 'jwt',
    jwtIssuer: 'https://issuer.example',
    jwtAudience: 'one, two',
    retention: 'delete',
    architecture: 'arm64',
    corsOrigins: 'https://a.example,https://b.example',
    rate: '5',
    burst: '7',
    quietSeconds: '10',
    sliceSeconds: '20',
    parallelMembers: '3',
    runDays: '8',
    versionDays: '9',
    logDays: '14',
    logLevel: 'DEBUG',
  });
  expect(rest).toEqual({
    name: 'Demo',
    region: 'eu-central-1',
    email: 'someone@example.com',
    keyArn: 'arn:key',
  });
  const { quietPeriod, sliceTime, runRetention, versionRetention, ...plain } = props;
  expect(plain).toEqual({
    authentication: { jwt: { issuer: 'https://issuer.example', audience: ['one', 'two'] } },
    retainData: false,
    architecture: 'arm64',
    corsOrigins: ['https://a.example', 'https://b.example'],
    throttle: { rate: 5, burst: 7 },
    parallelMembers: 3,
    logRetention: 14,
    logLevel: 'DEBUG',
  });
  expect([
    quietPeriod?.toSeconds(),
    sliceTime?.toSeconds(),
    runRetention?.toDays(),
    versionRetention?.toDays(),
  ]).toEqual([10, 20, 8, 9]);
});

test.each([
  [{ authentification: 'iam' }, 'the context knows the keys name, region'],
  [{ authentication: 'none' }, 'authentication must be one of: token, iam, jwt, got "none"'],
  [{ authentication: 'jwt' }, 'authentication=jwt, jwtIssuer and jwtAudience belong together'],
  [{ jwtIssuer: 'https://issuer.example' }, 'belong together'],
  [
    { authentication: 'jwt', jwtIssuer: 'http://issuer.example', jwtAudience: 'a' },
    'jwtIssuer must be a URL by https, got "http://issuer.example"',
  ],
  [
    { authentication: 'jwt', jwtIssuer: 'https://issuer.example', jwtAudience: 'a, ' },
    'jwtAudience must name whom tokens are for, got "a,"',
  ],
  [{ retention: 'forever' }, 'retention must be one of: retain, delete'],
  [{ rate: 'fast' }, 'rate must be a whole number of at least 1, got "fast"'],
  [{ quietSeconds: '-1' }, 'quietSeconds must be a whole number of at least 0'],
  [{ logDays: '8' }, 'logDays must be one of: 1, 3, 5, 7, 14'],
])('what would do nothing or the wrong thing is refused: %j', (context, message) => {
  expect(() => read(context)).toThrow(message);
});
