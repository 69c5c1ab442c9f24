import { BundleError, readCurrent, readDescription } from '../../bundle/index.ts';
import type { Job } from '../../documents/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';
import { Refusal } from '../problem.ts';
import type { ModelVersion } from '../routes/model-changes.ts';
import { unknownModel } from './forecast.ts';
import { collectJobs, readableJob } from './jobs.ts';
import { metricsOf } from './models.ts';

interface Page {
  readonly limit: number;
  readonly after?: string | undefined;
}

export interface VersionPage {
  model: string;
  versions: ModelVersion[];
  next: string | null;
}

interface Found {
  readonly version: string;
  readonly modified: Date;
  readonly files: ModelVersion['files'];
}

/** The versions of a model that are whole, the last written first. */
export async function listModelVersions(
  store: ObjectStore,
  model: string,
  { limit, after }: Page,
): Promise<VersionPage> {
  const [found, current] = await Promise.all([versionsIn(store, model), readCurrent(store, model)]);
  if (found.length === 0) throw unknownModel(model);
  const from = after === undefined ? 0 : found.findIndex(({ version }) => version === after) + 1;
  if (after !== undefined && from === 0) throw unknownCursor(after);
  const shown = found.slice(from, from + limit);
  const makers = await makersOf(store, model, new Set(shown.map(({ version }) => version)));
  const versions = await Promise.all(
    shown.map(async ({ version, modified, files }) => {
      const job = makers.get(version);
      const move = current?.history.find((one) => one.version === version);
      return {
        ...{ version, files, at: modified.toISOString(), serving: version === current?.version },
        promoted: job?.promoted ?? (move ? true : null),
        reason: job?.reason ?? move?.reason ?? null,
        job: job?.job ?? null,
        ...(await saidOf(store, model, version)),
      };
    }),
  );
  const more = from + limit < found.length;
  return { model, versions, next: more ? (shown.at(-1)?.version ?? null) : null };
}

async function versionsIn(store: ObjectStore, model: string): Promise<readonly Found[]> {
  const prefix = keys.models(model);
  const files = new Map<string, ModelVersion['files']>();
  const written = new Map<string, Date>();
  for await (const { key, size, modified } of store.list(prefix)) {
    const [version = '', file, ...deeper] = key.slice(prefix.length).split('/');
    if (file === undefined || deeper.length > 0) continue;
    files.set(version, [...(files.get(version) ?? []), { file, size }]);
    // Written last, so that a version without it is none yet.
    if (file === 'bundle.json') written.set(version, modified);
  }
  return [...written]
    .map(([version, modified]) => ({ version, modified, files: files.get(version) ?? [] }))
    .sort((a, b) => b.modified.getTime() - a.modified.getTime() || (a.version < b.version ? -1 : 1));
}

/** Job documents that are read to find who made the versions, so many at once. */
const mostJobs = 200;
const atOnce = 20;

/** By version the newest job that made it. */
async function makersOf(
  store: ObjectStore,
  dataset: string,
  wanted: ReadonlySet<string>,
): Promise<ReadonlyMap<string, Job>> {
  const makers = new Map<string, Job>();
  const jobs = (await collectJobs(store, dataset)).slice(0, mostJobs);
  for (let i = 0; i < jobs.length && makers.size < wanted.size; i += atOnce) {
    const read = jobs.slice(i, i + atOnce).map(({ job }) => readableJob(store, dataset, job));
    for (const job of await Promise.all(read)) {
      if (job?.version && wanted.has(job.version) && !makers.has(job.version)) makers.set(job.version, job);
    }
  }
  return makers;
}

/** What a bundle says of itself; nothing where it is damaged, which must not hide the others. */
async function saidOf(
  store: ObjectStore,
  model: string,
  version: string,
): Promise<Pick<ModelVersion, 'parent' | 'metrics'>> {
  try {
    const description = await readDescription(store, keys.model(model, version));
    return { parent: description.parent ?? null, metrics: metricsOf(description) };
  } catch (error) {
    if (error instanceof BundleError) return { parent: null, metrics: null };
    throw error;
  }
}

const unknownCursor = (after: string) =>
  new Refusal(
    'REQUEST',
    {
      rule: 'after must be what next said',
      received: after.slice(0, 80),
      remedy: 'leave it out to begin at the start',
    },
    { path: 'after' },
  );
