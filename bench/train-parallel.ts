/**
 * How much faster are two members trained on two cores than one after the other on one?
 *
 * A job of two members of the default shape on hourly series, by the runner that `npm start` uses: a process for each
 * member at the same time, or one process after the other. Timed is the stage that trains, from its beginning to its
 * end: fitting, choosing, refitting; reading before it and assembling after it are no part. Both sides run in turns; the
 * figures are medians. The peer is Tidecast itself. Options: --turns N, --steps N, --json.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parseConfiguration } from '../shared/documents/index.ts';
import { runJob } from '../shared/jobs/index.ts';
import { seriesOf } from './serve/model.ts';
import { report } from './support/report.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    turns: { type: 'string', default: '3' },
    steps: { type: 'string', default: '200' },
  },
});

/** Seconds of the training stage. */
async function train(file: string, processes: number): Promise<number> {
  const root = mkdtempSync(join(tmpdir(), 'tidecast-parallel-'));
  try {
    const configuration = parseConfiguration({ members: 2, budget: `${options.steps}steps`, horizon: 24 });
    let [began, ended] = [Number.NaN, Number.NaN];
    await runJob({
      ...{ root, dataset: 'parallel', files: [file], configuration, processes },
      onChange({ stage }) {
        if (stage === 'train' && Number.isNaN(began)) began = performance.now();
        if (stage === 'assemble' && Number.isNaN(ended)) ended = performance.now();
      },
    });
    return (ended - began) / 1000;
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

const median = (numbers: readonly number[]): number =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN;

if (availableParallelism() < 2) console.error('ONE CORE ONLY: two members cannot be faster here');
const folder = mkdtempSync(join(tmpdir(), 'tidecast-parallel-data-'));
try {
  const file = join(folder, 'table.csv');
  const rows = seriesOf(100, 700).flatMap(({ item, target }) =>
    target.map((value, hour) => `${item},${new Date(Date.UTC(2024, 0, 1, hour)).toISOString()},${value}`),
  );
  writeFileSync(file, `${['item_id,timestamp,target', ...rows].join('\n')}\n`);
  const [together, apart]: [number[], number[]] = [[], []];
  for (let turn = 0; turn < Number(options.turns); turn++) {
    together.push(await train(file, 2));
    apart.push(await train(file, 1));
    console.error(
      `together ${together.at(-1)?.toFixed(1)} s, one after the other ${apart.at(-1)?.toFixed(1)} s`,
    );
  }
  const [ours, theirs] = [median(together), median(apart)];
  const peer = 'one member on one core, twice';
  const row = { case: 'two members on two cores', metric: 's', ours, peer, theirs };
  report('train-parallel', [{ ...row, ratio: theirs / ours, goal: 1.8 }], options.json);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
