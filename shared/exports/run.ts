import { type SeriesRecord, type SeriesShard, walkSeries } from '../bundle/index.ts';
import { type Export, readExport, statedError, updateExport } from '../documents/index.ts';
import { show, TidecastError } from '../errors/index.ts';
import {
  checkKnown,
  forecastItems,
  type ItemForecast,
  type ItemHistory,
  RequestError,
} from '../forecast/index.ts';
import { historyOfRecord, type OpenModel, openModel, openModelInThread } from '../serve/index.ts';
import { keys, type ObjectStore } from '../store/index.ts';
import { inOrder } from './in-order.ts';
import type { TableWriter } from './table.ts';
import { openTable } from './writer.ts';

export interface ExportContext {
  readonly store: ObjectStore;
  readonly now: () => Date;
  /** A file is closed when it has so many rows. Default: 100,000, a few tens of megabytes of CSV. */
  readonly rowsPerFile?: number;
  /**
   * Threads that forecast, while this one reads and writes. Default: none, this thread does it all, as in a Lambda
   * of one core.
   */
  readonly threads?: number;
}

export interface ExportTask {
  readonly dataset: string;
  readonly export: string;
}

const defaultRows = 100_000;

/**
 * Writes forecasts for all items of a dataset, file after file, each of which the document then names. Whoever is
 * interrupted goes on behind the last file; the same files result. An export whose document is removed ends.
 *
 * @param signal ends it behind the shard it is at, which is some hundred items
 * @returns whether nothing is left to do; what is wrong with the request or the model is told by the document
 */
export async function runExport(
  context: ExportContext,
  task: ExportTask,
  signal: AbortSignal,
): Promise<boolean> {
  const { store, now } = context;
  const document = await readExport(store, task.dataset, task.export);
  if (document?.status !== 'running') return true;
  try {
    const models = await openModels(context, document);
    try {
      return await writeFiles(context, document, models, signal);
    } finally {
      for (const { session } of models) await session.release();
    }
  } catch (error) {
    if (!(error instanceof TidecastError) || error.code.startsWith('STORE_')) throw error;
    await failExport(store, task, statedError(error), now());
    return true;
  }
}

/** The model for each thread; they are all the same. */
type Models = readonly [OpenModel, ...OpenModel[]];

async function openModels({ store, threads = 0 }: ExportContext, document: Export): Promise<Models> {
  const open = threads > 0 ? openModelInThread : openModel;
  const models: [OpenModel, ...OpenModel[]] = [await open(store, document.model, document.version)];
  while (models.length < threads) models.push(await open(store, document.model, document.version));
  return models;
}

/** Marks an export that is still running as failed. */
export async function failExport(
  store: ObjectStore,
  { dataset, export: id }: ExportTask,
  error: Export['error'],
  now: Date,
): Promise<void> {
  const failed = { status: 'failed', error } as const;
  await updateExport(
    store,
    { model: dataset, export: id },
    ({ status }) => (status === 'running' ? failed : {}),
    now,
  );
}

async function writeFiles(
  { store, now, rowsPerFile = defaultRows }: ExportContext,
  begun: Export,
  models: Models,
  signal: AbortSignal,
): Promise<boolean> {
  const [model] = models;
  let document = begun;
  let file = emptyFile(document, model);
  const close = async (change: Partial<Export>): Promise<boolean> => {
    const written = await writeFile(store, document, file, change, now());
    if (written) document = written;
    file = emptyFile(document, model);
    return written !== null;
  };
  const forecastShard = async ({ path, records }: SeriesShard, turn: number) => ({
    path,
    ...(await forecastRecords(models[turn % models.length] ?? model, begun, records)),
  });
  const shards = walkSeries(store, document.model, document.after);
  for await (const { path, forecasts, skipped } of inOrder(shards, shardsAtOnce(models), forecastShard)) {
    file.table.add(forecasts);
    file = {
      ...file,
      after: path,
      items: file.items + forecasts.length,
      skipped: [...file.skipped, ...skipped],
    };
    if (file.table.rows >= rowsPerFile || signal.aborted) {
      if (!(await close({ progress: shareBefore(path) }))) return true;
      if (signal.aborted) return false;
    }
  }
  const [unable] = [document.skipped ?? file.skipped].flat();
  if (unable && document.items + file.items === 0) throw nothing(unable);
  const isEmpty = file.table.rows === 0 && document.files.length > 0;
  if (isEmpty && file.skipped.length === 0) await updateExport(store, document, () => ended, now());
  else await close(ended);
  return true;
}

/** One that a thread works at, and one that waits for it; where there are no threads, none is begun too early. */
const shardsAtOnce = ({ length }: Models): number => (length > 1 ? 2 * length : 1);

const uploadThem = 'upload rows that have them';

const nothing = ({ item, reason }: Skipped) =>
  new RequestError({
    rule: 'at least one item must be one that the model can forecast',
    received: `none; of ${show(item)}: ${reason}`,
    remedy: uploadThem,
  });

const ended = { status: 'done', progress: 1 } as const;

/** A file as it grows. */
interface OpenFile {
  readonly table: TableWriter;
  /** The path of the last shard in it. */
  readonly after: string | null;
  readonly items: number;
  readonly skipped: readonly Skipped[];
}

interface Skipped {
  readonly item: string;
  readonly reason: string;
}

const emptyFile = ({ format, quantiles, after }: Export, { description }: OpenModel): OpenFile => ({
  table: openTable(format, { description, levels: quantiles }),
  after,
  items: 0,
  skipped: [],
});

/** Writes the file, and the document that then has it. @returns null where somebody has removed the export */
async function writeFile(
  store: ObjectStore,
  document: Export,
  { table, after, items, skipped }: OpenFile,
  change: Partial<Export>,
  now: Date,
): Promise<Export | null> {
  const name = `part-${String(document.files.length).padStart(5, '0')}.${document.format}`;
  const bytes = table.bytes();
  const key = keys.exportFile(document.model, document.export, name);
  await store.put(key, bytes);
  const [first] = skipped;
  const written = await updateExport(
    store,
    document,
    (before) => ({
      after,
      items: document.items + items,
      files: [...document.files, { file: name, size: bytes.length, items }],
      skipped: first
        ? { ...first, ...document.skipped, items: (document.skipped?.items ?? 0) + skipped.length }
        : before.skipped,
      ...change,
    }),
    now,
  );
  if (!written) await store.delete(key);
  return written;
}

/** The forecasts of those items that the model can forecast, and why it cannot the others. */
async function forecastRecords(
  { description, shape, session }: OpenModel,
  { horizon, quantiles }: Export,
  records: readonly SeriesRecord[],
): Promise<{ forecasts: readonly ItemForecast[]; skipped: readonly Skipped[] }> {
  const histories: ItemHistory[] = [];
  const skipped: Skipped[] = [];
  const names = description.covariates.known;
  for (const record of records) {
    const history = historyOfRecord(record, shape);
    try {
      checkKnown(history, shape, { names, remedy: uploadThem });
      histories.push(history);
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      const { rule, received } = error.complaint;
      skipped.push({ item: record.item, reason: `${rule}, got ${received}` });
    }
  }
  const isTrained = quantiles.join() === shape.levels.join();
  const levels = isTrained ? shape.levels : quantiles;
  return { forecasts: await forecastItems(session, shape, histories, { horizon, levels }), skipped };
}

/** The share of all hashes up to the end of those that begin with a path. */
const shareBefore = (path: string): number =>
  path === '' ? 1 : (Number.parseInt(path.slice(0, 8), 16) + 1) / 16 ** Math.min(path.length, 8);
