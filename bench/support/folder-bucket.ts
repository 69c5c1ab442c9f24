import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

export interface FolderBucket {
  /** For AWS_ENDPOINT_URL_S3. */
  readonly endpoint: string;
  close(): void;
}

/** Answers reads of S3 from a folder: any bucket's name is that folder. */
export async function serveFolder(folder: string): Promise<FolderBucket> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const [, , ...key] = pathname.split('/').map(decodeURIComponent);
    const path = join(folder, ...key);
    if (!existsSync(path)) {
      response.writeHead(404, { 'content-type': 'application/xml' });
      response.end('<Error><Code>NoSuchKey</Code><Message>no such key</Message></Error>');
      return;
    }
    const bytes = readFileSync(path);
    const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
    response.writeHead(200, { 'content-length': bytes.length, etag });
    response.end(request.method === 'HEAD' ? undefined : bytes);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return { endpoint: `http://127.0.0.1:${port}`, close: () => server.close() };
}
