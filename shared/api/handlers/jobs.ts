import { type Job, readJob } from '../../documents/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';
import type { Grant } from '../access/access.ts';
import { Refusal } from '../problem.ts';
import type { JobSummary } from '../routes/jobs.ts';
import { coveredDatasets, mostLooks } from './covered.ts';

/** Job documents that a list sorts by age. */
const mostJobs = 10_000;

interface Listed {
  readonly dataset: string;
  readonly job: string;
  /** Milliseconds. */
  readonly modified: number;
}

export interface JobQuery {
  readonly dataset?: string | undefined;
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface JobPage {
  jobs: JobSummary[];
  next: string | null;
}

/** The jobs that a grant covers, the last changed first. @throws Refusal where they are too many to be sorted */
export async function listJobs(store: ObjectStore, grant: Grant, query: JobQuery): Promise<JobPage> {
  const datasets = query.dataset ? [query.dataset] : await datasetsOf(store, grant);
  const found: Listed[] = [];
  for (const dataset of datasets) {
    found.push(...(await collectJobs(store, dataset)));
    if (found.length > mostJobs) throw tooMany(`more than ${mostJobs} jobs`);
  }
  found.sort(newestFirst);
  const after = query.after === undefined ? null : fromCursor(query.after);
  const from = after ? found.findIndex((one) => newestFirst(one, after) > 0) : 0;
  const shown = from < 0 ? [] : found.slice(from, from + query.limit);
  const jobs = await Promise.all(shown.map(({ dataset, job }) => readableJob(store, dataset, job)));
  const last = from >= 0 && from + query.limit < found.length ? shown.at(-1) : undefined;
  return { jobs: jobs.filter((job) => job !== null).map(summaryOf), next: last ? toCursor(last) : null };
}

const newestFirst = (a: Listed, b: Listed): number =>
  b.modified - a.modified || compare(a.dataset, b.dataset) || compare(a.job, b.job);
const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The jobs of a dataset, the last changed first. */
export async function collectJobs(store: ObjectStore, dataset: string): Promise<readonly Listed[]> {
  const found: Listed[] = [];
  const prefix = keys.jobs(dataset);
  for await (const { key, modified } of store.list(prefix)) {
    const [, job] = /^([^/]+)\.json$/.exec(key.slice(prefix.length)) ?? [];
    if (!job || key === keys.latestJob(dataset)) continue;
    if (found.length === mostJobs) throw tooMany(`more than ${mostJobs} jobs`);
    found.push({ dataset, job, modified: modified.getTime() });
  }
  return found.sort(newestFirst);
}

async function datasetsOf(store: ObjectStore, grant: Grant): Promise<readonly string[]> {
  const datasets: string[] = [];
  let looks = 0;
  for await (const { dataset, covered } of coveredDatasets(store, keys.allJobs, grant)) {
    if (++looks > mostLooks) throw tooMany(`more than ${mostLooks} datasets`);
    if (covered) datasets.push(dataset);
  }
  return datasets;
}

const tooMany = (received: string) =>
  new Refusal(
    'REQUEST',
    {
      rule: `without dataset there may be at most ${mostLooks} datasets and ${mostJobs} jobs to look through`,
      received,
      remedy: 'name the dataset: ?dataset=NAME',
    },
    { path: 'dataset' },
  );

/** The document; null where it is gone by now, or no document of a job that this version of Tidecast reads. */
export async function readableJob(store: ObjectStore, dataset: string, job: string): Promise<Job | null> {
  try {
    return await readJob(store, dataset, job);
  } catch (error) {
    if (error instanceof Error && ['ZodError', 'SyntaxError'].includes(error.name)) return null;
    throw error;
  }
}

const summaryOf = ({ formatVersion: _, inputs: _inputs, members: _members, ...summary }: Job): JobSummary =>
  summary;

/** One job, of the dataset that is named or of whichever the grant covers: its id alone tells it apart. */
export async function findJob(
  store: ObjectStore,
  grant: Grant,
  job: string,
  dataset: string | undefined,
): Promise<Omit<Job, 'formatVersion'>> {
  const datasets = dataset ? [dataset] : await datasetsOf(store, grant);
  const documents = await Promise.all(datasets.map((name) => readableJob(store, name, job)));
  const found = documents.find((document) => document !== null);
  if (!found) throw unknownJob(job);
  const { formatVersion: _, ...answer } = found;
  return answer;
}

const unknownJob = (job: string) =>
  new Refusal(
    'UNKNOWN_JOB',
    {
      rule: 'a job must be one of a dataset that the token covers',
      received: job,
      remedy: 'GET /v1/jobs lists them',
    },
    { path: 'job' },
  );

const toCursor = ({ modified, dataset, job }: Listed): string =>
  Buffer.from(JSON.stringify([modified, dataset, job])).toString('base64url');

function fromCursor(cursor: string): Listed {
  const [, modified, dataset = '', job = ''] =
    /^\[(\d+),"([^"]*)","([^"]*)"\]$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? [];
  if (modified !== undefined) return { modified: Number(modified), dataset, job };
  throw new Refusal(
    'REQUEST',
    {
      rule: 'after must be what next said',
      received: cursor.slice(0, 80),
      remedy: 'leave it out to begin at the start',
    },
    { path: 'after' },
  );
}
