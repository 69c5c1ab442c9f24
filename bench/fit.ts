/**
 * How long does it take, how much memory, and how well does it forecast: M4 hourly from a file to an evaluated
 * forecast, as whole processes, beside NeuralForecast's LSTM and NHITS?
 *
 * Beside the LSTM, ours is one network of the same width that is fitted on the same number of windows: NeuralForecast
 * takes 128 of them in each of 1,000 steps, ours 768 (16 series, 48 places each) in each of 167. Ours is then fitted
 * again on all data and scored by a backtest of its own, as for a user; that is in its time. NHITS has its own size and
 * its 500 steps. The clock runs from before a process starts until its forecasts are scored; memory is the peak of
 * the process and its children. Sides take turns; figures are medians. Options: --turns N, --threads N, --units N,
 * --peers lstm,nhits, --json. The data are found through TIDECAST_DATA, as in bench/accuracy.ts.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Result } from './accuracy/figures.ts';
import { type HeldOut, holdOut } from './accuracy/held-out.ts';
import { trainAndScore } from './accuracy/ours.ts';
import { scorePeer } from './accuracy/peers.ts';
import { accuracySet } from './accuracy/sets.ts';
import { report, type ShownRow } from './support/report.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    turns: { type: 'string', default: '1' },
    threads: { type: 'string', default: '2' },
    units: { type: 'string', default: '128' },
    peers: { type: 'string', default: 'lstm,nhits' },
  },
});
const units = Number(options.units);
const known = (['lstm', 'nhits'] as const).filter((name) => options.peers.split(',').includes(name));

/** 1,000 steps of 128 windows, in steps of 16 series with 48 places each. */
const windows = { theirs: 1000 * 128, ourStep: 16 * 48 };
const budget = `${Math.ceil(windows.theirs / windows.ourStep)}steps`;

/** One run of one side, seconds being those of everything. */
interface Run {
  readonly name: string;
  readonly seconds: number;
  readonly megabytes: number | null;
  readonly mase: number | null;
}

async function timed(work: () => Promise<Result | null>): Promise<Run | null> {
  const began = performance.now();
  const result = await work();
  const seconds = (performance.now() - began) / 1000;
  if (!result) return null;
  const { megabytes, mase } = result.figures;
  return { name: result.by, seconds, megabytes, mase };
}

async function ours(set: ReturnType<typeof accuracySet>, turn: number): Promise<Run | null> {
  return inFolder(set, (held) =>
    timed(async () => (await trainAndScore(held, turn + 1, { members: 1, units, budget })).result),
  );
}

async function theirs(set: ReturnType<typeof accuracySet>, peer: (typeof known)[number]) {
  const network = peer === 'lstm' ? { encoder_hidden_size: units, encoder_n_layers: 1 } : {};
  try {
    return await inFolder(set, (held) =>
      timed(() => scorePeer(held, peer, Number(options.threads), network)),
    );
  } catch (error) {
    console.error(`${peer} COULD NOT RUN: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

async function inFolder<T>(set: ReturnType<typeof accuracySet>, work: (held: HeldOut) => Promise<T>) {
  const folder = mkdtempSync(join(tmpdir(), 'tidecast-fit-'));
  try {
    return await work(await holdOut(set, folder));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Null where one of the runs has no such figure, or there are none. */
function median(runs: readonly Run[], of: (run: Run) => number | null): number | null {
  const numbers = runs.flatMap((run) => of(run) ?? []).sort((a, b) => a - b);
  return numbers.length < runs.length ? null : (numbers[Math.floor(numbers.length / 2)] ?? null);
}

function rowsOf(peer: string, mine: readonly Run[], others: readonly Run[]): readonly ShownRow[] {
  const row = (metric: string, goal: number, of: (run: Run) => number | null): ShownRow => {
    const [our, their] = [median(mine, of), median(others, of)];
    const ratio = our === null || their === null ? null : their / our;
    return {
      case: `m4-hourly, ${peer}`,
      metric,
      ours: our,
      peer: others[0]?.name ?? null,
      theirs: their,
      ratio,
      goal,
    };
  };
  return [
    row('s', 5, ({ seconds }) => seconds),
    row('peak MB', 3, ({ megabytes }) => megabytes),
    row('MASE', 1, ({ mase }) => mase),
  ];
}

const set = accuracySet('m4-hourly');
const mine: Run[] = [];
const others = new Map(known.map((peer): [(typeof known)[number], Run[]] => [peer, []]));
for (let turn = 0; turn < Number(options.turns); turn++) {
  const run = await ours(set, turn);
  if (run) mine.push(run);
  console.error(`ours: ${JSON.stringify(run)}`);
  for (const [peer, runs] of others) {
    const other = turn === 0 || runs.length > 0 ? await theirs(set, peer) : null;
    if (other) runs.push(other);
    console.error(`${peer}: ${JSON.stringify(other)}`);
  }
}
report(
  'fit',
  [...others].flatMap(([peer, runs]) => rowsOf(peer, mine, runs)),
  options.json,
);
