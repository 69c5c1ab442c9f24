import { BundleError, readCurrent } from '../../bundle/index.ts';
import { type Job, readJob, readLatest, readQuality } from '../../documents/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';
import type { Grant } from '../access/access.ts';
import { Refusal } from '../problem.ts';
import type { Dataset, DatasetReport, DatasetSummary } from '../routes/datasets.ts';
import { readConfiguration } from './configuration.ts';
import { coveredDatasets, inStoreOrder, type Looked, mostLooks } from './covered.ts';

interface Page {
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface DatasetPage {
  datasets: DatasetSummary[];
  next: string | null;
}

/** The datasets that a grant covers, in the order of their names: those with files, and those with jobs alone. */
export async function listDatasets(
  store: ObjectStore,
  grant: Grant,
  { limit, after }: Page,
): Promise<DatasetPage> {
  const datasets: DatasetSummary[] = [];
  let looks = 0;
  const folders = [keys.allDatasets, keys.allJobs].map((parent) =>
    coveredDatasets(store, parent, grant, after),
  );
  for await (const { dataset, covered } of merged(folders)) {
    const summary = covered ? await summaryOf(store, dataset) : null;
    if (summary && datasets.length === limit) return { datasets, next: datasets.at(-1)?.dataset ?? null };
    if (summary) datasets.push(summary);
    if (++looks === mostLooks) return { datasets, next: dataset };
  }
  return { datasets, next: null };
}

/** What comes in order from several, in one order and each once. */
async function* merged(lists: readonly AsyncIterable<Looked>[]): AsyncIterable<Looked> {
  const iterators = lists.map((list) => list[Symbol.asyncIterator]());
  const heads = await Promise.all(iterators.map((one) => one.next()));
  for (;;) {
    const left = heads.flatMap(({ done, value }) => (done ? [] : [value as Looked]));
    const [first, ...others] = left;
    if (!first) return;
    const least = others.reduce((a, b) => (inStoreOrder(b.dataset, a.dataset) < 0 ? b : a), first);
    yield least;
    for (const [i, iterator] of iterators.entries()) {
      const head = heads[i];
      if (head && !head.done && head.value.dataset === least.dataset) heads[i] = await iterator.next();
    }
  }
}

async function summaryOf(store: ObjectStore, dataset: string): Promise<DatasetSummary | null> {
  const [job, version] = await Promise.all([newestJob(store, dataset), servingVersion(store, dataset)]);
  if (!job && !version && !(await hasFiles(store, dataset))) return null;
  return { dataset, job: job && { job: job.job, status: job.status, stage: job.stage }, version };
}

async function hasFiles(store: ObjectStore, dataset: string): Promise<boolean> {
  for await (const _ of store.list(keys.datasets(dataset), { limit: 1 })) return true;
  return false;
}

/** null also for a pointer that is damaged: asked for the model it says so. */
async function servingVersion(store: ObjectStore, dataset: string): Promise<string | null> {
  try {
    return (await readCurrent(store, dataset))?.version ?? null;
  } catch (error) {
    if (error instanceof BundleError) return null;
    throw error;
  }
}

/** null also for a document that this version of Tidecast does not read. */
export async function newestJob(store: ObjectStore, dataset: string): Promise<Job | null> {
  try {
    const latest = await readLatest(store, dataset);
    return latest && (await readJob(store, dataset, latest.job));
  } catch (error) {
    if (error instanceof Error && ['ZodError', 'SyntaxError'].includes(error.name)) return null;
    throw error;
  }
}

/** Files that one answer names. */
const mostFiles = 1000;

export async function describeDataset(store: ObjectStore, dataset: string): Promise<Dataset> {
  const summary = await knownDataset(store, dataset);
  const files: Dataset['files'] = [];
  const prefix = keys.datasets(dataset);
  for await (const { key, size, etag, modified } of store.list(prefix, { limit: mostFiles })) {
    if (key === keys.configuration(dataset)) continue;
    files.push({ file: key.slice(prefix.length), size, etag, modified: modified.toISOString() });
  }
  const read = await readConfiguration(store, dataset).catch(() => null);
  return { ...summary, files, configuration: read?.configuration ?? null };
}

/** @throws Refusal where nothing of a dataset is there */
export async function knownDataset(store: ObjectStore, dataset: string): Promise<DatasetSummary> {
  const summary = await summaryOf(store, dataset);
  if (summary) return summary;
  throw unknownDataset(dataset);
}

export const unknownDataset = (dataset: string) =>
  new Refusal(
    'UNKNOWN_DATASET',
    { rule: 'a dataset must have files or jobs', received: dataset, remedy: 'GET /v1/datasets lists them' },
    { path: 'dataset' },
  );

export async function reportOf(store: ObjectStore, dataset: string): Promise<DatasetReport> {
  await knownDataset(store, dataset);
  const job = await newestJob(store, dataset);
  const report = job && (await readQuality(store, dataset, job.job));
  if (job && (report || job.status === 'failed')) return { dataset, job: job.job, report, error: job.error };
  throw new Refusal(
    'UNKNOWN_REPORT',
    {
      rule: 'a report must have been made by the newest job',
      received: job ? `job ${job.job}, which has not read the data` : 'no job',
      remedy: job?.status === 'running' ? 'ask again when the job is past its plan' : 'train again',
    },
    { path: 'dataset' },
  );
}
