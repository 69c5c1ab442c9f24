import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { setting } from '../../shared/documents/index.ts';
import { type ExportTask, failExport, runExport } from '../../shared/exports/index.ts';
import { s3Store } from '../../shared/store/index.ts';

const logger = new Logger();
const store = s3Store({ bucket: setting('TIDECAST_BUCKET') });

/** What is left for the last file before the function's deadline, in milliseconds. */
const reserve = 60_000;

interface ExportEvent extends ExportTask {
  /** What ended the slice before, where it cannot go on. */
  readonly error?: { readonly Error?: string; readonly Cause?: string };
}

/** A slice of an export; the state machine asks for the next until it is done. */
export async function handler(event: ExportEvent, context: Context): Promise<{ readonly done: boolean }> {
  const task = { dataset: event.dataset, export: event.export };
  logger.addContext(context);
  logger.appendKeys(task);
  if (event.error) {
    logger.error('export failed', { error: event.error });
    const told = {
      code: 'INTERNAL',
      message: event.error.Error ?? 'unknown',
      remedy: 'begin another export',
    };
    await failExport(store, task, told, new Date());
    return { done: true };
  }
  const left = context.getRemainingTimeInMillis() - reserve;
  const done = await runExport(
    { store, now: () => new Date() },
    task,
    AbortSignal.timeout(Math.max(0, left)),
  );
  logger.info(done ? 'export ended' : 'slice over');
  return { done };
}
