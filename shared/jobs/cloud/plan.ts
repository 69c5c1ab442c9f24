import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkGoesOn, type Job, readJob, statedError } from '../../documents/index.ts';
import { keys } from '../../store/index.ts';
import { plan } from '../plan.ts';
import { loadPrepared } from '../prepared.ts';
import { countMembers } from '../views.ts';
import { download, InputsChangedError, readConfiguration } from './frozen.ts';
import { isComplaint, note, type StepContext, type StepTask } from './step.ts';

export interface Planned extends StepTask {
  readonly status: 'planned' | 'failed';
  /** The numbers of the members to be trained; none where it failed. */
  readonly members: readonly number[];
}

/**
 * Downloads the job's inputs, plans it, and names its members. What is wrong with the data or the configuration goes
 * into the job's document and is no error of the step: it would come back the same.
 *
 * @param processes members that train at the same time
 * @throws CancelledError where the job was stopped
 */
export async function planStep(
  context: StepContext,
  { dataset, job: id }: StepTask,
  processes = 1,
): Promise<Planned> {
  const { store, clock } = context;
  const began = clock();
  const task = { dataset, job: id };
  const job = await readJob(store, dataset, id);
  if (!job) throw new Error(`there is no document ${keys.job(dataset, id)}`);
  checkGoesOn(job);
  const folder = await mkdtemp(join(tmpdir(), 'tidecast-plan-'));
  try {
    await planFrom(context, job, folder, processes);
    const { views } = await loadPrepared(store, dataset, id);
    const members = Array.from({ length: countMembers(views) }, (_, index) => index);
    await note(context, task, (document) => ({ stage: 'train', members: waiting(document, members) }), began);
    return { ...task, status: 'planned', members };
  } catch (error) {
    if (!isComplaint(error)) throw error;
    await note(context, task, () => refused(error, folder), began);
    return { ...task, status: 'failed', members: [] };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function planFrom(
  { store, read }: StepContext,
  job: Job,
  folder: string,
  processes: number,
): Promise<void> {
  const { dataset, inputs } = job;
  // Asked for a second time, the inputs may be gone; what was planned stands.
  if (await store.head(keys.plan(dataset, job.job))) return;
  const configuration = await readConfiguration(store, job);
  const files = await download(store, job, folder);
  await plan({
    ...{ store, dataset, job: job.job, configuration, processes, parent: inputs.parent },
    ...files,
    ...(read && { read }),
  });
}

/** What was trained before stays as it is. */
const waiting = ({ members }: Job, all: readonly number[]): Job['members'] =>
  all.map((index) => members[index] ?? { phase: 'waiting', step: 0, steps: 0, loss: null });

/** A job whose inputs were replaced has not failed: it has been overtaken. */
function refused(error: unknown, folder: string): Partial<Job> {
  const stated = statedError(error);
  return {
    status: error instanceof InputsChangedError ? 'cancelled' : 'failed',
    // Files are named as they were uploaded, not by where they lay for a minute.
    error: stated && { ...stated, message: stated.message.replaceAll(`${folder}/`, '') },
  };
}
