import { keys, type ObjectStore } from '../store/index.ts';
import type { MemberTask } from './member-task.ts';
import { engineOf, loadPrepared } from './prepared.ts';
import { readStart } from './warm-start.ts';

/** What a member's training needs, from what plan has left in the store. @throws ConfigurationError where it is not planned */
export async function openMember(
  store: ObjectStore,
  { dataset, job, index }: { readonly dataset: string; readonly job: string; readonly index: number },
): Promise<MemberTask> {
  const { plan, ...prepared } = await loadPrepared(store, dataset, job);
  return {
    ...prepared,
    store,
    dataset,
    job,
    index,
    windows: plan.windows,
    season: plan.season,
    key: memberKey(dataset, job),
    start: await readStart(store, plan, index),
    engine: engineOf(plan.configuration),
  };
}

/** Where the files of a job's members lie. */
export const memberKey =
  (dataset: string, job: string): MemberTask['key'] =>
  (index, file) =>
    keys.memberFile(dataset, job, index, file);
