import type { MiddlewareHandler } from 'hono';
import { Refusal } from '../problem.ts';

/** Names that no other machine's name server can hand out. */
const ownNames: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** Whether a URL's host is this machine, whoever looks it up. */
export const isOwnName = (hostname: string): boolean => ownNames.includes(hostname);

/**
 * For a server that lets in whoever is on its machine. A browser there sends what any page asks it to, and a page may
 * have its own name mean this machine (DNS rebinding). So the request must be to one of this machine's own names, and
 * come from no page, from one of this server, or from one of the origins that may call.
 */
export function ownSite(corsOrigins: readonly string[]): MiddlewareHandler {
  return async (c, next) => {
    const { hostname, origin: own } = new URL(c.req.url);
    if (!isOwnName(hostname)) throw foreign('to', hostname);
    const origin = c.req.header('origin');
    if (origin !== undefined && origin !== own && !corsOrigins.includes(origin))
      throw foreign('from', origin);
    await next();
  };
}

const foreign = (way: string, received: string): Refusal =>
  new Refusal('ORIGIN', {
    rule: 'without a token, requests must be to 127.0.0.1 or localhost, and from no page of another site',
    received: `one ${way} ${received.slice(0, 80)}`,
    remedy: 'ask by 127.0.0.1, name the page with --cors, or start the server with a token',
  });
