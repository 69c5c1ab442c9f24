import { inputsFingerprint, type JobInputs, partOf } from '../documents/index.ts';
import { keys, type ObjectStore } from '../store/index.ts';

/** What lies in a dataset's folder now. */
export interface Uploaded extends Omit<JobInputs, 'parent'> {
  /** When the newest object was written. */
  readonly newest: Date;
}

/**
 * The table's parts, those of the tables beside it, and the configuration, which is an object like any other: its
 * content is in its etag. Null where there is no table.
 */
export async function readUploads(store: ObjectStore, dataset: string): Promise<Uploaded | null> {
  const objects: JobInputs['objects'] = [];
  let newest = new Date(0);
  for await (const { key, etag, modified } of store.list(keys.datasets(dataset))) {
    objects.push({ key, etag });
    if (modified > newest) newest = modified;
  }
  const hasTable = objects.some(
    ({ key }) =>
      key !== keys.configuration(dataset) && partOf(key.slice(keys.datasets(dataset).length)) === 'data',
  );
  return hasTable ? { fingerprint: inputsFingerprint({ dataset, parts: objects }), objects, newest } : null;
}
