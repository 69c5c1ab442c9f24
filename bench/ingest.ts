/**
 * How long does it take, and how much memory, to make a panel of a long CSV, beside DuckDB's own scan-and-group of
 * the same file?
 *
 * The file (5,000 items × 1,000 hours with one covariate) is made once, in .cache/. Both sides run in processes of
 * their own with the same number of threads, in turns; the figures are medians over the turns, of the seconds from
 * the opened process to the result and of the process's peak memory. Options: --items N, --turns N, --threads N,
 * --json.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DuckDBInstance, version } from '@duckdb/node-api';
import { panelRows, readDataset } from '../shared/dataset/index.ts';
import { printTime } from '../shared/frequency/index.ts';
import { createRandom } from '../shared/random/index.ts';
import { report } from './support/report.ts';

const hours = 1000;

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    items: { type: 'string', default: '5000' },
    turns: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    run: { type: 'string' },
    file: { type: 'string', default: '' },
  },
});

/** What one process measured of itself. */
interface Measured {
  readonly seconds: number;
  readonly megabytes: number;
}

/** What the two sides do with the file; each gives the number of rows it has seen. */
const sides = {
  ours: async (file: string, threads: number) => panelRows((await readDataset(file, { threads })).panel),
  duckdb: async (file: string, threads: number) => {
    const connection = await (
      await DuckDBInstance.create(':memory:', { threads: String(threads) })
    ).connect();
    const grouped = await connection.runAndReadAll(
      `SELECT item_id, count(*)::DOUBLE, sum(target), min(timestamp), max(timestamp)
       FROM read_csv('${file}') GROUP BY item_id`,
    );
    return grouped.getColumns()[1]?.reduce<number>((sum, count) => sum + Number(count), 0) ?? 0;
  },
};

async function runSide(side: keyof typeof sides): Promise<void> {
  const began = performance.now();
  const rows = await sides[side](options.file, Number(options.threads));
  const seconds = (performance.now() - began) / 1000;
  const [, kilobytes = 'NaN'] = /VmHWM:\s*(\d+) kB/.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
  console.log(JSON.stringify({ seconds, megabytes: Number(kilobytes) / 1024, rows }));
}

function measure(side: keyof typeof sides, file: string, rows: number): Measured {
  const program = ['--import', 'tsx', fileURLToPath(import.meta.url)];
  const asked = ['--run', side, '--file', file, '--threads', options.threads];
  const child = spawnSync(process.execPath, [...program, ...asked], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`${side} ended with status ${child.status}`);
  const measured = JSON.parse(child.stdout) as Measured & { readonly rows: number };
  if (measured.rows !== rows) throw new Error(`${side} read ${measured.rows} rows of ${rows}`);
  return measured;
}

/** The same file for the same number of items, on every machine. */
async function makeFile(items: number): Promise<string> {
  const file = fileURLToPath(new URL(`../.cache/ingest/${items}.csv`, import.meta.url));
  if (existsSync(file)) return file;
  console.error(`writing ${items * hours} rows to ${file}`);
  mkdirSync(new URL('../.cache/ingest/', import.meta.url), { recursive: true });
  const random = createRandom(1);
  const times = Array.from({ length: hours }, (_, hour) => printTime(Date.UTC(2024, 0, 1, hour)));
  const out = await open(`${file}.part`, 'w');
  await out.write('item_id,timestamp,target,temperature\n');
  for (let item = 0; item < items; item++) {
    const name = `item-${String(item).padStart(5, '0')}`;
    const row = (time: string) =>
      `${name},${time},${(100 * random.uniform()).toFixed(3)},${(30 * random.uniform()).toFixed(1)}\n`;
    await out.write(times.map(row).join(''));
  }
  await out.close();
  renameSync(`${file}.part`, file);
  return file;
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

async function compare(): Promise<void> {
  const items = Number(options.items);
  const rows = items * hours;
  const file = await makeFile(items);
  const ours: Measured[] = [];
  const theirs: Measured[] = [];
  for (let turn = 0; turn < Number(options.turns); turn++) {
    ours.push(measure('ours', file, rows));
    theirs.push(measure('duckdb', file, rows));
  }
  const peer = `DuckDB ${version()}, scan and group`;
  const rowOf = (metric: string, of: (measured: Measured) => number) => {
    const [mine, other] = [median(ours.map(of)), median(theirs.map(of))];
    return {
      case: `${rows} rows`,
      metric,
      ours: mine,
      peer,
      theirs: other,
      ratio: other / mine,
      goal: 0.5,
    };
  };
  report(
    'ingest',
    [rowOf('s', ({ seconds }) => seconds), rowOf('peak MB', ({ megabytes }) => megabytes)],
    options.json,
  );
}

if (options.run === 'ours' || options.run === 'duckdb') await runSide(options.run);
else await compare();
