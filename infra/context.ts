import { Duration } from 'aws-cdk-lib';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Node } from 'constructs';
import { complaint } from './complaint.ts';
import type { Authentication, TidecastProps } from './props.ts';

/** What `-c key=value` and the `context` of cdk.json may say, and what it means. All are optional. */
export const contextKeys = {
  name: 'name of the stack (Tidecast)',
  region: "AWS region (the CLI's)",
  authentication: 'token, iam or jwt (token)',
  jwtIssuer: 'issuer of the tokens, with authentication=jwt',
  jwtAudience: 'their audience; several are separated by commas',
  retention: 'retain or delete: the bucket when the stack is removed (retain)',
  architecture: 'x64 or arm64 (x64)',
  email: 'an address that is told of finished trainings and alarms',
  keyArn: "a KMS key for the bucket's objects (S3's own keys)",
  corsOrigins: 'origins of web pages that may call, separated by commas (none)',
  rate: 'requests per second (50)',
  burst: 'requests at once (100)',
  quietSeconds: 'pause of uploads before training starts (30)',
  sliceSeconds: 'length of a slice of training (until a minute before the end of the Lambda)',
  parallelMembers: 'members trained at once (5)',
  runDays: 'days that working files of jobs are kept (30)',
  versionDays: 'days that overwritten and deleted objects are kept (30)',
  logDays: 'days that logs are kept, one of the numbers that CloudWatch knows (90)',
  logLevel: 'DEBUG, INFO, WARN or ERROR (INFO)',
} as const;
type Key = keyof typeof contextKeys;

export interface Settings {
  readonly name: string;
  readonly region: string | undefined;
  readonly email: string | undefined;
  readonly keyArn: string | undefined;
  readonly props: TidecastProps;
}

/**
 * Reads and checks the context. A key that is not known is refused: misspelled, it would otherwise do nothing.
 */
export function readContext(node: Node): Settings {
  refuseUnknown(Object.keys(node.getAllContext()));
  const read = reader((key) => node.tryGetContext(key));
  return {
    name: read.text('name') ?? 'Tidecast',
    region: read.text('region'),
    email: read.text('email'),
    keyArn: read.text('keyArn'),
    props: defined({
      authentication: authenticationOf(read),
      retainData: read.one('retention', ['retain', 'delete']) !== 'delete',
      architecture: read.one('architecture', ['x64', 'arm64']),
      corsOrigins: read.list('corsOrigins'),
      throttle: defined({ rate: read.count('rate'), burst: read.count('burst') }),
      quietPeriod: read.time('quietSeconds', Duration.seconds, 0),
      sliceTime: read.time('sliceSeconds', Duration.seconds),
      parallelMembers: read.count('parallelMembers'),
      runRetention: read.time('runDays', Duration.days),
      versionRetention: read.time('versionDays', Duration.days),
      logRetention: logRetention(read.count('logDays')),
      logLevel: read.one('logLevel', ['DEBUG', 'INFO', 'WARN', 'ERROR']),
    }),
  };
}

type Reader = ReturnType<typeof reader>;

/** Values come as text from the command line, and as whatever JSON holds from cdk.json. */
function reader(get: (key: string) => unknown) {
  const text = (key: Key): string | undefined => {
    const value = get(key);
    return value === undefined || value === null || value === '' ? undefined : String(value);
  };
  const one = <const T extends string>(key: Key, allowed: readonly T[]): T | undefined => {
    const value = text(key);
    const found = allowed.find((each) => each === value);
    if (value === undefined || found !== undefined) return found;
    throw complaint(`${key} must be one of: ${allowed.join(', ')}`, `"${value}"`, `mend -c ${key}=…`);
  };
  const count = (key: Key, least = 1): number | undefined => {
    const value = text(key);
    const number = Number(value);
    if (value === undefined) return undefined;
    if (Number.isInteger(number) && number >= least) return number;
    throw complaint(`${key} must be a whole number of at least ${least}`, `"${value}"`, `mend -c ${key}=…`);
  };
  const time = (key: Key, unit: (amount: number) => Duration, least?: number): Duration | undefined => {
    const amount = count(key, least);
    return amount === undefined ? undefined : unit(amount);
  };
  const list = (key: Key): string[] | undefined =>
    text(key)
      ?.split(',')
      .map((each) => each.trim());
  return { text, one, count, time, list };
}

function authenticationOf({ one, text, list }: Reader): Authentication | undefined {
  const kind = one('authentication', ['token', 'iam', 'jwt']);
  const [issuer, audience] = [text('jwtIssuer'), list('jwtAudience')];
  if (kind === 'jwt' && issuer !== undefined && audience !== undefined) {
    // The functions refuse the same when they start, which is late to hear of it.
    if (!URL.canParse(issuer) || new URL(issuer).protocol !== 'https:')
      throw complaint('jwtIssuer must be a URL by https', `"${issuer}"`, 'mend -c jwtIssuer=…');
    if (audience.includes(''))
      throw complaint('jwtAudience must name whom tokens are for', `"${audience}"`, 'mend -c jwtAudience=…');
    return { jwt: { issuer, audience } };
  }
  if (kind === 'jwt' || issuer !== undefined || audience !== undefined) {
    throw complaint(
      'authentication=jwt, jwtIssuer and jwtAudience belong together',
      `authentication=${kind}, jwtIssuer=${issuer}, jwtAudience=${audience}`,
      'give all three or none',
    );
  }
  return kind;
}

function logRetention(days: number | undefined): RetentionDays | undefined {
  if (days === undefined || RetentionDays[days] !== undefined) return days;
  const known = Object.values(RetentionDays).filter((value) => typeof value === 'number' && value < 9999);
  throw complaint(`logDays must be one of: ${known.join(', ')}`, String(days), 'choose the next longer');
}

/** The CDK's own keys have a colon, an at sign or a dash; ours have none. */
function refuseUnknown(keys: readonly string[]): void {
  const known = Object.keys(contextKeys);
  const wrong = keys.find((key) => /^[A-Za-z]+$/.test(key) && !known.includes(key));
  if (wrong !== undefined) {
    throw complaint(`the context knows the keys ${known.join(', ')}`, `"${wrong}"`, 'mend its spelling');
  }
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Without the fields that are undefined: an option left out and one given as undefined are not the same. */
const defined = <T extends object>(fields: T): Given<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
