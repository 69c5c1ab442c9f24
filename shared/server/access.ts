import { createHash, timingSafeEqual } from 'node:crypto';
import { type Authenticate, everybody } from '../api/index.ts';
import { ConfigurationError } from '../errors/index.ts';

const loopback = ['127.0.0.1', '::1', 'localhost'];
/** A token that can be guessed is none. */
const shortest = 16;

/**
 * Who is let in: on the loopback address everybody of this machine, unless a token is set; elsewhere only who shows it.
 *
 * @throws ConfigurationError where others than this machine could come in without a token
 */
export function localAccess(host: string, token: string | undefined): Authenticate {
  if (token === undefined) {
    if (loopback.includes(host)) return everybody;
    throw new ConfigurationError({
      rule: 'a server that others can reach must have a token',
      received: `--host ${host} without one`,
      remedy: 'set TIDECAST_TOKEN or --token, or leave --host out',
    });
  }
  if (token.length < shortest) {
    throw new ConfigurationError({
      rule: `a token must have ${shortest} characters at least`,
      received: `one of ${token.length}`,
      remedy: 'make one with: openssl rand -hex 16',
    });
  }
  const expected = hashOf(`Bearer ${token}`);
  return async (authorization = '') => {
    const [scheme = '', ...rest] = authorization.split(' ');
    const given = hashOf(`${scheme.toLowerCase() === 'bearer' ? 'Bearer' : scheme} ${rest.join(' ')}`);
    return timingSafeEqual(given, expected) ? { id: 'token', datasets: ['*'], scopes: ['admin'] } : null;
  };
}

const hashOf = (text: string): Buffer => createHash('sha256').update(text).digest();
