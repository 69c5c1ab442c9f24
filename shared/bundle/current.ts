import { z } from 'zod';
import { type Json, jsonBytes, keys, type ObjectStore, parseJson } from '../store/index.ts';
import { BundleError } from './errors.ts';
import { descriptionFile } from './pack.ts';

/** How many moves the pointer remembers. */
const remembered = 20;

const move = z.strictObject({
  version: z.string().min(1),
  /** Why it became the champion, for people to read. */
  reason: z.string(),
  /** When, in ISO 8601 UTC, where whoever moved it said so. */
  at: z.string().optional(),
});

const pointer = z.strictObject({
  formatVersion: z.literal(1),
  version: z.string().min(1),
  /** The newest move first: its version is the champion. */
  history: z.array(move).min(1),
});

export type Move = z.output<typeof move>;

/** The champion, and the moves that led to it. */
export interface Current {
  readonly version: string;
  readonly history: readonly Move[];
  /** Names this state of the pointer, for `promote`. */
  readonly etag: string;
}

/**
 * What `models/<dataset>/current.json` points to; null before the first promotion.
 *
 * @throws BundleError where the pointer cannot be understood
 */
export async function readCurrent(store: ObjectStore, dataset: string): Promise<Current | null> {
  const key = keys.current(dataset);
  const found = await store.get(key);
  if (!found) return null;
  const { success, data } = pointer.safeParse(parse(found.bytes));
  if (!success) {
    throw new BundleError({
      rule: `${key} must be {formatVersion: 1, version, history}`,
      received: Buffer.from(found.bytes.subarray(0, 80)).toString(),
      remedy: 'promote a version again after removing it',
    });
  }
  return { version: data.version, history: data.history, etag: found.etag };
}

export interface Promotion extends Move {
  /** What the decision was made on: what `readCurrent` gave, null where there was none. */
  readonly from: Current | null;
}

/**
 * Moves the pointer by compare-and-swap, forward or back; where it is there already, its history stays the same.
 *
 * @throws ConflictError where it has been moved since `from` was read: read it again and decide anew
 * @throws BundleError where there is no such version
 */
export async function promote(
  store: ObjectStore,
  dataset: string,
  { version, reason, at, from }: Promotion,
): Promise<Current> {
  if (!(await store.head(keys.modelFile(dataset, version, descriptionFile)))) {
    throw new BundleError({
      rule: `a version to be promoted must be in ${keys.models(dataset)}`,
      received: version,
      remedy: 'write the bundle first, or name one that is there',
    });
  }
  const before = from?.history ?? [];
  const move = { version, reason, ...(at !== undefined && { at }) };
  // Also where nothing changes it is written, to find out whether it is still so.
  const history = from?.version === version ? before : [move, ...before];
  const document = { formatVersion: 1, version, history: history.slice(0, remembered) };
  const condition = from ? { ifMatch: from.etag } : ({ ifNoneMatch: '*' } as const);
  const etag = await store.put(keys.current(dataset), jsonBytes(document as Json), condition);
  return { version, history: document.history, etag };
}

/** The version that served before the champion; null where no other is remembered. */
export const versionBefore = ({ version, history }: Current): string | null =>
  history.find((move) => move.version !== version)?.version ?? null;

function parse(bytes: Uint8Array): unknown {
  try {
    return parseJson(bytes);
  } catch {
    return null;
  }
}
