import { type Authenticate, everybody, manageApi, type Retrain } from '../../../shared/api/index.ts';
import { newJob, writeJob, writeLatest } from '../../../shared/documents/index.ts';
import { keys, type ObjectStore } from '../../../shared/store/index.ts';

const inputs = { fingerprint: 'f00d', objects: [], parent: null };

interface Options {
  readonly datasets?: string[];
  readonly retrain?: Retrain;
}

export const manageOver = (store: ObjectStore, { datasets, retrain }: Options = {}) => {
  const holder: Authenticate = async () => ({ id: 'test', datasets: datasets ?? [], scopes: ['admin'] });
  return manageApi({
    store,
    permitUpload: async () => ({ url: '', headers: {} }),
    authenticate: datasets ? holder : everybody,
    retrain,
  });
};

export const upload = (store: ObjectStore, dataset: string, file: string, text = file) =>
  store.put(keys.upload(dataset, file), Buffer.from(text));

/** A dataset's newest job. */
export async function job(store: ObjectStore, dataset: string, id: string, change = {}): Promise<void> {
  await writeJob(store, { ...newJob(dataset, id, inputs), ...change });
  await writeLatest(store, dataset, { inputs: 'f00d', job: id }, null);
}
