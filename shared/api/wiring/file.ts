import type { Context } from 'hono';
import type { StoredFile } from '../handlers/model-changes.ts';

/** Answers with a file, or with where it can be got. */
export function sendFile(c: Context, found: StoredFile, name: string) {
  if ('url' in found) return c.redirect(found.url, 302);
  return c.body(new Uint8Array(found.bytes), 200, {
    'content-type': 'application/octet-stream',
    'content-disposition': `attachment; filename="${name}"`,
    etag: `"${found.etag}"`,
  });
}
