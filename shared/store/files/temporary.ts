import { randomBytes } from 'node:crypto';
import { open, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { reserved } from '../key.ts';
import { isGone, self } from './owner.ts';

/** `.tidecast-<place>-<pid>-<start>-<random>.tmp`: whose it is can be read off its name. */
const pattern = /^\.tidecast-([0-9a-f]+)-(\d+)-(\d+)-[0-9a-f]+\.tmp$/;

const newName = () =>
  `${reserved}${self.place}-${self.pid}-${self.start}-${randomBytes(8).toString('hex')}.tmp`;

/** Writes a new file that nobody else knows of, and returns its path. `durable`: it outlives a loss of power. */
export async function writeTemporary(
  folder: string,
  content: Uint8Array | AsyncIterable<Uint8Array>,
  durable: boolean,
): Promise<string> {
  const path = join(folder, newName());
  const file = await open(path, 'wx');
  try {
    await writeFile(file, content);
    if (durable) await file.sync();
  } catch (error) {
    await rm(path, { force: true });
    throw error;
  } finally {
    await file.close();
  }
  return path;
}

/** Removes what processes that are gone left unfinished in a folder. */
export async function sweep(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const [, place, pid, start] = pattern.exec(name) ?? [];
    if (place && isGone({ place, pid: Number(pid), start: Number(start) })) {
      await rm(join(folder, name), { force: true });
    }
  }
}

/** Makes a rename or link in the folder outlive a loss of power, where the system can. */
export async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
