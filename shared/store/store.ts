import { TidecastError } from '../errors/index.ts';

/** An object as it was read. The etag names this content; what it looks like is each store's own affair. */
export interface StoredObject {
  readonly bytes: Uint8Array;
  readonly etag: string;
}

/** An object without its content. `size` in bytes. */
export interface ObjectHead {
  readonly size: number;
  readonly etag: string;
}

export interface ListedObject extends ObjectHead {
  readonly key: string;
  /** When it was last written, by the clock of what holds it; whole seconds on S3. */
  readonly modified: Date;
}

export interface ListOptions {
  /** Only keys that sort behind this one. */
  readonly after?: string;
  /** No more objects than this. */
  readonly limit?: number;
}

/** What must hold for a write to happen: that there is no object yet, or that it is still the one that was read. */
export type PutCondition =
  | { readonly ifNoneMatch: '*'; readonly ifMatch?: never }
  | { readonly ifMatch: string; readonly ifNoneMatch?: never }
  | { readonly ifMatch?: never; readonly ifNoneMatch?: never };

/**
 * Whole objects by key: the only state there is. A reader sees an object as one writer left it, never a part of
 * it, and what was written is seen by every later reader. Objects are read and written in one piece, so one may
 * have at most 2 GiB. Keys: see `checkKey`.
 */
export interface ObjectStore {
  /** The object; null where there is none. */
  get(key: string): Promise<StoredObject | null>;
  /** Its size and etag; null where there is none. */
  head(key: string): Promise<ObjectHead | null>;
  /**
   * Writes the object where the condition holds, else leaves everything as it is. Returns the new etag.
   *
   * @throws ConflictError where the condition does not hold
   */
  put(key: string, bytes: Uint8Array, condition?: PutCondition): Promise<string>;
  /** Removes the object, if there is one. */
  delete(key: string): Promise<void>;
  /**
   * The objects whose key starts with `prefix` (any string: `models/a` finds `models/ab/c` too), in the order of
   * their keys' UTF-8 bytes. Objects that come or go meanwhile may be in it or not.
   */
  list(prefix: string, options?: ListOptions): AsyncIterable<ListedObject>;
}

/** A store that takes an object piece by piece, so that none of it need fit into memory. */
export interface StreamStore extends ObjectStore {
  /**
   * Writes the object as `put` does, when all of it is there: where `pieces` throws, everything is left as it is.
   * Returns the new etag.
   *
   * @throws ConflictError where the condition does not hold, and what `pieces` throws
   */
  putStream(key: string, pieces: AsyncIterable<Uint8Array>, condition?: PutCondition): Promise<string>;
  /** Copies an object to another key, over what is there. False where there is no such object. */
  copy(from: string, to: string): Promise<boolean>;
}

/** Another writer was faster: the object is not the one that was read, or exists where there should be none. */
export class ConflictError extends TidecastError {
  readonly code = 'STORE_CONFLICT';
}

/** A key that no store takes. */
export class KeyError extends TidecastError {
  readonly code = 'STORE_KEY';
}

/** The conflict at `key`, in the words of the condition that did not hold. */
export function conflict(key: string, { ifNoneMatch }: PutCondition, cause?: unknown): ConflictError {
  const complaint = ifNoneMatch
    ? { rule: `there must be no object at ${key} yet`, received: 'one' }
    : { rule: `the object at ${key} must be the one that was read`, received: 'a newer one or none' };
  return new ConflictError(
    { ...complaint, remedy: 'read it again and decide anew' },
    cause === undefined ? {} : { cause },
  );
}

/** At most `limit` objects of a list, and the cursor to go on with (null at the end). */
export async function listPage(
  store: ObjectStore,
  prefix: string,
  { after, limit }: ListOptions & { readonly limit: number },
): Promise<{ readonly objects: readonly ListedObject[]; readonly next: string | null }> {
  const objects: ListedObject[] = [];
  const options = { limit: limit + 1, ...(after !== undefined && { after }) };
  for await (const object of store.list(prefix, options)) {
    if (objects.length === limit) return { objects, next: objects.at(-1)?.key ?? null };
    objects.push(object);
  }
  return { objects, next: null };
}
