import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import { jsonBytes, keys, type ObjectStore, parseJson, updateObject } from '../store/index.ts';

export const exportFormats = ['csv', 'parquet'] as const;
export type ExportFormat = (typeof exportFormats)[number];

const part = z.strictObject({
  file: z.string(),
  size: z.int().describe('In bytes.'),
  items: z.int().describe('Items whose forecasts are in it.'),
});

/** What is told of items that have no forecast. */
const skipped = z.strictObject({
  items: z.int().describe('Items without a forecast.'),
  item: z.string().describe('One of them.'),
  reason: z.string().describe('Why it has none.'),
});

/** What was asked for, frozen when it was. */
const request = {
  model: z.string(),
  version: z.string().describe('The version that makes all of its forecasts.'),
  format: z.enum(exportFormats),
  horizon: z.int().describe('Steps ahead.'),
  quantiles: z.array(z.number()).describe('Rising levels.'),
};

/** What is told of an export. */
export const exportFields = {
  export: z.string(),
  ...request,
  status: z.enum(['running', 'done', 'failed']),
  progress: z.number().min(0).max(1).describe('About how much of it is done.'),
  items: z.int().describe('Items whose forecasts are written.'),
  skipped: skipped.nullable().describe('Items that could not be forecast; null: none.'),
  files: z.array(part).describe('What is written. Each file can be read by itself.'),
  error: z
    .strictObject({ code: z.string(), message: z.string(), remedy: z.string().nullable() })
    .nullable()
    .describe('Why it failed.'),
  startedAt: z.string(),
  updatedAt: z.string(),
};

/** `exports/<dataset>/<export>.json`: forecasts for all items of a dataset. */
export const exportSchema = z.object({
  formatVersion: z.literal(1),
  ...exportFields,
  /** The path of the last shard that is written; null before the first. */
  after: z.string().nullable(),
});

export type Export = z.infer<typeof exportSchema>;
export type ExportRequest = Pick<Export, 'model' | 'version' | 'format' | 'horizon' | 'quantiles'>;

/** A new document. Its name begins with its time, so that names sort by age. */
export function newExport(asked: ExportRequest, now: Date): Export {
  const at = now.toISOString();
  return {
    formatVersion: 1,
    export: `${at.replaceAll(/[-:]|\.\d+/g, '')}-${randomBytes(6).toString('hex')}`,
    ...asked,
    status: 'running',
    ...{ progress: 0, items: 0, skipped: null, files: [], error: null, after: null },
    ...{ startedAt: at, updatedAt: at },
  };
}

/** Writes a new document. @throws ConflictError where there is one of this name */
export async function createExport(store: ObjectStore, document: Export): Promise<void> {
  await store.put(keys.export(document.model, document.export), jsonBytes(document), { ifNoneMatch: '*' });
}

/** The document; null where there is none. */
export async function readExport(store: ObjectStore, dataset: string, id: string): Promise<Export | null> {
  const found = await store.get(keys.export(dataset, id));
  return found && exportSchema.parse(parseJson(found.bytes));
}

/**
 * Changes the document where it is still there: whoever removes it ends its export.
 *
 * @returns what is there then; null where there is none
 */
export async function updateExport(
  store: ObjectStore,
  { model, export: id }: Pick<Export, 'model' | 'export'>,
  change: (document: Export) => Partial<Export>,
  now: Date,
): Promise<Export | null> {
  let result: Export | null = null;
  await updateObject(store, keys.export(model, id), (current) => {
    result = current && exportSchema.parse(parseJson(current.bytes));
    if (!result) return null;
    result = { ...result, ...change(result), updatedAt: now.toISOString() };
    return jsonBytes(result);
  });
  return result;
}

/** The names of a dataset's exports, the oldest first. */
export async function listExports(store: ObjectStore, dataset: string): Promise<readonly string[]> {
  const ids: string[] = [];
  const prefix = keys.exports(dataset);
  for await (const { key } of store.list(prefix)) {
    const [, id] = /^([^/]+)\.json$/.exec(key.slice(prefix.length)) ?? [];
    // Names begin with a year: files/ sorts behind all of them.
    if (!id) break;
    ids.push(id);
  }
  return ids;
}
