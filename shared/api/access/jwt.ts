import type { JWTPayload, JWTVerifyGetKey, LocalJWKSet } from 'jose';
import { Refusal } from '../problem.ts';
import { type Authenticate, bearerOf, datasetPattern, type Grant, scopes } from './access.ts';
import { issuerKeys } from './issuer-keys.ts';

/** The claim that names datasets, as grants do: a list, or one text with spaces between. */
const datasetsClaim = 'tidecast:datasets';

/** Signatures of a private key alone: with a shared secret, who knows our half could sign. */
const algorithms = [
  ...['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512'],
  ...['ES256', 'ES384', 'ES512', 'EdDSA', 'Ed25519'],
];

/** How far the issuer's clock may be from ours, in seconds. */
const clockTolerance = 30;

/** Finds the key that a token says it was signed with: `createLocalJWKSet` and `createRemoteJWKSet` of jose make some. */
export type JwtKeys = JWTVerifyGetKey | LocalJWKSet;

export interface JwtOptions {
  /** Who signs, exactly as the tokens' `iss` has it. */
  readonly issuer: string;
  /** Whom they are for: one of these must be in `aud`. */
  readonly audience: readonly string[];
  /** Default: those that the issuer publishes (`/.well-known/openid-configuration`). */
  readonly keys?: JwtKeys;
  readonly now?: () => number;
}

/**
 * Bearer tokens of an issuer (RFC 9068, or any JWT with these claims): `sub` names the holder, `scope` has our scopes
 * among others, `tidecast:datasets` the datasets. A token without them is known and may do nothing.
 *
 * @returns what throws a Refusal while the issuer's keys cannot be had, and takes nobody who is not proven
 */
export function authenticateJwt({
  issuer,
  audience,
  keys = issuerKeys(issuer),
  now = Date.now,
}: JwtOptions): Authenticate {
  return async (authorization) => {
    const token = bearerOf(authorization);
    if (token === null) return null;
    const { jwtVerify } = await import('jose');
    try {
      const { payload } = await jwtVerify(token, keys, {
        ...{ issuer, audience: [...audience], algorithms, clockTolerance },
        requiredClaims: ['sub', 'exp'],
        currentDate: new Date(now()),
      });
      return grantOf(payload);
    } catch (error) {
      // Only the keys' own faults are ours; whatever else is wrong is wrong with the token.
      if (error instanceof Refusal) throw error;
      return null;
    }
  };
}

function grantOf({ sub = '', scope, [datasetsClaim]: datasets }: JWTPayload): Grant {
  const said = wordsOf(scope);
  return {
    id: sub,
    scopes: scopes.filter((one) => said.includes(one)),
    datasets: wordsOf(datasets).filter((pattern) => datasetPattern.test(pattern)),
  };
}

function wordsOf(claim: unknown): readonly string[] {
  if (typeof claim === 'string') return claim.split(' ').filter((word) => word !== '');
  return Array.isArray(claim) ? claim.filter((word) => typeof word === 'string') : [];
}
