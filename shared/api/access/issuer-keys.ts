import type { JWTVerifyGetKey, LocalJWKSet } from 'jose';
import { Refusal } from '../problem.ts';
import { checkIssuerUrl, isUnspoilt } from './issuer-url.ts';

/** How long the issuer may take to answer, in milliseconds. */
const patience = 5000;
/** After so long keys are read again: the issuer may have taken one back. */
const freshFor = 600_000;
/** How long the issuer is left alone between two questions, however many tokens name a key that it does not have. */
const pause = 30_000;

export interface IssuerKeysOptions {
  readonly ask?: typeof fetch;
  readonly now?: () => number;
}

/**
 * The public keys of an issuer, found where its OpenID configuration says, or else in its `jwks.json`. They are read
 * again for a key that is not among them, and from time to time. Keys that were read stay while the issuer cannot be
 * reached: else anybody could shut everybody out then, with a token that names a key of no one's.
 *
 * @returns what throws a Refusal while the issuer cannot be reached and the key is not known, and jose's error for a
 * key that the issuer does not have
 * @throws ConfigurationError where the issuer is no URL by https
 */
export function issuerKeys(
  issuer: string,
  { ask = fetch, now = Date.now }: IssuerKeysOptions = {},
): JWTVerifyGetKey {
  checkIssuerUrl('the issuer', issuer);
  let loaded: { readonly find: LocalJWKSet; readonly at: number } | undefined;
  let asked = Number.NEGATIVE_INFINITY;
  let asking: Promise<void> | undefined;
  /** Of the last question; none where it was answered. */
  let failure: Refusal | undefined;

  async function load(): Promise<void> {
    asked = now();
    try {
      loaded = { find: await readKeys(issuer, ask), at: now() };
      failure = undefined;
    } catch (error) {
      failure = unreachable(error);
    }
  }
  function renew(): Promise<void> {
    asking ??= load().finally(() => {
      asking = undefined;
    });
    return asking;
  }
  const hasRested = () => now() - asked > pause;

  return async (header, token) => {
    if (!loaded || (now() - loaded.at > freshFor && hasRested())) await renew();
    if (!loaded) throw failure;
    const { errors } = await import('jose');
    try {
      return await loaded.find(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    }
    if (asking || hasRested()) await renew();
    // Whether the issuer has made this key meanwhile cannot be known.
    if (failure) throw failure;
    return loaded.find(header, token);
  };
}

async function readKeys(issuer: string, ask: typeof fetch): Promise<LocalJWKSet> {
  const { createLocalJWKSet } = await import('jose');
  const url = await keysUrl(issuer, ask);
  const response = await ask(url, request());
  if (!response.ok) throw new Error(`the keys of ${issuer} have status ${response.status}`);
  return createLocalJWKSet(await response.json());
}

/** Where the keys are, as the issuer itself says; by custom where it says nothing. */
async function keysUrl(issuer: string, ask: typeof fetch): Promise<string> {
  const known = `${issuer.replace(/\/$/, '')}/.well-known`;
  const response = await ask(`${known}/openid-configuration`, request());
  if (response.status === 404) return `${known}/jwks.json`;
  const said = (await response.json()) as { issuer?: unknown; jwks_uri?: unknown };
  const { jwks_uri: url } = said;
  if (!response.ok || said.issuer !== issuer || typeof url !== 'string' || !isUnspoilt(url)) {
    throw new Error(
      `the configuration of ${issuer} says status ${response.status}, issuer ${said.issuer}, jwks_uri ${url}`,
    );
  }
  return url;
}

const request = (): RequestInit => ({ signal: AbortSignal.timeout(patience), redirect: 'error' });

const unreachable = (cause: unknown) =>
  new Refusal(
    'ACCESS',
    { rule: 'the keys of the issuer must be readable', received: 'an error', remedy: 'see the logs' },
    { cause },
  );
