import { createHash, timingSafeEqual } from 'node:crypto';
import { z } from 'zod';
import { Refusal } from '../problem.ts';
import { type Authenticate, bearerOf, datasetPattern, type Grant, scopes } from './access.ts';

const token = z.strictObject({
  id: z.string().min(1),
  /** SHA-256 of the token, in hex: a token has 256 random bits, so nothing slower is needed. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'SHA-256 in hex'),
  datasets: z.array(z.string().regex(datasetPattern, 'a name, with * for any letters')).min(1),
  scopes: z.array(z.enum(scopes)).min(1),
});

/** What the secret holds. */
const tokensSchema = z.strictObject({ tokens: z.array(token) });

export type Token = z.output<typeof token>;

export const hashToken = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `tc_` and 32 random bytes in base64url. Anything else cannot be a token of ours. */
const form = /^tc_[A-Za-z0-9_-]{43}$/;

/** @throws Refusal where the secret is no list of tokens; an empty secret has none */
export function parseTokens(secret: string): readonly Token[] {
  if (secret.trim() === '') return [];
  const { success, data } = tokensSchema.safeParse(parse(secret));
  if (success) return data.tokens;
  throw new Refusal('ACCESS', {
    rule: 'the secret must be {"tokens": [{id, sha256, datasets, scopes}]}',
    received: 'something else',
    remedy: 'write it with `npm run token`',
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The holder of a token; null where it is none of these. Takes the same time wherever it stands, if at all. */
function holderOf(tokens: readonly Token[], text: string): Grant | null {
  const wanted = Buffer.from(hashToken(text), 'hex');
  let holder: Grant | null = null;
  for (const { sha256, ...grant } of tokens) {
    if (timingSafeEqual(Buffer.from(sha256, 'hex'), wanted)) holder = grant;
  }
  return holder;
}

export interface TokenOptions {
  /** How long what was read of the secret is good, in milliseconds. */
  readonly refresh?: number;
  /** How often an unknown token, which may be a new one, makes the secret be read again at most. */
  readonly again?: number;
  /** How long tokens are taken while the secret cannot be read. */
  readonly stale?: number;
  /** Hears that the secret could not be read while what was read before goes on. */
  readonly onError?: (error: unknown) => void;
  readonly now?: () => number;
}

const minute = 60_000;

/**
 * Bearer tokens whose hashes a secret holds. The secret is read when it is first needed, when it has become old, and
 * for a token that is not known yet; many requests at once read it once.
 */
export function tokenAccess(
  readSecret: () => Promise<string>,
  {
    refresh = 5 * minute,
    again = 10_000,
    stale = 60 * minute,
    onError = () => undefined,
    now = Date.now,
  }: TokenOptions = {},
): Authenticate {
  let known: { readonly tokens: readonly Token[]; readonly at: number } | null = null;
  let tried = Number.NEGATIVE_INFINITY;
  let reading: Promise<void> | null = null;

  async function read(): Promise<void> {
    tried = now();
    try {
      known = { tokens: parseTokens(await readSecret()), at: tried };
    } catch (error) {
      if (!known) throw unreadable(error);
      onError(error);
    } finally {
      reading = null;
    }
  }

  /** The tokens, read anew where they are older than `age` and nobody has just tried. */
  async function tokensYoungerThan(age: number): Promise<readonly Token[]> {
    const old = !known || now() - known.at >= age;
    if (old && (!known || now() - tried >= again || reading)) {
      reading ??= read();
      await reading;
    }
    if (!known || now() - known.at >= stale) throw unreadable();
    return known.tokens;
  }

  return async (authorization) => {
    const text = bearerOf(authorization) ?? '';
    if (!form.test(text)) return null;
    return holderOf(await tokensYoungerThan(refresh), text) ?? holderOf(await tokensYoungerThan(again), text);
  };
}

const unreadable = (cause?: unknown) =>
  cause instanceof Refusal
    ? cause
    : new Refusal(
        'ACCESS',
        {
          rule: 'the tokens must be readable',
          received: 'an error of the secret store',
          remedy: 'see the logs',
        },
        { cause },
      );
