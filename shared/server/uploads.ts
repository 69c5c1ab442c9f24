import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import { Refusal } from '../api/index.ts';
import type { PermitUpload, StreamStore } from '../store/index.ts';
import { bounded } from './bounded.ts';

/** One object that the store can take. */
const largest = 2 * 2 ** 30;

export interface LocalUploads {
  /** URLs of this server: whoever has one may write what its signature says, until it expires. */
  readonly permitUpload: PermitUpload;
  /** Takes what is sent to them. */
  readonly app: Hono;
  /** Does `work` for a request to `origin`, which is where the URLs that it gives are: a server may have several names. */
  asked<T>(origin: string, work: () => T): T;
}

interface LocalUploadsOptions {
  readonly store: StreamStore;
  readonly now?: () => number;
}

/** What an upload's signature is of. */
interface Permission {
  readonly key: string;
  /** Milliseconds since 1970. */
  readonly expires: number;
  readonly size: string;
  readonly type: string;
}

/** Presigned uploads to this server itself, as the cloud has them to its bucket. The secret is this process's own. */
export function localUploads({ store, now = Date.now }: LocalUploadsOptions): LocalUploads {
  const origins = new AsyncLocalStorage<string>();
  const secret = randomBytes(32);
  const signatureOf = ({ key, expires, size, type }: Permission): Buffer =>
    createHmac('sha256', secret).update([key, expires, size, type].join('\n')).digest();

  /** What is allowed by the URL that a request came to. @throws Refusal where we did not make it so, or it is too late */
  function permissionOf(url: URL): Permission {
    const { expires, size = '', type = '', signature = '' } = Object.fromEntries(url.searchParams);
    const key = decodeURIComponent(url.pathname.slice('/uploads/'.length));
    const permission = { key, expires: Number(expires), size, type };
    const given = Buffer.from(signature, 'base64url');
    const expected = signatureOf(permission);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) throw notOurs('another one');
    if (now() > permission.expires) throw notOurs('one that has expired');
    return permission;
  }

  const app = new Hono();
  app.put('/uploads/*', async (c) => {
    const { key, size, type } = permissionOf(new URL(c.req.url));
    checkType(type, c.req.header('content-type'));
    const pieces = bounded(c.req.raw.body, size === '' ? { most: largest } : { exactly: Number(size) });
    c.header('etag', `"${await store.putStream(key, pieces)}"`);
    return c.body(null, 200);
  });

  return {
    app,
    asked: (origin, work) => origins.run(origin, work),
    async permitUpload(key, { contentType = '', size, seconds }) {
      const permission = {
        key,
        expires: now() + 1000 * seconds,
        size: size === undefined ? '' : String(size),
        type: contentType,
      };
      const url = new URL(`/uploads/${encodeURIComponent(key)}`, origins.getStore());
      for (const [name, value] of Object.entries({ ...permission, key: '' })) {
        if (value !== '') url.searchParams.set(name, String(value));
      }
      url.searchParams.set('signature', signatureOf(permission).toString('base64url'));
      return { url: url.href, headers: contentType === '' ? {} : { 'content-type': contentType } };
    },
  };
}

const notOurs = (received: string) =>
  new Refusal('UPLOAD_URL', {
    rule: 'the URL must be one that POST /v1/datasets/{dataset}/uploads gave, unchanged and in time',
    received,
    remedy: 'ask for another',
  });

function checkType(wanted: string, given: string | undefined): void {
  if (wanted === '' || given === wanted) return;
  throw new Refusal('MEDIA_TYPE', {
    rule: `the file must be sent with content-type: ${wanted}, as the URL was asked for`,
    received: given ?? 'none',
    remedy: 'send it with the headers that came with the URL',
  });
}
