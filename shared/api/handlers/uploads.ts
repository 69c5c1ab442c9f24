import { randomBytes } from 'node:crypto';
import type { z } from '@hono/zod-openapi';
import { show } from '../../errors/index.ts';
import { KeyError, keys, type PermitUpload } from '../../store/index.ts';
import { Refusal } from '../problem.ts';
import { largestUpload, type uploadAnswer, type uploadRequest } from '../routes/uploads.ts';

/** How long an upload may begin: enough for a person with a browser. */
const seconds = 15 * 60;

export async function permit(
  permitUpload: PermitUpload,
  dataset: string,
  { file, contentType, size, stage, upload: named }: z.output<typeof uploadRequest>,
  now: Date,
): Promise<z.output<typeof uploadAnswer>> {
  const upload = named ?? (stage ? randomBytes(8).toString('hex') : undefined);
  const key = namedFile(file, () =>
    upload === undefined ? keys.upload(dataset, file) : keys.stagedFile(dataset, upload, file),
  );
  const { url, headers } = await permitUpload(key, {
    seconds,
    ...(contentType !== undefined && { contentType }),
    ...(size !== undefined && { size }),
  });
  const expires = new Date(now.getTime() + 1000 * seconds).toISOString();
  return {
    ...{ dataset, file, ...(upload !== undefined && { upload }) },
    ...{ method: 'PUT', url, headers: { ...headers }, expires, maxBytes: largestUpload },
  };
}

/** The key of a file. @throws Refusal where no file can have this name, in the words of who named it */
function namedFile(file: string, keyOf: () => string): string {
  try {
    return keyOf();
  } catch (error) {
    if (!(error instanceof KeyError)) throw error;
    const rule = error.complaint.rule.replace(/^a key/, 'file');
    const complaint = { rule, received: show(file), remedy: 'give the file another name' };
    throw new Refusal('STORE_KEY', complaint, { cause: error, path: 'file' });
  }
}
