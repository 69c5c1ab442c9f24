import type { MiddlewareHandler } from 'hono';
import { Refusal } from './problem.ts';

/**
 * Reads the body and counts its bytes, whatever its headers claim; what follows gets a request whose body is in
 * memory. A body that claims to be too large is not read at all.
 */
export function limitedBody(most: number): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req;
    if (!raw.body) return next();
    const encoding = raw.headers.get('content-encoding');
    if (encoding && encoding.toLowerCase() !== 'identity') {
      throw new Refusal('MEDIA_TYPE', {
        rule: 'a body must not be compressed',
        received: `content-encoding ${encoding}`,
        remedy: 'send it as it is',
      });
    }
    if (Number(raw.headers.get('content-length')) > most) throw tooLarge(most);
    c.req.raw = new Request(raw, { body: await readAtMost(raw.body, most) });
    return next();
  };
}

async function readAtMost(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Uint8Array(Buffer.concat(chunks));
    size += value.byteLength;
    if (size > most) {
      await reader.cancel();
      throw tooLarge(most);
    }
    chunks.push(value);
  }
}

const tooLarge = (most: number) =>
  new Refusal('BODY_TOO_LARGE', {
    rule: `a body may have at most ${most} bytes`,
    received: 'more',
    remedy: 'send fewer series at a time, each with no more history than the model reads',
  });
