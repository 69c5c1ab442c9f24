import { Logger } from '@aws-lambda-powertools/logger';
import type { Context } from 'aws-lambda';
import { type Preview, setting } from '../../shared/documents/index.ts';
import { previewUpload } from '../../shared/jobs/index.ts';
import { s3Store } from '../../shared/store/index.ts';

const logger = new Logger();
const store = s3Store({ bucket: setting('TIDECAST_BUCKET') });

interface PreviewEvent {
  readonly dataset: string;
  readonly upload: string;
}

/** Called by `manage`, which has no reader of data. */
export async function handler({ dataset, upload }: PreviewEvent, context: Context): Promise<Preview | null> {
  logger.addContext(context);
  logger.appendKeys({ dataset, upload });
  const preview = await previewUpload({ store, dataset, upload });
  logger.info('looked at an upload', {
    files: preview?.files.length,
    trainable: preview?.trainable,
    problems: preview?.problems.map(({ code }) => code),
  });
  return preview;
}
