import type { Preview } from '../../documents/index.ts';
import { previewTooLarge } from '../../documents/index.ts';
import { forkModule } from '../fork.ts';

export interface PreviewProcess {
  /** The folder of the store. */
  readonly root: string;
  readonly dataset: string;
  readonly upload: string;
  /** After how long it is given up, in milliseconds. */
  readonly patience?: number;
}

/** What the process reports before it ends. */
export type PreviewMessage =
  | { readonly kind: 'done'; readonly preview: Preview | null }
  | { readonly kind: 'failed'; readonly error: string };

/** An upload's bytes need not be what they say: a preview of them may take so long and no longer. */
const defaultPatience = 60_000;

/**
 * The same in a process of its own: a file can then neither hold up who serves nor take its memory.
 *
 * @throws PreviewError where it took too long, or was killed
 */
export function previewInProcess({
  root,
  dataset,
  upload,
  patience = defaultPatience,
}: PreviewProcess): Promise<Preview | null> {
  const child = forkModule(new URL('./worker.ts', import.meta.url), [root, dataset, upload]);
  const late = setTimeout(() => child.kill('SIGKILL'), patience);
  return new Promise((resolve, reject) => {
    let end: PreviewMessage | null = null;
    child.on('message', (message: PreviewMessage) => {
      end = message;
    });
    child.on('error', reject);
    child.on('exit', (code, killedBy) => {
      clearTimeout(late);
      if (end?.kind === 'done') resolve(end.preview);
      else if (end?.kind === 'failed') reject(new Error(end.error));
      else {
        const rule = `a preview must end within ${patience / 1000} s and the memory of this machine`;
        reject(previewTooLarge(rule, `a process that ended with ${killedBy ?? `exit code ${code}`}`));
      }
    });
  });
}
