import type { Context, MiddlewareHandler } from 'hono';
import { LRUCache } from 'lru-cache';
import { Refusal } from './problem.ts';

/** How often one caller may ask: a bucket of `burst` requests that `rate` requests a second flow into. */
export interface RateLimit {
  /** Requests per second in the long run. */
  readonly rate: number;
  /** Requests at once. */
  readonly burst: number;
  /** Milliseconds. */
  readonly now?: () => number;
}

/** What a caller has left. */
export interface Quota {
  readonly policy: string;
  readonly state: string;
}

interface Bucket {
  left: number;
  at: number;
}

/** Callers that are remembered; who is forgotten has a full bucket again. */
const remembered = 10_000;

export type Take = (caller: string) => Quota;

/**
 * Takes one request out of a caller's bucket.
 *
 * @returns a function that throws a Refusal, with the seconds until it will not, where the bucket is empty
 */
export function tokenBuckets({ rate, burst, now = Date.now }: RateLimit): Take {
  const buckets = new LRUCache<string, Bucket>({ max: remembered });
  const policy = `"default";q=${burst};w=${Math.ceil(burst / rate)}`;
  return (caller) => {
    const time = now();
    const before = buckets.get(caller) ?? { left: burst, at: time };
    const filled = Math.min(burst, before.left + (rate * Math.max(0, time - before.at)) / 1000);
    const left = filled >= 1 ? filled - 1 : filled;
    buckets.set(caller, { left, at: time });
    const quota = { policy, state: `"default";r=${Math.floor(left)};t=${Math.ceil((burst - left) / rate)}` };
    if (filled >= 1) return quota;
    throw new RateRefusal(quota, Math.max(1, Math.ceil((1 - filled) / rate)), rate, burst);
  };
}

class RateRefusal extends Refusal {
  readonly quota: Quota;

  constructor(quota: Quota, seconds: number, rate: number, burst: number) {
    const complaint = {
      rule: `a caller may send ${rate} requests a second, and ${burst} at once`,
      received: 'more',
      remedy: `wait ${seconds} s`,
    };
    super('RATE_LIMIT', complaint, { retryAfter: seconds });
    this.quota = quota;
  }
}

interface Env {
  Variables: { quota?: Quota };
}

/** Says in every answer what the caller has left, where requests are counted. */
export const statedQuota: MiddlewareHandler<Env> = async (c, next) => {
  await next();
  const quota = c.get('quota');
  if (!quota) return;
  c.header('ratelimit-policy', quota.policy);
  c.header('ratelimit', quota.state);
};

/** Counts a request of a caller: a token by its id, anybody else by the address. */
export function countRequest(c: Context, take: Take, token: string | null): void {
  try {
    c.set('quota', take(token === null ? `address ${addressOf(c)}` : `token ${token}`));
  } catch (error) {
    if (error instanceof RateRefusal) c.set('quota', error.quota);
    throw error;
  }
}

/** Where a request comes from, as the local server's adapter knows it; all callers are one where nothing is known. */
const addressOf = ({ env }: Context): string =>
  (env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming?.socket
    ?.remoteAddress ?? 'unknown';
