import type { Preview } from '../../documents/index.ts';
import { type CopyObject, keys, type ListedObject, type ObjectStore } from '../../store/index.ts';
import { Refusal } from '../problem.ts';
import { largestUpload } from '../routes/uploads.ts';
import { writeConfiguration } from './configuration.ts';

/** Reads a staged upload as a training would; null where it has no files. What reads data is not part of the API. */
export type PreviewUpload = (dataset: string, upload: string) => Promise<Preview | null>;

export async function previewed(
  preview: PreviewUpload | undefined,
  dataset: string,
  upload: string,
): Promise<Preview> {
  if (!preview) throw notHere;
  const found = await preview(dataset, upload);
  if (!found) throw unknownUpload(upload);
  return found;
}

/**
 * Moves an upload's files to its dataset, the configuration first, so that no training begins without it. What was
 * moved before an interruption is not moved again.
 *
 * @param configuration written over one that was staged as a file
 */
export async function committed(
  store: ObjectStore,
  copyObject: CopyObject,
  { dataset, upload }: { readonly dataset: string; readonly upload: string },
  configuration: Record<string, unknown> | undefined,
): Promise<string[]> {
  const staged = await stagedFiles(store, dataset, upload);
  for (const one of staged) checkSize(one);
  if (configuration) {
    await writeConfiguration(store, dataset, configuration, { ifMatch: undefined, ifNoneMatch: undefined });
  }
  const files: string[] = [];
  for (const { file, key } of configurationFirst(staged, keys.configuration(dataset))) {
    const target = keys.upload(dataset, file);
    const isOutdone = configuration !== undefined && target === keys.configuration(dataset);
    if (!isOutdone && (await copyObject(key, target))) files.push(file);
    await store.delete(key);
  }
  return files;
}

/** Removes an upload's files. Returns how many there were. */
export async function discarded(store: ObjectStore, dataset: string, upload: string): Promise<number> {
  const staged = await stagedFiles(store, dataset, upload);
  for (const { key } of staged) await store.delete(key);
  return staged.length;
}

interface Staged extends ListedObject {
  readonly file: string;
}

/** @throws Refusal where there are none */
async function stagedFiles(store: ObjectStore, dataset: string, upload: string): Promise<readonly Staged[]> {
  const prefix = keys.stagedUpload(dataset, upload);
  const staged: Staged[] = [];
  for await (const object of store.list(prefix))
    staged.push({ ...object, file: object.key.slice(prefix.length) });
  if (staged.length === 0) throw unknownUpload(upload);
  return staged;
}

const configurationFirst = (staged: readonly Staged[], configuration: string): readonly Staged[] => {
  const isFirst = ({ file }: Staged) => configuration.endsWith(`/${file}`);
  return [...staged.filter(isFirst), ...staged.filter((one) => !isFirst(one))];
};

function checkSize({ file, size }: Staged): void {
  if (size <= largestUpload) return;
  throw new Refusal(
    'REQUEST',
    {
      rule: `a file must have at most ${largestUpload} bytes to be trained on`,
      received: `${size} in ${file}`,
      remedy: 'upload it in several parts, or as Parquet',
    },
    { path: 'upload' },
  );
}

const unknownUpload = (upload: string) =>
  new Refusal(
    'UNKNOWN_UPLOAD',
    {
      rule: 'a staged upload must have files that have arrived and are not committed yet',
      received: upload,
      remedy: 'send the files to the URLs of POST /v1/datasets/{dataset}/uploads with stage: true',
    },
    { path: 'upload' },
  );

const notHere = new Refusal('NOT_HERE', {
  rule: 'data must be readable where the API runs',
  received: 'an API that only serves',
  remedy: 'commit without a preview, or look at the file with `tidecast inspect`',
});
