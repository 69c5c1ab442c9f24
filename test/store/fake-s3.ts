import { createHash } from 'node:crypto';
import type { S3Client } from '@aws-sdk/client-s3';

interface Command {
  readonly input: {
    readonly Bucket?: string;
    readonly Key?: string;
    readonly Body?: Uint8Array;
    /** `bucket/key`, URL-encoded. */
    readonly CopySource?: string;
    readonly IfNoneMatch?: string;
    readonly IfMatch?: string;
    readonly Prefix?: string;
    readonly StartAfter?: string;
    readonly ContinuationToken?: string;
    readonly MaxKeys?: number;
  };
}

/** An error as the SDK raises it. */
export const serviceError = (name: string, httpStatusCode: number, attempts = 1) =>
  Object.assign(new Error(name), { name, $metadata: { httpStatusCode, attempts } });

const etagOf = (body: Uint8Array) => `"${createHash('md5').update(body).digest('hex')}"`;

export interface FakeS3 {
  readonly client: Pick<S3Client, 'send'>;
  readonly objects: Map<string, Uint8Array>;
  /** The names of the commands received. */
  readonly calls: string[];
}

/** As much of S3 as the store uses, in memory, with pages of `pageSize` keys. */
export function fakeS3({ bucket = 'bucket', pageSize = 50 } = {}): FakeS3 {
  const objects = new Map<string, Uint8Array>();
  const written = new Map<string, Date>();
  const calls: string[] = [];

  const found = (key: string, missing: string) => {
    const body = objects.get(key);
    if (!body) throw serviceError(missing, 404);
    return body;
  };

  const answers: Record<string, (input: Command['input'], key: string) => unknown> = {
    GetObjectCommand: (_, key) => {
      const body = found(key, 'NoSuchKey');
      return { Body: { transformToByteArray: async () => new Uint8Array(body) }, ETag: etagOf(body) };
    },
    HeadObjectCommand: (_, key) => {
      const body = found(key, 'NotFound');
      return { ContentLength: body.length, ETag: etagOf(body) };
    },
    PutObjectCommand: ({ Body = new Uint8Array(0), IfNoneMatch, IfMatch }, key) => {
      if (IfNoneMatch === '*' && objects.has(key)) throw serviceError('PreconditionFailed', 412);
      if (IfMatch !== undefined && etagOf(found(key, 'NoSuchKey')) !== IfMatch) {
        throw serviceError('PreconditionFailed', 412);
      }
      objects.set(key, new Uint8Array(Body));
      written.set(key, new Date(1000 * Math.floor(Date.now() / 1000)));
      return { ETag: etagOf(Body) };
    },
    CopyObjectCommand: ({ CopySource = '' }, key) => {
      const [from, ...parts] = CopySource.split('/').map(decodeURIComponent);
      if (from !== bucket) throw serviceError('NoSuchBucket', 404);
      const body = found(parts.join('/'), 'NoSuchKey');
      objects.set(key, body);
      written.set(key, new Date(1000 * Math.floor(Date.now() / 1000)));
      return { CopyObjectResult: { ETag: etagOf(body) } };
    },
    DeleteObjectCommand: (_, key) => {
      objects.delete(key);
      return {};
    },
    ListObjectsV2Command: ({ Prefix = '', StartAfter = '', ContinuationToken, MaxKeys = 1000 }) => {
      const bytes = (key: string) => Buffer.from(key);
      const start = bytes(ContinuationToken ?? StartAfter);
      const left = [...objects.keys()]
        .filter((key) => key.startsWith(Prefix) && Buffer.compare(bytes(key), start) > 0)
        .sort((a, b) => Buffer.compare(bytes(a), bytes(b)));
      const page = left.slice(0, Math.min(pageSize, MaxKeys));
      return {
        Contents: page.map((Key) => {
          const body = found(Key, 'NoSuchKey');
          return { Key, Size: body.length, ETag: etagOf(body), LastModified: written.get(Key) };
        }),
        IsTruncated: left.length > page.length,
        NextContinuationToken: page.at(-1),
      };
    },
  };

  const send = async (command: Command) => {
    const { name } = command.constructor;
    calls.push(name);
    await new Promise(setImmediate);
    if (command.input.Bucket !== bucket) throw serviceError('NoSuchBucket', 404);
    return answers[name]?.(command.input, command.input.Key ?? '');
  };
  return { client: { send } as unknown as Pick<S3Client, 'send'>, objects, calls };
}
