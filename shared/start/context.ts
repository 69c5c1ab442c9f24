import type { Job } from '../documents/index.ts';
import type { ObjectStore } from '../store/index.ts';
import type { Executions } from './executions.ts';

export interface StartContext {
  readonly store: ObjectStore;
  readonly executions: Executions;
  /** How long uploads must have come to rest. */
  readonly quietSeconds: number;
  /** Milliseconds since 1970. */
  clock(): number;
}

/**
 * What was done for a dataset:
 *
 * - `started`: its job was given to the state machine
 * - `empty`: there is no table
 * - `young`: its newest object will bring an event of its own when it has come to rest
 * - `busy`: a job is running; when it ends it looks again
 * - `done`, `failed`, `cancelled`: this was done before, with this end
 * - `lost`: another start was faster
 */
export interface Started {
  readonly dataset: string;
  readonly kind: 'started' | 'empty' | 'young' | 'busy' | 'done' | 'failed' | 'cancelled' | 'lost';
  readonly job?: string;
}

export const about = (dataset: string, kind: Started['kind'], job: Job | null): Started => ({
  dataset,
  kind,
  ...(job && { job: job.job }),
});

/** The change that ends a job as failed, unless it has ended before. */
export const endedBy =
  (error: Job['error'], now?: number) =>
  (job: Job): Partial<Job> | null =>
    job.status === 'running'
      ? {
          ...{ status: 'failed', error },
          ...(now !== undefined && { seconds: Math.max(0, now - Date.parse(job.startedAt)) / 1000 }),
        }
      : null;

export const retryRemedy =
  'change an uploaded file, or tidecast.yaml (a comment will do), and a new job starts by itself';
