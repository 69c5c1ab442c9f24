import { z } from 'zod';
import { jsonBytes, keys, type ObjectStore, type PutCondition, parseJson } from '../store/index.ts';

const latestSchema = z.object({
  formatVersion: z.literal(1),
  /** The fingerprint of the inputs that the job is made of. */
  inputs: z.string(),
  job: z.string(),
});

/** `jobs/<dataset>/latest.json`: the dataset's newest job, and what it is made of. */
export interface Latest {
  readonly inputs: string;
  readonly job: string;
  /** Names this state of the document, for `writeLatest`. */
  readonly etag: string;
}

/** The newest job; null before the first one. */
export async function readLatest(store: ObjectStore, dataset: string): Promise<Latest | null> {
  const found = await store.get(keys.latestJob(dataset));
  if (!found) return null;
  const { inputs, job } = latestSchema.parse(parseJson(found.bytes));
  return { inputs, job, etag: found.etag };
}

/**
 * Makes a job the newest, by compare-and-swap: of several that try to, one wins.
 *
 * @param from what the decision was made on: what `readLatest` gave
 * @throws ConflictError where it has changed since `from` was read
 */
export async function writeLatest(
  store: ObjectStore,
  dataset: string,
  { inputs, job }: Pick<Latest, 'inputs' | 'job'>,
  from: Latest | null,
): Promise<void> {
  const condition: PutCondition = from ? { ifMatch: from.etag } : { ifNoneMatch: '*' };
  await store.put(keys.latestJob(dataset), jsonBytes({ formatVersion: 1, inputs, job }), condition);
}
