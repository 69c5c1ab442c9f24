import type { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';

/** All functions, by the name of their folder in functions/. */
export const functionNames = [
  'start',
  'plan',
  'train',
  'assemble',
  'preview',
  'export',
  'forecast',
  'manage',
] as const;
export type FunctionName = (typeof functionNames)[number];

export type Architecture = 'x64' | 'arm64';

/** Who may call the API: holders of Tidecast's own tokens, of AWS credentials, or of an issuer's tokens. */
export type Authentication =
  | 'token'
  | 'iam'
  | { readonly jwt: { readonly issuer: string; readonly audience: readonly string[] } };

/** What a function may be given beyond its default. */
export interface FunctionOptions {
  /** MiB of memory, 128..10240; processors come with it, one at 1769. */
  readonly memory?: number;
  /** MiB under /tmp, 512..10240. */
  readonly storage?: number;
  /**
   * Concurrent calls that are kept for this function, and its limit.
   *
   * @default none: a new account has 10 in all, of which AWS lets nothing be reserved
   */
  readonly reservedConcurrency?: number;
}

/** Options of the construct `Tidecast`. Every one has a default. */
export interface TidecastProps {
  /**
   * Stands in the names of the state machine, the log groups, the alarms and the dashboard, and is the dimension
   * `service` of the metrics. Two constructs of one account and region need two names.
   *
   * @default the stack's name
   */
  readonly name?: string;

  /**
   * Whether bucket and data stay when the stack is removed. Where false, CloudFormation removes the bucket if it
   * is empty, and fails if it is not.
   *
   * @default true
   */
  readonly retainData?: boolean;

  /**
   * Encrypts the bucket's objects. The key stays yours: it is neither made nor removed here.
   *
   * @default S3's own keys (SSE-S3)
   */
  readonly encryptionKey?: IKey;

  /**
   * Where S3 writes its server access logs.
   *
   * @default no such logs
   */
  readonly bucketAccessLogs?: { readonly bucket: IBucket; readonly prefix?: string };

  /**
   * After what time the working files of a job (`runs/`) are removed. Job documents and models stay.
   *
   * @default 30 days
   */
  readonly runRetention?: Duration;

  /**
   * How long overwritten and deleted objects can be brought back.
   *
   * @default 30 days
   */
  readonly versionRetention?: Duration;

  /**
   * How long all logs are kept.
   *
   * @default 3 months
   */
  readonly logRetention?: RetentionDays;

  /** @default 'INFO' */
  readonly logLevel?: 'DEBUG' | 'INFO' | 'WARN' | 'ERROR';

  /** @default 'token' */
  readonly authentication?: Authentication;

  /**
   * Origins of web pages that may call the API and upload from a browser.
   *
   * @default none
   */
  readonly corsOrigins?: readonly string[];

  /**
   * Requests per second, and in a burst, of all callers together; more are answered with 429.
   *
   * @default 50 per second, 100 in a burst
   */
  readonly throttle?: { readonly rate?: number; readonly burst?: number };

  /**
   * The processor of the functions.
   *
   * @default 'x64'
   */
  readonly architecture?: Architecture;

  /**
   * How long a dataset's uploads must pause before training starts; 0..15 minutes.
   *
   * @default 30 seconds
   */
  readonly quietPeriod?: Duration;

  /**
   * After what time a slice of training ends with a checkpoint.
   *
   * @default one minute before the Lambda's own end
   */
  readonly sliceTime?: Duration;

  /**
   * Members of an ensemble that train at once; an account's concurrent calls are shared with forecasts.
   *
   * @default 5
   */
  readonly parallelMembers?: number;

  /**
   * After what time a job is stopped whatever it does: the bound on what it can cost.
   *
   * @default 1 day
   */
  readonly trainingTimeout?: Duration;

  /** Sizes of single functions; what is left out keeps its default. */
  readonly functions?: Partial<Record<FunctionName, FunctionOptions>>;

  /**
   * Told about finished trainings and alarms.
   *
   * @default nobody is
   */
  readonly topic?: ITopic;

  /**
   * The alarm rings where one in a hundred answers of the API takes longer.
   *
   * @default 2 seconds: a cold start with a large bundle stays below
   */
  readonly latencyGoal?: Duration;

  /**
   * The alarm rings where a model that serves is older.
   *
   * @default 35 days: data that comes monthly stays below
   */
  readonly championAgeGoal?: Duration;
}
