import { promote, readCurrent, readDescription, versionBefore } from '../../bundle/index.ts';
import { keys, type ObjectStore, type PermitDownload } from '../../store/index.ts';
import { Refusal } from '../problem.ts';
import { unknownModel } from './forecast.ts';

/**
 * Lets a version serve, or the one that served before, by compare-and-swap.
 *
 * @throws ConflictError where another request has moved the pointer meanwhile
 * @throws BundleError where the version cannot be read
 */
export async function rolledBack(
  store: ObjectStore,
  model: string,
  wanted: string | undefined,
  now: Date,
): Promise<{ model: string; version: string; before: string }> {
  const from = await readCurrent(store, model);
  if (!from) throw unknownModel(model);
  const version = wanted ?? versionBefore(from);
  if (version === null) throw alone(from.version);
  await checkFile(store, model, version, 'bundle.json');
  await readDescription(store, keys.model(model, version));
  const reason = `rolled back from ${from.version} by hand`;
  await promote(store, model, { version, reason, at: now.toISOString(), from });
  return { model, version, before: from.version };
}

const alone = (version: string) =>
  new Refusal(
    'UNKNOWN_VERSION',
    {
      rule: 'another version must have served before',
      received: `${version} only`,
      remedy: 'name one of GET /v1/models/{model}/versions',
    },
    { path: 'version' },
  );

/** How long a download may begin. */
const seconds = 15 * 60;

export interface FileQuery {
  readonly version?: string | undefined;
  readonly file: string;
}

/** A file of a version: a URL where it may be got past us, else its bytes. */
export type StoredFile = { readonly url: string } | { readonly bytes: Uint8Array; readonly etag: string };

export async function bundleFile(
  store: ObjectStore,
  permitDownload: PermitDownload | undefined,
  model: string,
  { version: wanted, file }: FileQuery,
): Promise<StoredFile> {
  const version = wanted ?? (await readCurrent(store, model))?.version;
  if (version === undefined) throw unknownModel(model);
  await checkFile(store, model, version, file);
  const key = keys.modelFile(model, version, file);
  if (permitDownload)
    return { url: await permitDownload(key, { seconds, name: downloadName(model, version, file) }) };
  const found = await store.get(key);
  if (!found) throw unknownFile(version, file);
  return found;
}

/** What a browser calls it. Each part is a plain name. */
const downloadName = (model: string, version: string, file: string): string => `${model}-${version}-${file}`;

/** @throws Refusal where the version has no such file, or is none */
export async function checkFile(
  store: ObjectStore,
  model: string,
  version: string,
  file: string,
): Promise<void> {
  const isThere = async (name: string) => (await store.head(keys.modelFile(model, version, name))) !== null;
  if (await isThere(file)) return;
  throw (await isThere('bundle.json')) ? unknownFile(version, file) : unknownVersion(version);
}

const unknownVersion = (version: string) =>
  new Refusal(
    'UNKNOWN_VERSION',
    {
      rule: 'version must be one of the model',
      received: version,
      remedy: 'GET /v1/models/{model}/versions lists them',
    },
    { path: 'version' },
  );

const unknownFile = (version: string, file: string) =>
  new Refusal(
    'UNKNOWN_FILE',
    {
      rule: `file must be one of version ${version}`,
      received: file,
      remedy: 'GET /v1/models/{model}/versions lists its files',
    },
    { path: 'file' },
  );
