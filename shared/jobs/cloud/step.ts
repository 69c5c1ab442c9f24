import { type Job, statedError, updateJob, used } from '../../documents/index.ts';
import { TidecastError } from '../../errors/index.ts';
import type { ObjectStore } from '../../store/index.ts';
import type { TableReader } from '../reading/tables.ts';

/** What a step of the cloud's pipeline stands on. */
export interface StepContext {
  readonly store: ObjectStore;
  /** Milliseconds since 1970. */
  clock(): number;
  /** The memory that the function was given, for the cost. */
  readonly gigabytes: number;
  /** How tables are read; in this process where it is not said. */
  readonly read?: TableReader;
}

export interface StepTask {
  readonly dataset: string;
  readonly job: string;
}

/** Writes into the job's document what changed; with the work since `began`, where that is said. */
export function note(
  { store, clock, gigabytes }: StepContext,
  { dataset, job }: StepTask,
  change: (job: Job) => Partial<Job>,
  began?: number,
): Promise<Job | null> {
  const now = clock();
  return updateJob(
    store,
    dataset,
    job,
    (document) => ({
      ...(began !== undefined && used(document, { began, now, gigabytes })),
      ...change(document),
    }),
    new Date(now),
  );
}

/**
 * Whether an error is about the job itself and would come back the same: data, configuration, divergence. Conflicts
 * and locks in the store are not.
 */
export const isComplaint = (error: unknown): error is TidecastError =>
  error instanceof TidecastError && !error.code.startsWith('STORE_');

/** Does the work; where it is refused, the job's document says why before the error is passed on. */
export async function noting<T>(
  context: StepContext,
  task: StepTask,
  began: number,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (isComplaint(error)) {
      const failed = { status: 'failed', error: statedError(error) } as const;
      await note(context, task, ({ status }) => (status === 'running' ? failed : {}), began);
    }
    throw error;
  }
}
