import { setTimeout as sleep } from 'node:timers/promises';
import { localTraining, type Training } from '../../shared/server/training.ts';
import { fileStore, keys, listPage } from '../../shared/store/index.ts';
import { hourlyTable, scratch } from '../support/job.ts';

const folder = scratch('training');
const table = Buffer.from(hourlyTable({ items: 1, hours: 60 }));

async function* pieces() {
  yield table;
}

test.each<[string, (store: Training['store'], key: string) => Promise<unknown>]>([
  ['put', (store, key) => store.put(key, table)],
  ['putStream', (store, key) => store.putStream(key, pieces())],
  [
    'copy',
    async (store, key) => {
      await store.put(keys.stagedFile('air', 'one', '1.csv'), table);
      return store.copy(keys.stagedFile('air', 'one', '1.csv'), key);
    },
  ],
])(
  'a file that comes by %s begins a job, once it has come to rest',
  async (_, write) => {
    const root = folder.root();
    const store = fileStore(root);
    const training = localTraining({
      ...{ store, root, processes: 1, quietSeconds: 0.05 },
      onError: (error) => {
        throw error;
      },
    });
    await write(training.store, keys.upload('air', '1.csv'));
    let jobs = 0;
    while (jobs === 0) {
      await sleep(20);
      jobs = (await listPage(store, 'jobs/air/', { limit: 1 })).objects.length;
    }
    await training.close();
  },
  60_000,
);
