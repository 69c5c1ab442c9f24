/** Looks at one upload in a process that may be killed: `worker.ts ROOT DATASET UPLOAD`. Started by previewInProcess. */

import { fileStore } from '../../store/index.ts';
import { previewUpload } from './preview.ts';
import type { PreviewMessage } from './process.ts';

const [root = '', dataset = '', upload = ''] = process.argv.slice(2);
// Whoever asked is gone.
process.on('disconnect', () => process.exit(1));

const send = (message: PreviewMessage) => process.send?.(message);

previewUpload({ store: fileStore(root), dataset, upload })
  .then((preview) => send({ kind: 'done', preview }))
  .catch((error: unknown) =>
    send({ kind: 'failed', error: error instanceof Error ? (error.stack ?? error.message) : String(error) }),
  )
  .finally(() => process.disconnect?.());
