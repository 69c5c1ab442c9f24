import { Effect, type IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { explainWildcard } from './explain.ts';
import type { FunctionName } from './props.ts';

/** Patterns of keys in the bucket. */
type Keys = readonly string[];

interface Access {
  readonly list: Keys;
  readonly read: Keys;
  readonly write: Keys;
  readonly delete: Keys;
}

/** Who may do what with which objects: the whole of it. A function gets what its code does, and no more. */
const access: Readonly<Record<FunctionName, Access>> = {
  start: {
    list: ['datasets/*'],
    read: ['jobs/*', 'models/*/current.json'],
    write: ['jobs/*'],
    delete: [],
  },
  plan: {
    list: [],
    read: ['datasets/*', 'jobs/*', 'runs/*', 'models/*'],
    write: ['jobs/*', 'runs/*'],
    delete: [],
  },
  preview: {
    list: ['datasets/*', 'staging/*'],
    read: ['datasets/*', 'staging/*'],
    write: [],
    delete: [],
  },
  train: {
    list: [],
    read: ['jobs/*', 'runs/*'],
    write: ['jobs/*', 'runs/*'],
    delete: [],
  },
  assemble: {
    list: ['series/*'],
    read: ['jobs/*', 'runs/*', 'models/*', 'series/*'],
    write: ['jobs/*', 'models/*', 'series/*'],
    delete: ['series/*'],
  },
  export: {
    list: ['series/*'],
    read: ['exports/*', 'models/*', 'series/*'],
    write: ['exports/*'],
    // The file that it was at when somebody removed the export.
    delete: ['exports/*'],
  },
  forecast: {
    // Observations are added where forecasts are made; parts of shards and of the index go when they are replaced.
    list: ['series/*'],
    read: ['models/*', 'requests/*', 'series/*'],
    write: ['requests/*', 'series/*'],
    delete: ['series/*'],
  },
  manage: {
    list: ['datasets/*', 'exports/*', 'jobs/*', 'models/*', 'runs/*', 'series/*', 'staging/*'],
    read: [
      'datasets/*/tidecast.yaml',
      'exports/*',
      'jobs/*',
      'models/*',
      'requests/*',
      // How members learn, and nothing else of what a job leaves on its way.
      'runs/*.curve',
      'series/*',
      'staging/*',
    ],
    // It uploads nothing but configurations itself: the presigned URLs that it hands out carry its permission.
    write: ['datasets/*', 'exports/*', 'jobs/*', 'models/*/current.json', 'requests/*', 'staging/*'],
    // What a dataset leaves behind when it is removed.
    delete: ['datasets/*', 'exports/*', 'jobs/*', 'models/*', 'runs/*', 'series/*', 'staging/*'],
  },
};

/** Writes a function's line of the table into its role. */
export function grantAccess(role: IRole, bucket: Bucket, key: IKey | undefined, name: FunctionName): void {
  const { list, read, write, delete: remove } = access[name];
  const objects = (sid: string, action: string, keys: Keys) => {
    const resources = keys.map((pattern) => bucket.arnForObjects(pattern));
    if (resources.length > 0) allow(role, sid, [action], resources);
    for (const resource of resources) {
      explainWildcard(
        role,
        resource,
        'A prefix of the bucket that the function works in: see infra/access.ts.',
      );
    }
  };
  objects('ReadObjects', 's3:GetObject', read);
  objects('WriteObjects', 's3:PutObject', write);
  objects('DeleteObjects', 's3:DeleteObject', remove);
  if (list.length > 0) {
    allow(role, 'ListObjects', ['s3:ListBucket'], [bucket.bucketArn], { StringLike: { 's3:prefix': list } });
  }
  // Without leave to list, S3 answers a read of an absent object with 403 instead of 404. Such a read names no
  // prefix, hence IfExists; a list of what may not be read stays refused.
  allow(role, 'TellAbsence', ['s3:ListBucket'], [bucket.bucketArn], {
    StringLikeIfExists: { 's3:prefix': read },
  });
  if (key) {
    const actions = write.length > 0 ? ['kms:Decrypt', 'kms:GenerateDataKey'] : ['kms:Decrypt'];
    allow(role, 'UseKey', actions, [key.keyArn]);
  }
}

/** One statement of a policy of our own. */
export function allow(
  role: IRole,
  sid: string,
  actions: readonly string[],
  resources: readonly string[],
  conditions: Record<string, unknown> = {},
): void {
  role.addToPrincipalPolicy(
    new PolicyStatement({
      sid,
      effect: Effect.ALLOW,
      actions: [...actions],
      resources: [...resources],
      conditions,
    }),
  );
}
