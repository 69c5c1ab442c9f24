import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import {
  ConflictError,
  type Json,
  jsonBytes,
  keys,
  type ObjectStore,
  type PutCondition,
  parseJson,
} from '../../store/index.ts';

const answer = z.object({ status: z.int(), headers: z.record(z.string(), z.string()), body: z.string() });

const recordSchema = z.object({
  formatVersion: z.literal(1),
  /** SHA-256 of method, path, query and body: the same key with another request is a mistake. */
  request: z.string(),
  /** Milliseconds since 1970. */
  at: z.int(),
  /** Makes each record another object, so that a condition on its etag tells two workers apart. */
  nonce: z.string(),
  /** null while the first request is being answered. */
  answer: answer.nullable(),
});

export type StoredAnswer = z.output<typeof answer>;

/** `requests/<id>.json`: what became of the first request with a key. */
export interface RequestRecord extends z.output<typeof recordSchema> {
  readonly etag: string;
}

export const hashOf = (...parts: readonly (string | Uint8Array)[]): string => {
  const hash = createHash('sha256');
  // Lengths first: two parts never run into one another.
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest('hex');
};

/** null where there is none, and for what is no record of ours. */
export async function readRecord(store: ObjectStore, id: string): Promise<RequestRecord | null> {
  const found = await store.get(keys.request(id));
  if (!found) return null;
  return { ...recordSchema.parse(parseJson(found.bytes)), etag: found.etag };
}

export interface Claim {
  readonly request: string;
  readonly at: number;
  /** The record that it replaces; null: there was none. */
  readonly over: RequestRecord | null;
}

/** Takes a key: of several that try to, one succeeds. Returns the record's etag; null where another was faster. */
export async function claim(
  store: ObjectStore,
  id: string,
  { request, at, over }: Claim,
): Promise<string | null> {
  const record = { formatVersion: 1, request, at, nonce: randomUUID(), answer: null };
  const condition: PutCondition = over ? { ifMatch: over.etag } : { ifNoneMatch: '*' };
  try {
    return await store.put(keys.request(id), jsonBytes(record), condition);
  } catch (error) {
    if (error instanceof ConflictError) return null;
    throw error;
  }
}

/** Keeps the answer, or frees the key by null, where the key is still held by whoever gives it. */
export async function settleRecord(
  store: ObjectStore,
  id: string,
  etag: string,
  record: { readonly request: string; readonly at: number; readonly answer: StoredAnswer | null },
): Promise<void> {
  const document = { formatVersion: 1, nonce: randomUUID(), ...record };
  try {
    await store.put(keys.request(id), jsonBytes(document as Json), { ifMatch: etag });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
}
