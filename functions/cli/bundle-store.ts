import { basename, resolve } from 'node:path';
import { type BundleDescription, readBundleDirectory } from '../../shared/bundle/index.ts';
import { fileStore, jsonBytes, keys, type ObjectStore } from '../../shared/store/index.ts';

/** A store in which one version serves: the one in a folder, wherever that lies. */
export interface BundleStore {
  readonly store: ObjectStore;
  readonly description: BundleDescription;
}

/**
 * Lets the API read a bundle's folder. Its items' observations are those of the store around it, where it lies in one.
 *
 * @param folder of one version
 * @throws BundleError where it is missing or damaged
 */
export async function bundleStore(folder: string): Promise<BundleStore> {
  const { description } = await readBundleDirectory(folder);
  const { dataset } = description;
  const version = basename(resolve(folder));
  const [around, own] = [fileStore(resolve(folder, '..', '..', '..')), fileStore(folder)];
  const history = [{ version, reason: 'the bundle that was named' }];
  const current = { bytes: jsonBytes({ formatVersion: 1, version, history }), etag: version };
  const prefix = keys.model(dataset, version);
  const placeOf = (key: string) =>
    key.startsWith(prefix) ? { store: own, key: key.slice(prefix.length) } : { store: around, key };
  const store: ObjectStore = {
    async get(key) {
      if (key === keys.current(dataset)) return current;
      const place = placeOf(key);
      return place.store.get(place.key);
    },
    async head(key) {
      if (key === keys.current(dataset)) return { size: current.bytes.length, etag: current.etag };
      const place = placeOf(key);
      return place.store.head(place.key);
    },
    list: (wanted, options) => around.list(wanted, options),
    put: async () => readOnly(),
    delete: async () => readOnly(),
  };
  return { store, description };
}

function readOnly(): never {
  throw new TypeError('whoever reads a bundle writes nothing');
}
