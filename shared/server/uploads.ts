import { AsyncLocalStorage } from 'node:async_hooks';
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { Hono } from 'hono';
import type { ObjectStore, PermitUpload } from '../store/index.ts';

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
  readonly store: ObjectStore;
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

  const app = new Hono();
  app.put('/uploads/*', async (c) => {
    const query = c.req.query();
    const key = decodeURIComponent(new URL(c.req.url).pathname.slice('/uploads/'.length));
    const { size = '', type = '', signature = '' } = query;
    const permission = { key, expires: Number(query.expires), size, type };
    const given = Buffer.from(signature, 'base64url');
    const expected = signatureOf(permission);
    if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
      return c.text('the URL must be one that POST /v1/datasets/{dataset}/uploads gave, unchanged\n', 403);
    }
    if (now() > permission.expires) return c.text('this URL has expired: ask for another\n', 403);
    if (type !== '' && c.req.header('content-type') !== type) {
      return c.text(`the file must be sent with content-type: ${type}\n`, 400);
    }
    const most = size === '' ? largest : Number(size);
    const bytes = await readAtMost(c.req.raw.body, most);
    if (bytes === null || (size !== '' && bytes.length !== most)) {
      return c.text(`the file must have ${size === '' ? 'at most ' : ''}${most} bytes\n`, 413);
    }
    c.header('etag', `"${await store.put(key, bytes)}"`);
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

/** The bytes, counted whatever the headers claim; null where there are more. */
async function readAtMost(body: ReadableStream<Uint8Array> | null, most: number): Promise<Uint8Array | null> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (body) {
    for await (const chunk of body) {
      size += chunk.byteLength;
      if (size > most) return null;
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}
