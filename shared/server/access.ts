import { createHash, timingSafeEqual } from 'node:crypto';
import {
  type Authenticate,
  authenticateJwt,
  bearerOf,
  everybody,
  type Grant,
  type JwtOptions,
} from '../api/index.ts';
import { ConfigurationError } from '../errors/index.ts';

export interface LocalAccess {
  /** What callers must show to do everything. */
  readonly token?: string | undefined;
  /** Whose tokens are taken beside. */
  readonly jwt?: JwtOptions | undefined;
}

const loopback = ['127.0.0.1', '::1', 'localhost'];
/** A token that can be guessed is none. */
const shortest = 16;

/**
 * Who is let in: on the loopback address everybody of this machine, unless a token or an issuer is set; elsewhere only
 * who shows one.
 *
 * @throws ConfigurationError where others than this machine could come in without a token
 */
export function localAccess(
  host: string,
  { token, jwt }: LocalAccess,
): { readonly authenticate: Authenticate; readonly onlyOwnSite: boolean } {
  const ways = [...(token === undefined ? [] : [tokenOf(token)]), ...(jwt ? [authenticateJwt(jwt)] : [])];
  if (ways.length > 0) {
    return { authenticate: (authorization) => first(ways, authorization), onlyOwnSite: false };
  }
  if (loopback.includes(host)) return { authenticate: everybody, onlyOwnSite: true };
  throw new ConfigurationError({
    rule: 'a server that others can reach must have a token',
    received: `--host ${host} without one`,
    remedy: 'set TIDECAST_TOKEN or --token, or leave --host out',
  });
}

async function first(
  ways: readonly Authenticate[],
  authorization: string | undefined,
): Promise<Grant | null> {
  for (const way of ways) {
    const grant = await way(authorization);
    if (grant) return grant;
  }
  return null;
}

function tokenOf(token: string): Authenticate {
  if (token.length < shortest) {
    throw new ConfigurationError({
      rule: `a token must have ${shortest} characters at least`,
      received: `one of ${token.length}`,
      remedy: 'make one with: openssl rand -hex 16',
    });
  }
  const expected = hashOf(token);
  return async (authorization) =>
    timingSafeEqual(hashOf(bearerOf(authorization) ?? ''), expected)
      ? { id: 'token', datasets: ['*'], scopes: ['admin'] }
      : null;
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
