import type { Context, MiddlewareHandler } from 'hono';
import type { ObjectStore } from '../../store/index.ts';
import type { Grant } from '../access/access.ts';
import { Refusal } from '../problem.ts';
import { claim, hashOf, type RequestRecord, readRecord, type StoredAnswer, settleRecord } from './record.ts';

export interface Idempotency {
  /** Where keys and answers are kept. */
  readonly store: ObjectStore;
  /** How long an answer is given again, in milliseconds. Default: a day. */
  readonly keep?: number;
  /** After how long a request that never ended is taken for dead, in milliseconds. Default: two minutes. */
  readonly stuck?: number;
  readonly now?: () => number;
}

interface Env {
  Variables: { grant: Grant };
}

const header = 'Idempotency-Key';
const keyPattern = /^[\x21-\x7e]{1,255}$/;
const day = 24 * 60 * 60 * 1000;

/**
 * Answers a repeated request with the answer of the first: by the header's key, which belongs to a token. Only what
 * was done is kept: after a refusal or a fault the key is free again. Expects a body that is in memory.
 */
export function idempotent({
  store,
  keep = day,
  stuck = 2 * 60_000,
  now = Date.now,
}: Idempotency): MiddlewareHandler<Env> {
  return async (c, next) => {
    const key = c.req.header(header);
    if (key === undefined) return next();
    if (!keyPattern.test(key)) throw badKey(key);
    const id = hashOf(c.var.grant.id, key);
    const request = hashOf(c.req.method, pathOf(c), new Uint8Array(await c.req.arrayBuffer()));
    const found = await readRecord(store, id);
    const at = now();
    const age = found ? at - found.at : 0;
    const over = found && age < (found.answer ? keep : stuck) ? null : found;
    if (found && !over) return answerOf(found, request, Math.ceil((stuck - age) / 1000));
    const etag = await claim(store, id, { request, at, over });
    if (etag === null) throw inUse(Math.ceil(stuck / 1000));
    await next();
    const done = c.res.status < 400;
    // A key that is to be free again is one that has been stuck for long enough.
    const record = done ? { at, answer: await storedAnswer(c.res) } : { at: at - stuck, answer: null };
    await settleRecord(store, id, etag, { request, ...record });
  };
}

/** With the query, and without the host, which may differ between two ways to the same place. */
function pathOf(c: Context): string {
  const { pathname, search } = new URL(c.req.url);
  return `${pathname}${search}`;
}

function answerOf({ request, answer }: RequestRecord, asked: string, seconds: number): Response {
  if (request !== asked) throw reused();
  if (!answer) throw inUse(seconds);
  const { status, headers, body } = answer;
  return new Response(body, { status, headers: { ...headers, 'idempotency-replayed': 'true' } });
}

const kept = ['content-type', 'etag', 'location'];

async function storedAnswer(response: Response): Promise<StoredAnswer> {
  const headers = kept.flatMap((name) => {
    const value = response.headers.get(name);
    return value === null ? [] : [[name, value] as const];
  });
  return {
    status: response.status,
    headers: Object.fromEntries(headers),
    body: await response.clone().text(),
  };
}

const badKey = (key: string) =>
  new Refusal(
    'REQUEST',
    {
      rule: `${header} must have 1..255 visible characters of ASCII`,
      received: `${key.length} characters`,
      remedy: 'send a new UUID for each thing that is to be done',
    },
    { path: header },
  );

const reused = () =>
  new Refusal(
    'KEY_REUSED',
    {
      rule: `${header} must be used for one request only`,
      received: 'the key of another request, or of one with another body',
      remedy: 'send a new key, or the request that the key was first sent with',
    },
    { path: header },
  );

const inUse = (seconds: number) =>
  new Refusal(
    'KEY_IN_USE',
    {
      rule: `the first request with this ${header} must have been answered`,
      received: 'a repetition before that',
      remedy: 'send it again a little later',
    },
    { path: header, retryAfter: Math.max(1, Math.min(seconds, 5)) },
  );
