/**
 * How long does it take, and how much memory, to make a panel of a long CSV of item, timestamp and value, beside
 * DuckDB, polars and pandas?
 *
 * All make sorted arrays by item and count duplicates and gaps; polars and pandas also put the rows at their
 * periods, DuckDB does no more than bench/ingest/duckdb.sql says. Ours also finds out what the columns are, the
 * timestamps' form and the frequency, which the others are told, and makes the quality report. Each runs in a
 * process of its own, in turns, with the same number of threads; the figures are medians over the turns, of the
 * seconds with everything loaded and of the process's peak memory. Options: --rows N (as well several, such as
 * 5000000,50000000), --turns N, --threads N, --peers NAME,…, --json.
 */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { type Seen, type TableFile, withTable } from './ingest/table-file.ts';
import { pythonOf } from './support/python.ts';
import { report, type ShownRow } from './support/report.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rows: { type: 'string', default: '5000000' },
    turns: { type: 'string', default: '3' },
    threads: { type: 'string', default: '2' },
    peers: { type: 'string', default: 'duckdb,polars,pandas,pandas-pyarrow' },
  },
});
const peers = options.peers.split(',');
const pathOf = (name: string): string => fileURLToPath(new URL(`./ingest/${name}`, import.meta.url));

/** Of the seconds: at most twice DuckDB's, and fewer than pandas takes. */
const goals: Readonly<Record<string, number>> = { duckdb: 0.5, pandas: 1 };

/** What one process measured of itself. */
interface Measured extends Seen {
  /** With the version. */
  readonly name: string;
  readonly seconds: number;
  readonly megabytes: number;
  /** Megabytes of the panel's numbers, of ours. */
  readonly panel?: number;
}

/** @throws where the process fails, or has seen something else in the file than there is */
function measure(command: string, args: readonly string[], { path, seen }: TableFile): Measured {
  const child = spawnSync(command, [...args, path, options.threads], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (child.status !== 0) throw new Error(`${args.join(' ')} ended with status ${child.status}`);
  const measured: Measured = JSON.parse(child.stdout);
  for (const key of ['items', 'rows', 'duplicates', 'gaps'] as const) {
    if (measured[key] === seen[key]) continue;
    throw new Error(`${measured.name} saw ${measured[key]} ${key}, there are ${seen[key]}`);
  }
  return measured;
}

const ours = (file: TableFile): Measured =>
  measure(process.execPath, ['--import', 'tsx', pathOf('ours.ts')], file);

/** Null where it cannot run. */
function theirs(peer: string, file: TableFile): Measured | null {
  try {
    return measure(pythonOf('ingest'), [pathOf('peers.py'), peer], file);
  } catch (error) {
    console.error(`${peer} could not run: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/** All sides in turns. */
function runTurns(file: TableFile) {
  const mine: Measured[] = [];
  const others = new Map(peers.map((peer): [string, Measured[]] => [peer, []]));
  for (let turn = 0; turn < Number(options.turns); turn++) {
    mine.push(ours(file));
    for (const [peer, measured] of others) {
      const one = turn === 0 || measured.length > 0 ? theirs(peer, file) : null;
      if (one) measured.push(one);
    }
  }
  return { mine, others };
}

async function compare(rows: number): Promise<ShownRow[]> {
  const { mine, others } = await withTable(rows, async (file) => runTurns(file));
  const alone = median(mine.map(({ megabytes, panel = 0 }) => megabytes - panel));
  console.error(`${rows} rows: peak memory of ours beyond the panel's own numbers ${alone.toFixed(0)} MB`);
  return [...others].flatMap(([peer, measured]) => {
    const name = measured[0]?.name ?? null;
    const beside = (metric: string, goal: number | null, of: (one: Measured) => number): ShownRow => {
      const [our, their] = [median(mine.map(of)), name === null ? null : median(measured.map(of))];
      const ratio = their === null ? null : their / our;
      return { case: `${rows} rows, ${peer}`, metric, ours: our, peer: name, theirs: their, ratio, goal };
    };
    return [
      beside('s', goals[peer] ?? null, ({ seconds }) => seconds),
      beside('peak MB', null, ({ megabytes }) => megabytes),
    ];
  });
}

console.error(`DuckDB's query:\n${readFileSync(pathOf('duckdb.sql'), 'utf8').trim()}`);
const rows: ShownRow[] = [];
for (const count of options.rows.split(',')) rows.push(...(await compare(Number(count))));
report('ingest', rows, options.json);
