import { everybody, manageApi, type PreviewUpload } from '../../../shared/api/index.ts';
import { previewUpload } from '../../../shared/jobs/index.ts';
import { type CopyObject, fileStore, type ObjectStore } from '../../../shared/store/index.ts';
import { hourlyTable } from '../../support/job.ts';
import { ask } from '../support.ts';

export interface StagingOptions {
  readonly preview?: PreviewUpload | null;
  readonly copyObject?: CopyObject;
  /** Puts another store in front of the files. */
  readonly over?: (store: ObjectStore) => ObjectStore;
}

/** The API over files, with the real reader of data; an upload arrives where its URL says. */
export function staging(root: string, { preview, copyObject, over = (store) => store }: StagingOptions = {}) {
  const store = over(fileStore(root));
  const reader: PreviewUpload = (dataset, upload) => previewUpload({ store, dataset, upload });
  const app = manageApi({
    ...{ store, authenticate: everybody, copyObject },
    permitUpload: async (key) => ({ url: `https://bucket/${encodeURIComponent(key)}`, headers: {} }),
    preview: preview === null ? undefined : (preview ?? reader),
  });
  /** Stages a file and sends it. Returns the upload's id. */
  async function stage(file: string, text: string, upload?: string): Promise<string> {
    const body = { file, stage: true, ...(upload !== undefined && { upload }) };
    const answer = await ask(app, 'POST', '/v1/datasets/shop/uploads', { body });
    expect(answer.status).toBe(200);
    const key = decodeURIComponent(new URL(answer.body.url).pathname.slice(1));
    await store.put(key, Buffer.from(text));
    return answer.body.upload;
  }
  const at = (upload: string, place = '') => `/v1/datasets/shop/uploads/${upload}${place}`;
  const look = async (upload: string) => (await ask(app, 'GET', at(upload, '/preview'))).body;
  const commit = (upload: string, body: unknown = {}, headers = {}) =>
    ask(app, 'POST', at(upload, '/commit'), { body, headers });
  return { root, store, app, stage, at, look, commit };
}

/** What lies in a store, but for what is kept of requests. */
export const keysIn = async (store: ObjectStore, prefix = ''): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) if (!key.startsWith('requests/')) found.push(key);
  return found;
};

export const textAt = async (store: ObjectStore, key: string) =>
  Buffer.from((await store.get(key))?.bytes ?? []).toString();

export const table = hourlyTable({ items: 2, hours: 100 });

export const small = (...rows: string[]) => `${['item,time,y', ...rows].join('\n')}\n`;
