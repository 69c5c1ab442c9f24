/**
 * How long does it take, and how much memory, to export forecasts of a million items to Parquet on two cores?
 *
 * One LSTM of 64 units, 12 days ahead, three quantiles; each item has up to 120 days stored. What is timed is what a
 * server starts for an export: the program shared/server/export.ts as a whole process, from reading the stored items
 * to the last file, over a store of files. Its peak is the most memory that it held at once. Afterwards DuckDB counts
 * the rows that were written. Nobody else does this, so that the rows stand beside what is asked.
 * Options: --items N, --quick (20,000 items), --horizon N, --turns N, --json.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { exportOnce, type Prepared, prepareItems } from './scale/run.ts';
import { report, type ShownRow } from './support/report.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    items: { type: 'string', default: '1000000' },
    horizon: { type: 'string', default: '12' },
    turns: { type: 'string', default: '1' },
  },
});
const items = options.quick ? 20_000 : Number(options.items);
const horizon = Number(options.horizon);
/** For a million items; fewer have as much less. */
const most = { seconds: (60 * items) / 1e6, megabytes: 4000 };

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

function rows(prepared: Prepared, seconds: number, megabytes: number | null): readonly ShownRow[] {
  const name = `${items} items, ${horizon} steps, context ${prepared.context}`;
  const row = (metric: string, ours: number | null, bound: number): ShownRow => ({
    ...{ case: name, metric, ours, peer: 'goal', theirs: bound },
    ...{ ratio: ours === null ? null : bound / ours, goal: 1 },
  });
  return [row('s', seconds, most.seconds), row('peak MB', megabytes, most.megabytes)];
}

const root = mkdtempSync(join(tmpdir(), 'tidecast-scale-'));
try {
  const prepared = await prepareItems(root, items, horizon);
  const seconds: number[] = [];
  const peaks: number[] = [];
  for (let turn = 0; turn < Number(options.turns); turn++) {
    const once = await exportOnce(root, prepared, { items, horizon });
    const { cores, bytes, files } = once;
    const busy = `${cores.toFixed(1)} s of processors`;
    console.error(
      `${once.seconds.toFixed(1)} s, ${busy}, ${once.megabytes} MB: ${files} files, ${bytes / 1e6} MB`,
    );
    seconds.push(once.seconds);
    if (once.megabytes !== null) peaks.push(once.megabytes);
  }
  report('scale', rows(prepared, median(seconds), peaks.length > 0 ? median(peaks) : null), options.json);
} finally {
  rmSync(root, { recursive: true, force: true });
}
