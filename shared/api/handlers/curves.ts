import { readCurves } from '../../documents/index.ts';
import type { ObjectStore } from '../../store/index.ts';
import type { Grant } from '../access/access.ts';
import type { Curves } from '../routes/curves.ts';
import { findJob } from './jobs.ts';

/** The losses of a job's members so far. @throws Refusal where the grant covers no such job */
export async function jobCurves(
  store: ObjectStore,
  grant: Grant,
  asked: { readonly job: string; readonly dataset?: string | undefined },
): Promise<Curves> {
  const { job, dataset, members } = await findJob(store, grant, asked.job, asked.dataset);
  return { job, dataset, members: [...(await readCurves(store, { dataset, job }, members.length))] };
}
