import { GetObjectCommand, ListObjectVersionsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { keys } from '../../../shared/store/index.ts';
import type { Settings } from '../support/cdk.ts';
import type { Cloud } from '../support/cloud.ts';
import type { Deployment } from '../support/deployment.ts';
import type { LocalModel } from '../support/local.ts';

/** The one deployment that all parts of the pipeline's test play on, one after the other. */
export interface Stage {
  readonly cloud: Cloud;
  readonly deployment: Deployment;
  /** What the same tables become in one go on this machine. */
  readonly here: Readonly<Record<'electricity' | 'killed', LocalModel>>;
  /** What took how long. */
  readonly times: string[];
}

export const settings: Settings = { stack: 'Proof', context: { quietSeconds: '4', sliceSeconds: '1' } };

/** Configurations, small enough for a test. */
export const configurations = {
  /** Long enough that it takes several slices on a fast machine, too. */
  electricity:
    'horizon: 24\ncolumns:\n  known: [Exogenous1, Exogenous2]\nmembers: 2\nunits: 64\nbudget: 300steps\n',
  small: 'horizon: 12\nmembers: 2\nunits: 8\nbudget: 60steps\n',
  killed: 'horizon: 12\nmembers: 1\nbudget: 300steps\n',
};

export async function timed<T>(
  { times }: Pick<Stage, 'times'>,
  what: string,
  work: () => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const result = await work();
  times.push(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}

/** As a user uploads: with the AWS SDK. */
export const put = ({ deployment }: Stage, key: string, body: string | Uint8Array) =>
  new S3Client({}).send(
    new PutObjectCommand({ Bucket: deployment.outputs.BucketName, Key: key, Body: body }),
  );

/** A version's files as the bucket has them, in hexadecimal, by name. */
export async function bundleOf(
  { deployment: { store } }: Stage,
  dataset: string,
  version: string | null,
): Promise<Readonly<Record<string, string>>> {
  const files: Record<string, string> = {};
  const root = keys.model(dataset, version ?? 'none');
  for await (const { key } of store.list(root)) {
    const found = await store.get(key);
    files[key.slice(root.length)] = Buffer.from(found?.bytes ?? []).toString('hex');
  }
  return files;
}

/** Whatever was ever written to an object of the versioned bucket, oldest first. */
export async function history({ deployment }: Stage, key: string): Promise<readonly Uint8Array[]> {
  const client = new S3Client({});
  const Bucket = deployment.outputs.BucketName;
  const { Versions = [] } = await client.send(new ListObjectVersionsCommand({ Bucket, Prefix: key }));
  const found = Versions.filter(({ Key }) => Key === key).map(({ VersionId }) => VersionId ?? '');
  return Promise.all(
    found.reverse().map(async (VersionId) => {
      const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key, VersionId }));
      return (await Body?.transformToByteArray()) ?? new Uint8Array(0);
    }),
  );
}
