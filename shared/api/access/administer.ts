import { randomBytes } from 'node:crypto';
import { ConfigurationError, nearest, show } from '../../errors/index.ts';
import { datasetPattern, type Scope, scopes } from './access.ts';
import { hashToken, parseTokens, type Token } from './tokens.ts';

export interface NewToken {
  readonly datasets: readonly string[];
  readonly scopes: readonly string[];
}

export interface CreatedToken {
  /** To be shown once: nothing holds it but whoever gets it. */
  readonly text: string;
  readonly token: Token;
  /** What the secret must hold from now on. */
  readonly secret: string;
}

/** @throws ConfigurationError for a pattern or scope that cannot be */
export function createToken(secret: string, { datasets, scopes: wanted }: NewToken): CreatedToken {
  for (const pattern of datasets) checkPattern(pattern);
  if (datasets.length === 0) checkPattern('');
  const text = `tc_${randomBytes(32).toString('base64url')}`;
  const token: Token = {
    id: randomBytes(4).toString('hex'),
    sha256: hashToken(text),
    datasets: [...datasets],
    scopes: scopesOf(wanted),
  };
  return { text, token, secret: written([...parseTokens(secret), token]) };
}

/** The secret without a token. @throws ConfigurationError where there is none of that id */
export function revokeToken(secret: string, id: string): string {
  const tokens = parseTokens(secret);
  const left = tokens.filter((token) => token.id !== id);
  if (left.length < tokens.length) return written(left);
  throw new ConfigurationError({
    rule: 'a token to be revoked must be there',
    received: show(id),
    remedy:
      tokens.length > 0 ? `name one of ${tokens.map((token) => token.id).join(', ')}` : 'there are none',
  });
}

const written = (tokens: readonly Token[]): string => JSON.stringify({ tokens });

function checkPattern(pattern: string): void {
  if (datasetPattern.test(pattern)) return;
  throw new ConfigurationError({
    rule: 'datasets must be names, with * for any letters',
    received: show(pattern),
    remedy: 'write for example electricity or sales-*',
  });
}

function scopesOf(wanted: readonly string[]): Scope[] {
  const found = wanted.map((name) => scopes.find((scope) => scope === name) ?? unknownScope(name));
  return found.length > 0 ? found : unknownScope('');
}

function unknownScope(name: string): never {
  const near = nearest(name, scopes);
  throw new ConfigurationError({
    rule: `scopes must be among ${scopes.join(', ')}`,
    received: show(name),
    remedy: near ? `did you mean ${near}?` : 'name at least one',
  });
}
