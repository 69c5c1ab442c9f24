import type { MiddlewareHandler } from 'hono';
import { expanded } from './expand.ts';
import { bodyTooLarge, Refusal } from './problem.ts';

/** A compressed body may become so many times the size that one may have; numbers as text become two or three. */
const expansion = 4;

/**
 * Reads the body and counts its bytes, whatever its headers claim; what follows finds its text as it was before it was
 * compressed. A body that claims to be too large is not read at all.
 */
export function limitedBody(most: number): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req;
    if (!raw.body) return next();
    const compressed = isCompressed(raw.headers.get('content-encoding'));
    if (Number(raw.headers.get('content-length')) > most) throw bodyTooLarge(most);
    const sent = await readAtMost(raw.body, most);
    const bytes = compressed ? expanded(sent, expansion * most) : sent;
    // Where Hono keeps what it has read: another Request around the same bytes would cost more than parsing them.
    Object.assign(c.req.bodyCache, { text: Promise.resolve(new TextDecoder().decode(bytes)) });
    return next();
  };
}

function isCompressed(encoding: string | null): boolean {
  const name = encoding?.trim().toLowerCase() || 'identity';
  if (name === 'identity' || name === 'zstd') return name === 'zstd';
  throw new Refusal('MEDIA_TYPE', {
    rule: 'a body must not be compressed, or by zstd',
    received: `content-encoding ${encoding}`,
    remedy: 'send it as it is, or compressed by zstd',
  });
}

async function readAtMost(body: ReadableStream<Uint8Array>, most: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  const reader = body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks);
    size += value.byteLength;
    if (size > most) {
      await reader.cancel();
      throw bodyTooLarge(most);
    }
    chunks.push(value);
  }
}
