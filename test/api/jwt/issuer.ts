import {
  type createLocalJWKSet,
  exportJWK,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWTPayload,
  SignJWT,
} from 'jose';

export const issuer = 'https://issuer.example';
export const audience = 'https://forecasts.example';
export const now = Date.UTC(2026, 0, 1);
export const seconds = now / 1000;

export const claims: JWTPayload = {
  ...{ iss: issuer, aud: audience, sub: 'user-7', iat: seconds, exp: seconds + 600 },
  ...{ scope: 'openid forecast upload', 'tidecast:datasets': ['sales-*', 'stock'] },
};

export interface Signed {
  readonly alg?: 'RS256' | 'ES256' | 'RS384';
  readonly kid?: string;
  readonly key?: CryptoKey;
}

export interface Issuer {
  readonly rsa: GenerateKeyPairResult;
  /** Of the same form as the issuer's, but another's. */
  readonly foreign: GenerateKeyPairResult;
  /** Its public keys, as it publishes them. */
  readonly published: Parameters<typeof createLocalJWKSet>[0];
  /** A token with these claims beside the usual ones; what is undefined is left out. */
  signed(more?: Readonly<Record<string, unknown>>, by?: Signed): Promise<string>;
}

/** An issuer with keys of its own, for one suite. */
export async function createIssuer(): Promise<Issuer> {
  const [rsa, elliptic, foreign] = await Promise.all([
    generateKeyPair('RS256'),
    generateKeyPair('ES256'),
    generateKeyPair('RS256'),
  ]);
  const published = {
    keys: [
      { ...(await exportJWK(rsa.publicKey)), kid: 'r', alg: 'RS256', use: 'sig' },
      { ...(await exportJWK(elliptic.publicKey)), kid: 'e', alg: 'ES256', use: 'sig' },
    ],
  } as Issuer['published'];
  return {
    ...{ rsa, foreign, published },
    signed(more = {}, { alg = 'RS256', kid, key } = {}) {
      const own =
        alg === 'ES256' ? { kid: 'e', key: elliptic.privateKey } : { kid: 'r', key: rsa.privateKey };
      const payload = Object.entries({ ...claims, ...more }).filter(([, value]) => value !== undefined);
      return new SignJWT(Object.fromEntries(payload))
        .setProtectedHeader({ alg, kid: kid ?? own.kid })
        .sign(key ?? own.key);
    },
  };
}
