import { canonicalJson, fileStore, type Json, keys, type ObjectStore, parseJson } from '../store/index.ts';
import { type BundleDescription, checkDescription } from './description.ts';
import { BundleError } from './errors.ts';
import { checksumOf, descriptionFile, forecasterFile, hash, versionOf } from './pack.ts';
import { join } from './write.ts';

/** A bundle whose description and graph were found whole and unchanged. */
export interface Bundle {
  readonly version: string;
  readonly description: BundleDescription;
  /** The ONNX graph. */
  readonly forecaster: Uint8Array;
  /**
   * Reads one of the other files.
   *
   * @throws BundleError where the bundle has no such file, or it was changed
   */
  file(name: string): Promise<Uint8Array>;
}

/**
 * Reads and verifies the bundle in a folder, e.g. `keys.model(dataset, version)`; '' for the top of the store.
 * Files other than the graph are verified when they are asked for, or by `verifyBundle`.
 *
 * @throws BundleError for the first file that is missing, damaged or of another format
 */
export async function readBundle(store: ObjectStore, prefix: string): Promise<Bundle> {
  const folder = join(prefix);
  const description = await readDescription(store, prefix);
  const file = (name: string) => readFile(store, folder, name, description);
  return { version: versionOf(description), description, forecaster: await file(forecasterFile), file };
}

/** The bundle in a folder of this machine. */
export const readBundleDirectory = (path: string): Promise<Bundle> => readBundle(fileStore(path), '');

/** Reads every file of a bundle. @throws BundleError for the first one that is not right */
export async function verifyBundle(store: ObjectStore, prefix: string): Promise<BundleDescription> {
  const description = await readDescription(store, prefix);
  for (const name of Object.keys(description.files)) await readFile(store, join(prefix), name, description);
  return description;
}

/** Only what a bundle says of itself. @throws BundleError */
export async function readDescription(store: ObjectStore, prefix: string): Promise<BundleDescription> {
  const key = `${join(prefix)}${descriptionFile}`;
  const found = await store.get(key);
  if (!found) {
    throw new BundleError({
      rule: `a bundle must have ${descriptionFile}`,
      received: `none at ${key}`,
      remedy: 'name the folder of a bundle, or train one',
    });
  }
  const text = Buffer.from(found.bytes).toString();
  const document = parse(found.bytes, key);
  const description = checkDescription(document, key);
  const expected = checksumOf(description);
  if (description.checksum !== expected || canonicalJson(description as Json) !== text) {
    throw damaged(key, `SHA-256 ${description.checksum}`, `SHA-256 ${expected}, or other spaces and order`);
  }
  return description;
}

/**
 * What a bundle says of itself, and one of its further files; null where it has none of that name.
 *
 * @throws BundleError where either is damaged
 */
export async function readDescribedFile(
  store: ObjectStore,
  prefix: string,
  name: string,
): Promise<{ readonly description: BundleDescription; readonly bytes: Uint8Array | null }> {
  const description = await readDescription(store, prefix);
  const isThere = Object.hasOwn(description.files, name);
  return { description, bytes: isThere ? await readFile(store, join(prefix), name, description) : null };
}

/** The dataset's versions, in the order of their names, which tells nothing of their age. */
export async function listVersions(store: ObjectStore, dataset: string): Promise<readonly string[]> {
  const versions: string[] = [];
  const prefix = keys.models(dataset);
  for await (const { key } of store.list(prefix)) {
    const [version = '', file, ...deeper] = key.slice(prefix.length).split('/');
    if (file === descriptionFile && deeper.length === 0) versions.push(version);
  }
  return versions;
}

async function readFile(
  store: ObjectStore,
  folder: string,
  name: string,
  { files }: BundleDescription,
): Promise<Uint8Array> {
  const expected = Object.hasOwn(files, name) ? files[name] : undefined;
  if (!expected) {
    throw new BundleError({
      rule: `a bundle's file must be one of ${Object.keys(files).join(', ')}`,
      received: JSON.stringify(name),
      remedy: 'ask for one that it has',
    });
  }
  const key = `${folder}${name}`;
  const bytes = (await store.get(key))?.bytes;
  const received = bytes ? { bytes: bytes.length, sha256: hash(bytes) } : null;
  if (bytes && received?.bytes === expected.bytes && received.sha256 === expected.sha256) return bytes;
  throw damaged(key, shown(expected), received ? shown(received) : 'no such file');
}

const shown = ({ bytes, sha256 }: { readonly bytes: number; readonly sha256: string }) =>
  `${bytes} bytes with SHA-256 ${sha256}`;

const damaged = (key: string, expected: string, received: string) =>
  new BundleError({
    rule: `${key} must be as it was written (${expected})`,
    received,
    remedy: 'copy the bundle again from where it was made, or train again',
  });

function parse(bytes: Uint8Array, key: string): unknown {
  try {
    return parseJson(bytes);
  } catch (error) {
    if (error instanceof SyntaxError) throw damaged(key, 'JSON', error.message);
    throw error;
  }
}
