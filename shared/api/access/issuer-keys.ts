import type { JWTVerifyGetKey } from 'jose';
import { Refusal } from '../problem.ts';

/** How long the issuer may take to answer, in milliseconds. */
const patience = 5000;

/**
 * The public keys of an issuer, found where its OpenID configuration says, or else in its `jwks.json`. jose keeps them, and looks again for a key
 * that is not among them, twice a minute at most.
 *
 * @returns what throws a Refusal while the issuer cannot be reached, and jose's error for a key that it does not have
 */
export function issuerKeys(issuer: string, ask: typeof fetch = fetch): JWTVerifyGetKey {
  let found: Promise<JWTVerifyGetKey> | undefined;
  async function find(): Promise<JWTVerifyGetKey> {
    const { createRemoteJWKSet, customFetch } = await import('jose');
    const url = await keysUrl(issuer, ask);
    return createRemoteJWKSet(url, { timeoutDuration: patience, [customFetch]: ask });
  }
  return async (header, token) => {
    const { errors } = await import('jose');
    try {
      found ??= find();
      return await (await found)(header, token);
    } catch (error) {
      const isUnknown = error instanceof errors.JWKSNoMatchingKey || error instanceof errors.JOSENotSupported;
      if (isUnknown || error instanceof errors.JWKSMultipleMatchingKeys) throw error;
      // Where the keys are is asked anew: it may have been a guess.
      found = undefined;
      throw unreachable(error);
    }
  };
}

/** Where the keys are, as the issuer itself says; by custom where it says nothing. */
async function keysUrl(issuer: string, ask: typeof fetch): Promise<URL> {
  const known = `${issuer.replace(/\/$/, '')}/.well-known`;
  const response = await ask(`${known}/openid-configuration`, {
    signal: AbortSignal.timeout(patience),
    redirect: 'error',
  });
  if (response.status === 404) return new URL(`${known}/jwks.json`);
  const said = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  if (!response.ok || said.issuer !== issuer || typeof said.jwks_uri !== 'string') {
    throw new Error(`the configuration of ${issuer} says status ${response.status}, issuer ${said.issuer}`);
  }
  return new URL(said.jwks_uri);
}

const unreachable = (cause: unknown) =>
  new Refusal(
    'ACCESS',
    { rule: 'the keys of the issuer must be readable', received: 'an error', remedy: 'see the logs' },
    { cause },
  );
