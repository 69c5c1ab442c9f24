import { Hono } from 'hono';
import { createToken, localApi, tokenAccess } from '../../shared/api/index.ts';
import { newJob, type Preview, writeJob, writeLatest, writeQuality } from '../../shared/documents/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { listen } from '../../shared/server/listen.ts';
import { keys } from '../../shared/store/index.ts';
import { observe, publish, putExport, quality } from '../api/support.ts';
import { memoryStore } from '../bundle/support.ts';
import { accuracyOfItem } from '../support/accuracy.ts';

/** What requests may name. What is removed is made again before the next removal. */
export const names = {
  ...{ lasting: 'power', removed: 'temporary', job: 'job-of-power', item: 'item', export: 'export' },
  /** Staged uploads; the second is there for each commit anew. */
  ...{ upload: 'staged', committed: 'committed' },
} as const;

const preview: Preview = {
  ...{
    files: [],
    configuration: {},
    columns: [],
    rows: [],
    report: quality,
    horizon: 3,
    problems: [],
    trainable: true,
  },
};

/** The whole API on a port of this machine, with everything there that a request may want, in memory. */
export async function fuzzedWorld() {
  const { store, objects } = memoryStore();
  let version = '';
  for (const dataset of [names.lasting, names.removed]) {
    await publish(store, dataset, { seed: 2 });
    version = (await publish(store, dataset, { files: accuracyOfItem(names.item) })).version;
    await observe(store, dataset, names.item);
    const job = newJob(dataset, `job-of-${dataset}`, { fingerprint: 'f', objects: [], parent: null });
    await writeJob(store, { ...job, status: 'cancelled' });
    await writeLatest(store, dataset, { inputs: 'f', job: job.job }, null);
    await writeQuality(store, dataset, job.job, quality);
    await putExport(store, dataset, { export: names.export });
    await store.put(keys.upload(dataset, 'table.csv'), Buffer.from('item_id,timestamp,target\n'));
    await store.put(keys.configuration(dataset), Buffer.from('horizon: 3\n'));
    for (const upload of [names.upload, names.committed])
      await store.put(keys.stagedFile(dataset, upload, 'more.csv'), Buffer.from('time,target\n'));
  }
  const whole = new Map(objects);
  const { secret, text } = createToken('', { datasets: ['*'], scopes: ['admin'] });
  const api = localApi({
    ...{ store, champions: createChampions(store, { refresh: 0 }) },
    authenticate: tokenAccess(async () => secret),
    permitUpload: async (key) => ({ url: `https://bucket/${encodeURIComponent(key)}`, headers: {} }),
    retrain: async (dataset) =>
      dataset === names.lasting ? { kind: 'started', job: names.job } : { kind: 'empty' },
    preview: async (dataset, upload) =>
      objects.has(keys.stagedFile(dataset, upload, 'more.csv')) ? preview : null,
    startExport: async () => undefined,
    follow: { interval: 10 },
  });
  const app = new Hono();
  app.use(async (c, next) => {
    // What this request takes away is there for it.
    const taken =
      c.req.method === 'DELETE' ? names.removed : c.req.path.endsWith('/commit') && names.committed;
    for (const [key, bytes] of whole) if (taken && key.includes(`/${taken}/`)) objects.set(key, bytes);
    await next();
  });
  app.route('/', api);
  // What the document's examples have, and what they would have here: an hour begins at a quarter past.
  const instead = {
    '0123456789abcdef': version,
    electricity: names.lasting,
    MT_001: names.item,
    '20260501T120000Z-0123456789ab': names.export,
    'T00:00:00': 'T00:15:00',
  };
  return { server: await listen(app, '127.0.0.1', 0), token: text, instead };
}
