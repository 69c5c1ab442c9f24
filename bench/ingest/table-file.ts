import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRandom } from '../../shared/random/index.ts';

/** Rows of an item. */
const hours = 1000;
/** Of so many items one lacks a row and has another one twice. */
const faultless = 100;
/** Bytes of a row, a few more than there are. */
const rowBytes = 45;

/** A long CSV, and what a reader must see in it. */
export interface TableFile {
  readonly path: string;
  readonly seen: Seen;
}

/** What a side has seen of the file. */
export interface Seen {
  readonly items: number;
  readonly rows: number;
  readonly duplicates: number;
  readonly gaps: number;
}

/**
 * Writes a table of item, timestamp and value, works with it, and removes it. The same rows on every machine.
 *
 * @throws where the disk has no room for it
 */
export async function withTable<T>(rows: number, work: (file: TableFile) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'tidecast-ingest-'));
  const remove = () => rm(folder, { recursive: true, force: true });
  const stop = () => void remove().finally(() => process.exit(130));
  process.once('SIGINT', stop).once('SIGTERM', stop);
  try {
    const { bavail, bsize } = await statfs(folder);
    if (bavail * bsize < rows * rowBytes)
      throw new Error(`${rows} rows need ${rows * rowBytes} bytes of disk, ${folder} has ${bavail * bsize}`);
    const path = join(folder, 'table.csv');
    return await work({ path, seen: await write(path, Math.ceil(rows / hours)) });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await remove();
  }
}

async function write(path: string, items: number): Promise<Seen> {
  const random = createRandom(1);
  const times = Array.from({ length: hours }, (_, hour) =>
    new Date(Date.UTC(2024, 0, 1, hour)).toISOString().slice(0, 19).replace('T', ' '),
  );
  const out = await open(path, 'w');
  await out.write('item_id,timestamp,target\n');
  for (let item = 0; item < items; item++) {
    const name = `item-${String(item).padStart(6, '0')}`;
    const rows = times.map((time) => `${name},${time},${(100 * random.uniform()).toFixed(3)}\n`);
    if (isFaulty(item)) rows[hours / 2] = rows[hours / 4 - 1] ?? '';
    await out.write(rows.join(''));
  }
  await out.close();
  const faulty = Array.from({ length: items }, (_, item) => item).filter(isFaulty).length;
  return { items, rows: items * hours, duplicates: faulty, gaps: faulty };
}

const isFaulty = (item: number): boolean => item % faultless === faultless - 1;
