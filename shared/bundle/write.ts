import { ConflictError, type ObjectStore } from '../store/index.ts';
import { BundleError } from './errors.ts';
import { type BundleParts, hash, packBundle } from './pack.ts';

/**
 * Writes a bundle to `<prefix>/<version>/` and returns its version. Writing the same bundle again, or at the same
 * time from elsewhere, changes nothing; a writer that is killed leaves no bundle, and the next one goes on from
 * what it left.
 *
 * @param prefix where versions lie, e.g. `keys.models(dataset)`; '' for the top of the store
 * @throws BundleError where the parts are not right, or a file of this version is there with other content
 */
export async function writeBundle(store: ObjectStore, prefix: string, parts: BundleParts): Promise<string> {
  const { version, files } = packBundle(parts);
  for (const [file, bytes] of files) {
    await writeOnce(store, `${join(prefix, version)}${file}`, bytes);
  }
  return version;
}

/** The folder's prefix with a slash at its end, or nothing. */
export function join(...segments: readonly string[]): string {
  return segments
    .map((segment) => segment.replace(/\/$/, ''))
    .filter((segment) => segment !== '')
    .map((segment) => `${segment}/`)
    .join('');
}

async function writeOnce(store: ObjectStore, key: string, bytes: Uint8Array): Promise<void> {
  try {
    await store.put(key, bytes, { ifNoneMatch: '*' });
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
    const found = await store.get(key);
    if (found && hash(found.bytes) === hash(bytes)) return;
    throw new BundleError({
      rule: `${key}: a version's files must never change (expected SHA-256 ${hash(bytes)})`,
      received: found ? `a file with SHA-256 ${hash(found.bytes)}` : 'a file that was being removed',
      remedy: 'remove the damaged version and write it again',
    });
  }
}
