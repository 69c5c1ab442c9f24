import type { Job, Phase } from '../documents/index.ts';
import { TidecastError } from '../errors/index.ts';
import { forkModule } from './fork.ts';

export type WorkerMessage =
  | {
      readonly kind: 'progress';
      readonly phase: Phase;
      readonly step: number;
      readonly steps: number;
      readonly loss: number;
    }
  | { readonly kind: 'done' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'failed'; readonly error: Job['error'] };

/** A member's process ended before the member was trained. */
export class WorkerError extends TidecastError {
  readonly code = 'WORKER';
}

export interface MemberProcess {
  readonly root: string;
  readonly dataset: string;
  readonly job: string;
  readonly index: number;
  readonly phase: Phase;
  readonly signal?: AbortSignal;
  onProgress(message: Extract<WorkerMessage, { kind: 'progress' }>): void;
}

/**
 * Has glibc give memory back that the runtime no longer needs (measured on M4 hourly: 330 instead of 380 MB a member);
 * elsewhere it means nothing.
 */
const frugal = { MALLOC_MMAP_THRESHOLD_: String(2 ** 18) };

/**
 * Trains one member in a child process. Resolves to false where it was cancelled.
 *
 * @throws WorkerError where the process failed or was killed
 */
export function trainInProcess({
  root,
  dataset,
  job,
  index,
  phase,
  signal,
  onProgress,
}: MemberProcess): Promise<boolean> {
  const args = [root, dataset, job, String(index), phase];
  const child = forkModule(new URL('./worker.ts', import.meta.url), args, frugal);
  const cancel = () => child.kill('SIGTERM');
  signal?.addEventListener('abort', cancel);
  return new Promise<boolean>((resolve, reject) => {
    let end: Exclude<WorkerMessage, { kind: 'progress' }> | null = null;
    child.on('message', (message: WorkerMessage) => {
      if (message.kind === 'progress') onProgress(message);
      else end = message;
    });
    child.on('error', reject);
    child.on('exit', (code, killedBy) => {
      signal?.removeEventListener('abort', cancel);
      if (end?.kind === 'done') resolve(true);
      else if (end?.kind === 'cancelled' || signal?.aborted) resolve(false);
      else reject(failure(index, end, killedBy ?? `exit code ${code}`));
    });
  });
}

const failure = (index: number, end: WorkerMessage | null, how: string): WorkerError =>
  new WorkerError({
    rule: `member ${index} must be trained`,
    received: end?.kind === 'failed' && end.error ? end.error.message : `a process that ended with ${how}`,
    remedy: 'run the same command again: it goes on from the last checkpoint',
  });
