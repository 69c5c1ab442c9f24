import { createRemoteJWKSet, errors, type JWTPayload, type JWTVerifyGetKey, jwtVerify } from 'jose';
import { Refusal } from '../problem.ts';
import { type Authenticate, datasetPattern, type Grant, type Scope, scopes } from './access.ts';
import { bearerOf } from './tokens.ts';

export interface JwtOptions {
  /** Who has signed: the claim `iss`, and where the keys are found unless they are given. */
  readonly issuer: string;
  /** For whom: one of the claim `aud`. */
  readonly audience: string;
  /** Default: the issuer's, from `/.well-known/jwks.json` below it. */
  readonly keys?: JWTVerifyGetKey;
}

/** Signatures that nobody can make who only verifies them: a shared secret would be no key of the issuer's. */
const algorithms = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];

/**
 * JSON Web Tokens of an issuer (RFC 7519), as Bearer tokens. The claim `scope` has scopes with blanks between (RFC
 * 8693), those that are not known here mean nothing; `datasets` is a list of names or patterns, as a token of ours has
 * them; `sub` names the holder in logs.
 */
export function jwtAccess({ issuer, audience, keys = keysOf(issuer) }: JwtOptions): Authenticate {
  return async (authorization) => {
    const text = bearerOf(authorization);
    if (text === null) return null;
    try {
      const { payload } = await jwtVerify(text, keys, {
        ...{ issuer, audience, algorithms },
        requiredClaims: ['sub', 'exp'],
      });
      return grantOf(payload);
    } catch (error) {
      if (error instanceof errors.JWKSTimeout || !(error instanceof errors.JOSEError))
        throw unreadable(error);
      // Not for us, not any more, not yet, not signed by whom it says: whoever shows it is not known.
      return null;
    }
  };
}

const keysOf = (issuer: string): JWTVerifyGetKey =>
  createRemoteJWKSet(new URL(`${issuer.replace(/\/$/, '')}/.well-known/jwks.json`));

function grantOf({ sub = '', scope, datasets }: JWTPayload): Grant {
  const named = typeof scope === 'string' ? scope.split(' ') : [];
  const patterns = Array.isArray(datasets) ? datasets : [];
  return {
    id: sub,
    scopes: scopes.filter((one: Scope) => named.includes(one)),
    datasets: patterns.filter((one): one is string => typeof one === 'string' && datasetPattern.test(one)),
  };
}

const unreadable = (cause: unknown) =>
  new Refusal(
    'ACCESS',
    { rule: 'the issuer’s keys must be readable', received: 'an error', remedy: 'see the logs' },
    { cause },
  );
