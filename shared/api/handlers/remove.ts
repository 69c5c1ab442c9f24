import { keys, type ObjectStore } from '../../store/index.ts';
import { Refusal } from '../problem.ts';
import { knownDataset, newestJob } from './datasets.ts';
import { unknownModel } from './forecast.ts';

/** Objects that one request removes: some seconds' work. */
const mostRemoved = 5000;
const atOnce = 32;

export interface Removal {
  readonly removed: number;
  readonly complete: boolean;
}

/**
 * Removes what there is of a dataset. Files go first, so that nothing begins anew on a part of them, and jobs last:
 * who was interrupted finds the dataset still there and goes on.
 */
export async function removeDataset(store: ObjectStore, dataset: string): Promise<Removal> {
  await knownDataset(store, dataset);
  await refuseWhileRunning(store, dataset);
  await store.delete(keys.current(dataset));
  const { staging, datasets, models, series, exports, runs, jobs } = keys;
  return removeFolders(
    store,
    [staging, datasets, exports, models, series, runs, jobs].map((folder) => folder(dataset)),
  );
}

/** Removes the versions and the pointer to the one that serves. */
export async function removeModel(store: ObjectStore, model: string): Promise<Removal> {
  for await (const _ of store.list(keys.models(model), { limit: 1 })) {
    await refuseWhileRunning(store, model);
    await store.delete(keys.current(model));
    return removeFolders(store, [keys.models(model)]);
  }
  throw unknownModel(model);
}

/** A job would write, and serve, what is being removed. */
async function refuseWhileRunning(store: ObjectStore, dataset: string): Promise<void> {
  const job = await newestJob(store, dataset);
  if (job?.status !== 'running') return;
  throw new Refusal('JOB_RUNNING', {
    rule: `no job of ${dataset} may be running`,
    received: `job ${job.job}`,
    remedy: `wait for its end, or POST /v1/jobs/${job.job}/cancel`,
  });
}

/** @param folders prefixes that end in a slash, or others with names that begin alike would go too */
async function removeFolders(store: ObjectStore, folders: readonly string[]): Promise<Removal> {
  let removed = 0;
  for (const folder of folders) {
    const found: string[] = [];
    const left = mostRemoved - removed;
    for await (const { key } of store.list(folder, { limit: left + 1 })) found.push(key);
    const taken = found.slice(0, left);
    for (let i = 0; i < taken.length; i += atOnce) {
      await Promise.all(taken.slice(i, i + atOnce).map((key) => store.delete(key)));
    }
    removed += taken.length;
    if (found.length > left) return { removed, complete: false };
  }
  return { removed, complete: true };
}
