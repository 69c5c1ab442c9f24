/**
 * What is each ingredient of a network worth? One member is trained with and without it on the training part of public
 * sets and judged as trials are: the best loss in the data's units on the older half of the holdout's windows. No test
 * part is looked at. `theirs` is the loss without the ingredient; a ratio above 1 says that it helps.
 *
 * Arguments: names of sets; by default the four that ablations.ts names. Options:
 * --seeds 1,2     their losses are averaged
 * --json
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { loadPrepared, type Prepared, plan, trialLoss } from '../shared/jobs/index.ts';
import { fileStore } from '../shared/store/index.ts';
import { ablationSets, ablations } from './accuracy/ablations.ts';
import { configurationOf, type HeldOut, holdOut } from './accuracy/held-out.ts';
import { accuracySet, setNames } from './accuracy/sets.ts';
import { report, type ShownRow } from './support/report.ts';

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false }, seeds: { type: 'string', default: '1,2' } },
});
const seeds = options.seeds.split(',').map(Number);
const named = positionals.length > 0 ? positionals : ablationSets;
const names = setNames.filter((name) => named.includes(name));
if (names.length < named.length || !seeds.every(Number.isInteger)) {
  console.error(
    `sets must be some of ${setNames.join(', ')} and seeds whole numbers, got: ${process.argv.slice(2)}`,
  );
  process.exit(2);
}

/** Far enough for differences to settle; the best of them counts, so that no variant is judged when overfitted. */
const looks = [100, 150, 220, 330, 500, 800];

/** What the job decides for the training part of a set. */
async function planned(held: HeldOut, seed: number): Promise<Prepared> {
  const store = fileStore(join(held.folder, 'store'));
  const [dataset, job] = [held.name, `seed${seed}`];
  const configuration = configurationOf(held.configuration, { seed });
  await plan({ store, dataset, job, files: [held.training], configuration, parent: null });
  return loadPrepared(store, dataset, job);
}

const mean = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0) / numbers.length;

async function measure(held: HeldOut): Promise<readonly ShownRow[]> {
  const wholes = await Promise.all(seeds.map((seed) => planned(held, seed)));
  const lossOf = async (change: (prepared: Prepared) => Prepared): Promise<number> => {
    const losses: number[] = [];
    for (const whole of wholes) losses.push(await trialLoss(change(whole), looks));
    return mean(losses);
  };
  const ours = await lossOf((whole) => whole);
  const rows: ShownRow[] = [];
  for (const { name, changed } of ablations) {
    const [one] = wholes;
    if (!one || !changed(one)) continue;
    const theirs = await lossOf((whole) => changed(whole) ?? whole);
    console.error(`${held.name}, ${name}: ${theirs.toPrecision(4)}, as it is ${ours.toPrecision(4)}`);
    rows.push({
      case: held.name,
      metric: 'loss',
      ours,
      peer: name,
      theirs,
      ratio: theirs / ours,
      goal: null,
      shown: { without: name },
    });
  }
  return rows;
}

const table: ShownRow[] = [];
for (const name of names) {
  const folder = mkdtempSync(join(tmpdir(), 'tidecast-ablation-'));
  try {
    table.push(...(await measure(await holdOut(accuracySet(name), folder))));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
report('ablation', table, options.json);
