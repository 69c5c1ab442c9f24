import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { DuckDBInstance } from '@duckdb/node-api';
import { createExport, newExport, readExport } from '../../shared/documents/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { watchMemory } from '../accuracy/memory.ts';

const run = promisify(execFile);
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const pathOf = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What bench/scale/items.ts prints. */
export interface Prepared {
  readonly dataset: string;
  readonly version: string;
  /** Periods that the network reads. */
  readonly context: number;
}

/** Trains, and stores the items. */
export async function prepareItems(root: string, items: number, horizon: number): Promise<Prepared> {
  const args = ['--max-old-space-size=12000', '--import', loader, pathOf('items.ts')];
  const { stdout } = await run(process.execPath, [...args, root, String(items), String(horizon)]);
  return JSON.parse(stdout);
}

export interface Exported {
  readonly seconds: number;
  /** Processor seconds of the process and its threads: tells a busy machine from slow code. */
  readonly cores: number;
  readonly megabytes: number | null;
  readonly files: number;
  readonly bytes: number;
}

/** Prints the processor seconds when the program ends. */
const cpu = `data:text/javascript,process.on('exit',()=>console.log(process.cpuUsage().user/1e6+process.cpuUsage().system/1e6))`;

/** Carries out a new export as a server would. @throws Error where it fails, or has another number of rows */
export async function exportOnce(
  root: string,
  { dataset, version }: Prepared,
  { items, horizon }: { readonly items: number; readonly horizon: number },
): Promise<Exported> {
  const store = fileStore(root);
  const asked = { model: dataset, version, horizon, quantiles: [0.1, 0.5, 0.9] };
  const document = newExport({ ...asked, format: 'parquet' }, new Date());
  await createExport(store, document);
  const program = pathOf('../../shared/server/export.ts');
  const profile = process.env.TIDECAST_PROFILE ? ['--cpu-prof', `--cpu-prof-dir=${root}-profile`] : [];
  const began = performance.now();
  const child = spawn(
    process.execPath,
    ['--import', loader, '--import', cpu, ...profile, program, root, dataset, document.export],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const peak = watchMemory(child.pid);
  let said = '';
  child.stdout.on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  const seconds = (performance.now() - began) / 1000;
  const megabytes = peak();
  const done = await readExport(store, dataset, document.export);
  if (code !== 0 || done?.status !== 'done') {
    throw new Error(`the export must be done, got exit code ${code} and ${JSON.stringify(done?.error)}`);
  }
  const folder = join(root, dirname(keys.exportFile(dataset, document.export, 'part')));
  await checkRows(folder, items, horizon);
  const bytes = done.files.reduce((sum, { size }) => sum + size, 0);
  return { seconds, cores: Number(said.trim()), megabytes, files: done.files.length, bytes };
}

/** @throws Error where a reader that we did not write finds others than each item's rows */
async function checkRows(folder: string, items: number, horizon: number): Promise<void> {
  const connection = await (await DuckDBInstance.create()).connect();
  const query = `SELECT count(*), count(DISTINCT item_id), count(p50) FROM '${join(folder, '*.parquet')}'`;
  const [found = []] = (await connection.runAndReadAll(query)).getRows();
  connection.closeSync();
  const wanted = [items * horizon, items, items * horizon].join();
  if (found.join() !== wanted) throw new Error(`rows, items and medians must be ${wanted}, got ${found}`);
}
