import type { Client } from '../../../shared/client/index.ts';
import { present } from '../../api/index.ts';

/** A staged upload: files that are looked at before they become part of a dataset. */
export interface Staged {
  readonly dataset: string;
  readonly upload: string;
}

/**
 * Sends files to a dataset's stage, one after the other.
 *
 * @param to a staged upload that they are further parts of
 * @param onProgress hears of the file's share that is sent, 0..1
 */
export async function stageFiles(
  client: Client,
  dataset: string,
  files: readonly File[],
  onProgress: (file: string, share: number) => void,
  to?: string,
): Promise<Staged> {
  let upload = to;
  for (const file of files) {
    const permit = present(
      await client.POST('/v1/datasets/{dataset}/uploads', {
        params: { path: { dataset } },
        body: { file: file.name, size: file.size, stage: true, ...(upload !== undefined && { upload }) },
      }),
    );
    upload = permit.upload;
    await put(permit, file, (share) => onProgress(file.name, share));
  }
  if (upload === undefined) throw new Error('there is no file to send');
  return { dataset, upload };
}

interface Permit {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** By XMLHttpRequest: `fetch` does not tell how much it has sent. */
function put(
  { url, method, headers }: Permit,
  file: File,
  onProgress: (share: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = ({ loaded, total }) => onProgress(total > 0 ? loaded / total : 1);
    request.onload = () =>
      request.status < 300
        ? resolve()
        : reject(new Error(`${file.name}: ${request.status} ${request.responseText.slice(0, 300)}`));
    request.onerror = () => reject(new Error(`${file.name}: the connection broke`));
    request.send(file);
  });
}

/** A dataset's newest job; null where it has none, or is not there yet. */
export async function newestJob(client: Client, dataset: string): Promise<string | null> {
  const { jobs } = present(await client.GET('/v1/jobs', { params: { query: { dataset, limit: 1 } } }));
  return jobs[0]?.job ?? null;
}

/** Follows a dataset until its newest job is another than before, as after a commit; null where none comes. */
export async function nextJob(
  client: Client,
  dataset: string,
  before: string | null,
  { patience = 180_000, every = 1000 } = {},
): Promise<string | null> {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const job = await newestJob(client, dataset);
    if (job !== null && job !== before) return job;
    await new Promise((resolve) => setTimeout(resolve, every));
  }
  return null;
}
