import { createHash } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import type { ListedObject } from '../store.ts';

/** A file's etag is the SHA-256 of its content. */
export const etagOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The same pieces, hashed as they pass; `etag` is theirs when all have. */
export function hashed(pieces: AsyncIterable<Uint8Array>): {
  readonly passed: AsyncIterable<Uint8Array>;
  readonly etag: () => string;
} {
  const sha256 = createHash('sha256');
  async function* pass() {
    for await (const piece of pieces) {
      sha256.update(piece);
      yield piece;
    }
  }
  return { passed: pass(), etag: () => sha256.digest('hex') };
}

/** What was hashed before, by all that a file system tells of a file. The oldest entry goes first. */
const known = new Map<string, string>();
const remembered = 20_000;

/**
 * A file that changed this recently may change again without its time doing so, and a new file may get a removed
 * one's number: such a file's hash is not kept (git calls it "racily clean"). In milliseconds.
 */
const settled = 2_000;

/** Size, etag and time of a file that may be larger than memory; null where there is none. */
export async function headOf(
  path: string,
  { fresh = false } = {},
): Promise<Omit<ListedObject, 'key'> | null> {
  const file = await openFile(path);
  if (!file) return null;
  try {
    const stat = await file.stat({ bigint: true });
    if (!stat.isFile()) return null;
    const size = Number(stat.size);
    const modified = new Date(Number(stat.mtimeMs));
    const identity = `${path}\n${stat.dev} ${stat.ino} ${stat.size} ${stat.mtimeNs} ${stat.ctimeNs}`;
    const before = fresh ? undefined : known.get(identity);
    if (before) return { size, etag: before, modified };
    const etag = await hash(file);
    if (Date.now() - Number(stat.ctimeMs) > settled) remember(identity, etag);
    return { size, etag, modified };
  } finally {
    await file.close();
  }
}

/** Opens a file to read; null where there is none. */
export async function openFile(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, 'r');
  } catch (error) {
    if (isAbsent(error)) return null;
    throw error;
  }
}

/** There is no such file, or one of the key's other parts is a file. */
export const isAbsent = (error: unknown): boolean =>
  ['ENOENT', 'ENOTDIR', 'EISDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

async function hash(file: FileHandle): Promise<string> {
  const sha256 = createHash('sha256');
  for await (const chunk of file.createReadStream({ autoClose: false, highWaterMark: 1 << 20 })) {
    sha256.update(chunk);
  }
  return sha256.digest('hex');
}

function remember(identity: string, etag: string): void {
  const [oldest] = known.keys();
  if (known.size >= remembered && oldest !== undefined) known.delete(oldest);
  known.set(identity, etag);
}
