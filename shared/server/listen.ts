import type { AddressInfo } from 'node:net';
import { createAdaptorServer } from '@hono/node-server';
import type { Hono } from 'hono';
import { ConfigurationError } from '../errors/index.ts';

export interface Listening {
  /** `http://127.0.0.1:8080` */
  readonly origin: string;
  /** Takes no more requests, and waits for those that are being answered, so long at most. */
  close(milliseconds: number): Promise<void>;
}

/**
 * Listens for requests. Port 0 is any that is free.
 *
 * @throws ConfigurationError where the port is taken
 */
export async function listen(app: Hono, host: string, port: number): Promise<Listening> {
  const server = createAdaptorServer({ fetch: app.fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(refused(error, host, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo;
  const name = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return {
    origin: `http://${name}:${address.port}`,
    close: (milliseconds) =>
      new Promise((resolve) => {
        // Who follows a job or keeps a connection for later would never be done.
        const late = setTimeout(
          () => 'closeAllConnections' in server && server.closeAllConnections(),
          milliseconds,
        );
        server.close(() => {
          clearTimeout(late);
          resolve();
        });
        if ('closeIdleConnections' in server) server.closeIdleConnections();
      }),
  };
}

function refused(error: NodeJS.ErrnoException, host: string, port: number): Error {
  if (error.code !== 'EADDRINUSE' && error.code !== 'EACCES' && error.code !== 'EADDRNOTAVAIL') return error;
  return new ConfigurationError(
    {
      rule: 'the address must be one of this machine’s, and the port free to be listened on',
      received: `${host}:${port} (${error.code})`,
      remedy: 'choose another with --port or --host',
    },
    { cause: error },
  );
}
