import type { z } from '@hono/zod-openapi';
import { keys, type PermitUpload } from '../../store/index.ts';
import { at } from '../problem.ts';
import { largestUpload, type uploadAnswer, type uploadRequest } from '../routes/uploads.ts';

/** How long an upload may begin: enough for a person with a browser. */
const seconds = 15 * 60;

export async function permit(
  permitUpload: PermitUpload,
  dataset: string,
  { file, contentType, size }: z.output<typeof uploadRequest>,
  now: Date,
): Promise<z.output<typeof uploadAnswer>> {
  const key = at('file', () => keys.upload(dataset, file));
  const { url, headers } = await permitUpload(key, {
    seconds,
    ...(contentType !== undefined && { contentType }),
    ...(size !== undefined && { size }),
  });
  const expires = new Date(now.getTime() + 1000 * seconds).toISOString();
  return { dataset, file, method: 'PUT', url, headers: { ...headers }, expires, maxBytes: largestUpload };
}
