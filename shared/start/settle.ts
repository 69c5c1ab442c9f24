import { type Job, updateJob } from '../documents/index.ts';
import { endedBy, retryRemedy, type StartContext, type Started } from './context.ts';
import { startDataset } from './start.ts';

/** How Step Functions tells of a state's error. */
export interface StepError {
  readonly Error?: string;
  /** Lambda's account of an exception, as JSON; text from others. */
  readonly Cause?: string;
}

export interface SettleTask {
  readonly dataset: string;
  readonly job: string;
  readonly error?: StepError;
}

export interface Settled {
  readonly dataset: string;
  readonly job: string;
  /** How the job ended; null where its document is gone. */
  readonly status: Job['status'] | null;
  /** What was done about what was uploaded meanwhile. */
  readonly next: Started;
}

/**
 * The last step of every execution: a job that has not ended well is marked as failed, and what was uploaded while
 * it ran gets its turn.
 */
export async function settle(context: StartContext, { dataset, job, error }: SettleTask): Promise<Settled> {
  const now = context.clock();
  const change = endedBy(error ? statedStepError(error) : silent, now);
  const ended = await updateJob(context.store, dataset, job, change, new Date(now));
  return { dataset, job, status: ended?.status ?? null, next: await startDataset(context, dataset) };
}

const silent = {
  code: 'EXECUTION',
  message: 'the execution ended without a result',
  remedy: retryRemedy,
};

function statedStepError({ Error: name = 'an error', Cause = '' }: StepError): Job['error'] {
  const said = exceptionOf(Cause);
  const message = said
    ? `${said.errorType ?? name}: ${said.errorMessage}`
    : `${name}: ${Cause || 'no cause given'}`;
  return { code: 'EXECUTION', message, remedy: `see the function's log; then ${retryRemedy}` };
}

/** Lambda's account of an exception; null where the cause is something else. */
function exceptionOf(cause: string): { readonly errorType?: string; readonly errorMessage: string } | null {
  try {
    const said: unknown = JSON.parse(cause);
    const isException = typeof said === 'object' && said !== null && 'errorMessage' in said;
    return isException ? (said as { errorMessage: string }) : null;
  } catch {
    return null;
  }
}
