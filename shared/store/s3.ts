import type { S3Client } from '@aws-sdk/client-s3';
import { checkKey, checkPrefix } from './key.ts';
import { conflict, type ObjectStore, type PutCondition } from './store.ts';

export interface S3StoreOptions {
  readonly bucket: string;
  /** What stands before every key, without a slash at its end. */
  readonly prefix?: string;
  /** A client to share; by default one is made on first use. */
  readonly client?: Pick<S3Client, 'send'>;
  /** Default: the environment's (`AWS_REGION`, profile). */
  readonly region?: string;
  /** Default: the environment's (`AWS_ENDPOINT_URL_S3`, `AWS_ENDPOINT_URL`), else Amazon's. */
  readonly endpoint?: string;
}

/** Objects in one answer of S3 at most. */
const largestPage = 1000;

/** The SDK, loaded on first use (who works with files does not pay for it), and a client. */
export function opener({ client: given, region, endpoint }: Omit<S3StoreOptions, 'bucket' | 'prefix'>) {
  let made: Pick<S3Client, 'send'> | undefined = given;
  return async () => {
    const sdk = await import('@aws-sdk/client-s3');
    made ??= new sdk.S3Client({
      ...(region && { region }),
      // An endpoint of one's own seldom has a host name for each bucket.
      ...(endpoint && { endpoint, forcePathStyle: true }),
    });
    return { sdk, client: made };
  };
}

/**
 * Objects in S3, or in what speaks its language and honours `If-None-Match` and `If-Match` on writes. Faults of
 * the service and of access are passed on as the SDK's errors.
 */
export function s3Store({ bucket, prefix, ...options }: S3StoreOptions): ObjectStore {
  const root = prefix ? `${checkKey(prefix)}/` : '';
  const at = (key: string) => ({ Bucket: bucket, Key: `${root}${checkKey(key)}` });
  const open = opener(options);

  const store: ObjectStore = {
    async get(key) {
      const target = at(key);
      const { sdk, client } = await open();
      const found = await nullIfAbsent(client.send(new sdk.GetObjectCommand(target)));
      if (!found) return null;
      return {
        bytes: (await found.Body?.transformToByteArray()) ?? new Uint8Array(0),
        etag: bare(found.ETag),
      };
    },

    async head(key) {
      const target = at(key);
      const { sdk, client } = await open();
      const found = await nullIfAbsent(client.send(new sdk.HeadObjectCommand(target)));
      return found && { size: found.ContentLength ?? 0, etag: bare(found.ETag) };
    },

    async put(key, bytes, condition = {}) {
      const target = at(key);
      const { sdk, client } = await open();
      try {
        const command = new sdk.PutObjectCommand({ ...target, Body: bytes, ...headers(condition) });
        return bare((await client.send(command)).ETag);
      } catch (error) {
        if (!isConflict(error, condition)) throw error;
        const mine = attemptsOf(error) > 1 ? await store.get(key) : null;
        // The SDK tried again because an answer was lost: then the "other" writer may have been ourselves.
        if (mine && Buffer.compare(mine.bytes, bytes) === 0) return mine.etag;
        throw conflict(key, condition, error);
      }
    },

    async delete(key) {
      const target = at(key);
      const { sdk, client } = await open();
      await client.send(new sdk.DeleteObjectCommand(target));
    },

    async *list(wanted, { after, limit = Number.POSITIVE_INFINITY } = {}) {
      const Prefix = `${root}${checkPrefix(wanted)}`;
      const { sdk, client } = await open();
      let ContinuationToken: string | undefined;
      let left = limit;
      do {
        const page = await client.send(
          new sdk.ListObjectsV2Command({
            Bucket: bucket,
            Prefix,
            ...(left < largestPage && { MaxKeys: Math.max(left, 1) }),
            ...(ContinuationToken ? { ContinuationToken } : after && { StartAfter: `${root}${after}` }),
          }),
        );
        for (const { Key = '', Size = 0, ETag, LastModified = new Date(0) } of page.Contents ?? []) {
          // What ends in a slash is no object but a folder that the console has drawn.
          if (Key.endsWith('/') || left-- <= 0) continue;
          yield { key: Key.slice(root.length), size: Size, etag: bare(ETag), modified: LastModified };
        }
        ContinuationToken = page.IsTruncated && left > 0 ? page.NextContinuationToken : undefined;
      } while (ContinuationToken);
    },
  };
  return store;
}

const headers = ({ ifNoneMatch, ifMatch }: PutCondition) => ({
  ...(ifNoneMatch && { IfNoneMatch: ifNoneMatch }),
  ...(ifMatch !== undefined && { IfMatch: `"${ifMatch}"` }),
});

/** S3 puts etags into quotes in some places and not in others. */
const bare = (etag = ''): string => etag.replace(/^"|"$/g, '');

/** What the SDK's errors hold that is of use here. */
interface ServiceError {
  readonly name?: string;
  readonly $metadata?: { readonly httpStatusCode?: number; readonly attempts?: number };
}

const statusOf = (error: unknown) => (error as ServiceError).$metadata?.httpStatusCode;
const attemptsOf = (error: unknown) => (error as ServiceError).$metadata?.attempts ?? 1;

/** No such object, which is an answer; no such bucket is a mistake. */
export const isAbsent = (error: unknown) =>
  ['NoSuchKey', 'NotFound'].includes((error as ServiceError).name ?? '') && statusOf(error) !== 403;

/** 412: the condition did not hold. 409: another write was under way. A missing object matches no etag. */
const isConflict = (error: unknown, { ifNoneMatch, ifMatch }: PutCondition) =>
  (ifNoneMatch !== undefined || ifMatch !== undefined) &&
  ([409, 412].includes(statusOf(error) ?? 0) || (ifMatch !== undefined && isAbsent(error)));

async function nullIfAbsent<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}
