import type { Client } from '../../../shared/client/index.ts';
import { present } from '../../api/index.ts';

interface ExportFile {
  readonly file: string;
  readonly blob: Blob;
}

/**
 * Has forecasts of all items written, waits for them, and fetches the files.
 *
 * @param onProgress hears of the share of items that are done, 0..1
 * @throws Error where the export fails
 */
export async function exportFiles(
  client: Client,
  model: string,
  format: 'csv' | 'parquet',
  onProgress: (share: number) => void,
  { every = 1000 } = {},
): Promise<readonly ExportFile[]> {
  const begun = present(
    await client.POST('/v1/models/{model}/exports', { params: { path: { model } }, body: { format } }),
  );
  const path = { model, export: begun.export };
  for (;;) {
    const now = present(await client.GET('/v1/models/{model}/exports/{export}', { params: { path } }));
    onProgress(now.progress);
    if (now.status === 'failed') throw new Error(now.error?.message ?? now.status);
    if (now.status !== 'running') {
      return Promise.all(
        now.files.map(async ({ file }) => {
          const answer = await client.GET('/v1/models/{model}/exports/{export}/files/{file}', {
            params: { path: { ...path, file } },
            parseAs: 'blob',
          });
          return { file, blob: present(answer) };
        }),
      );
    }
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}
