import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Panel } from '../../shared/dataset/index.ts';
import { parseFrequency } from '../../shared/frequency/index.ts';

/** A folder for one test file, and how tables get into it. */
export function tableFolder() {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tidecast-dataset-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  let count = 0;
  const path = (name?: string) => join(folder, name ?? `${++count}.csv`);
  return {
    /** In messages the folder stands as <dir>. */
    plain: (message: string) => message.replaceAll(`${folder}/`, ''),
    async csv(text: string, name?: string): Promise<string> {
      const file = path(name);
      await writeFile(file, name?.endsWith('.gz') ? gzipSync(text) : text);
      return file;
    },
    async bytes(content: Uint8Array, name: string): Promise<string> {
      await writeFile(path(name), content);
      return path(name);
    },
    /** The rows of a query as Parquet. */
    async parquet(query: string, name: string): Promise<string> {
      const instance = await DuckDBInstance.create(':memory:');
      const connection = await instance.connect();
      await connection.run(`COPY (${query}) TO '${path(name)}' (FORMAT parquet)`);
      connection.closeSync();
      instance.closeSync();
      return path(name);
    },
  };
}

/** Lines of a table. */
export const lines = (...rows: string[]): string => `${rows.join('\n')}\n`;

/** A daily panel with one channel; by item its first period and values. */
export function dailyPanel(
  items: Record<string, readonly [start: number, values: readonly number[]]>,
): Panel {
  const names = Object.keys(items).sort();
  const parts = names.map((name) => items[name] ?? ([0, []] as const));
  const indptr = new Int32Array(names.length + 1);
  for (const [i, [, values]] of parts.entries()) indptr[i + 1] = (indptr[i] ?? 0) + values.length;
  return {
    items: names,
    channels: ['y'],
    frequency: parseFrequency('1d'),
    start: Float64Array.from(parts, ([start]) => start),
    indptr,
    target: Float64Array.from(parts.flatMap(([, values]) => values)),
    known: { names: [], values: new Float64Array(0), horizon: 0, future: new Float64Array(0) },
    past: { names: [], values: new Float64Array(0) },
    statics: [],
  };
}
