import { checkGoesOn, type Job, type JobMetrics, readJob } from '../../documents/index.ts';
import { assemble, inShort } from '../assemble.ts';
import { loadPrepared } from '../prepared.ts';
import { note, noting, type StepContext, type StepTask } from './step.ts';

/** How a job ended, for whoever listens. */
export interface Finished extends StepTask {
  readonly version: string;
  readonly promoted: boolean;
  readonly reason: string;
  readonly metrics: JobMetrics;
  /** From the job's start. */
  readonly seconds: number;
  /** US dollars, an estimate. */
  readonly cost: number;
}

/**
 * Makes the bundle of the trained members, and the job's document say how it ended.
 *
 * @throws CancelledError where the job was stopped before
 */
export async function assembleStep(context: StepContext, task: StepTask): Promise<Finished> {
  const { store, clock } = context;
  const { dataset, job } = task;
  const began = clock();
  // Asked for a second time, it tells the same story, and nothing of whoever has become the champion since.
  const found = await readJob(store, dataset, job);
  const before = finished(found);
  if (before) return before;
  checkGoesOn(found);
  await note(context, task, () => ({ stage: 'assemble' }));
  const { version, promoted, reason, metrics } = await noting(context, task, began, async () =>
    assemble({
      store,
      ...(await loadPrepared(store, dataset, job)),
      at: new Date(clock()).toISOString(),
    }),
  );
  const end = { version, promoted, reason, metrics: inShort(metrics) };
  const told = await note(
    context,
    task,
    (): Partial<Job> => ({ ...end, stage: 'end', status: 'done', error: null }),
    began,
  );
  return finished(told) ?? { dataset, job, ...end, seconds: 0, cost: 0 };
}

function finished(job: Job | null): Finished | null {
  if (job?.status !== 'done' || job.version === null || job.metrics === null) return null;
  const { dataset, job: id, version, promoted, reason, metrics, seconds, cost } = job;
  return { dataset, job: id, version, promoted, reason: reason ?? '', metrics, seconds, cost };
}
