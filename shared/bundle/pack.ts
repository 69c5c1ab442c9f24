import { createHash } from 'node:crypto';
import { canonicalJson, type Json } from '../store/index.ts';
import {
  type BundleDescription,
  type BundleInput,
  checkDescription,
  checkInput,
  fileName,
  formatVersion,
} from './description.ts';
import { BundleError } from './errors.ts';

export const forecasterFile = 'forecaster.onnx';
export const descriptionFile = 'bundle.json';

export interface BundleParts {
  /** The ONNX graph of decision 3. */
  readonly forecaster: Uint8Array;
  readonly description: BundleInput;
  /** Further files by name, e.g. `report.json`. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

export interface PackedBundle {
  /** Names the content: the same parts give the same version. */
  readonly version: string;
  readonly description: BundleDescription;
  /** All files in the order in which they must be written: `bundle.json`, which makes it a bundle, last. */
  readonly files: ReadonlyMap<string, Uint8Array>;
}

/**
 * The parts as files, with their checksums; a pure function of the parts.
 *
 * @throws BundleError where the description breaks the schema or a file's name cannot be used
 */
export function packBundle({ forecaster, description, files = {} }: BundleParts): PackedBundle {
  const extra = Object.keys(files).sort();
  for (const file of extra) checkFileName(file);
  const contents = new Map([
    [forecasterFile, forecaster],
    ...extra.map((file) => [file, files[file] ?? new Uint8Array(0)] as const),
  ]);
  const document = {
    ...checkInput(description),
    formatVersion,
    files: Object.fromEntries(
      [...contents].map(([file, bytes]) => [file, { bytes: bytes.length, sha256: hash(bytes) }]),
    ),
  };
  const checksum = checksumOf(document);
  const complete = checkDescription({ ...document, checksum }, descriptionFile);
  contents.set(descriptionFile, Buffer.from(canonicalJson(complete as Json)));
  return { version: versionOf(complete), description: complete, files: contents };
}

/** 64 bits of the checksum: short enough to read out, long enough for all versions of a dataset. */
export const versionOf = ({ checksum }: BundleDescription): string => checksum.slice(0, 16);

/** The checksum that stands in `bundle.json`. */
export const checksumOf = (document: object): string =>
  hash(Buffer.from(canonicalJson({ ...document, checksum: undefined } as Json)));

export const hash = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function checkFileName(file: string): void {
  if (!fileName.safeParse(file).success || file === forecasterFile || file === descriptionFile) {
    throw new BundleError({
      rule: `a further file of a bundle must have a plain name other than ${forecasterFile} and ${descriptionFile}`,
      received: JSON.stringify(file),
      remedy: 'give it another name',
    });
  }
}
