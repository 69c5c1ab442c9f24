import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scoreBaseline } from '../../bench/accuracy/baselines.ts';
import { type Figures, type Result, withOwa } from '../../bench/accuracy/figures.ts';
import { type HeldOut, holdOut } from '../../bench/accuracy/held-out.ts';
import { trainAndScore } from '../../bench/accuracy/ours.ts';
import { accuracySet, type SetName, someOf } from '../../bench/accuracy/sets.ts';
import { setTable } from '../../bench/accuracy/table.ts';

const minutes = 60_000;
/** `TIDECAST_QUICK=1` is what fits a pull request: one seed, and some items of the large sets. */
const quick = process.env.TIDECAST_QUICK === '1';
const seeds = quick ? [1] : [1, 2, 3];
const items: Readonly<Partial<Record<SetName, number>>> = quick
  ? { 'm4-hourly': 100, 'm3-monthly': 300 }
  : {};
const names: readonly SetName[] = ['electricity', 'etth1', 'air-passengers', 'm4-hourly', 'm3-monthly'];

const folder = mkdtempSync(join(tmpdir(), 'tidecast-accuracy-'));
const results = new Map<SetName, Result[]>(names.map((name) => [name, []]));

/** Few points tell a share only so well: of the last twelve months one more or less is within the bounds, too. */
const slack = (points: number): number => (points < 100 ? 1 / points : 0);
const number = (value: number | null | undefined): number => value ?? Number.NaN;

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  const all = [...results].map(([set, rows]) => [set, withOwa(rows)] as const);
  writeFileSync('.cache/accuracy.json', `${JSON.stringify({ quick, results: all }, null, 2)}\n`);
  process.stdout.write(`\n${all.map(([set, rows]) => setTable(set, rows, null)).join('\n\n')}\n`);
});

describe.each(names)('%s, default configuration', (name) => {
  let held: HeldOut;
  let naive: Figures;
  const rows = results.get(name) ?? [];

  beforeAll(async () => {
    const set = accuracySet(name);
    held = await holdOut(someOf(set, items[name] ?? set.items.length), folder);
    rows.push(...(['seasonalNaive', 'naive2', 'theta'] as const).map((by) => scoreBaseline(held, by)));
    naive = (rows[0] as Result).figures;
  }, 5 * minutes);

  test.each(seeds)(
    'seed %i is ahead of seasonal naive in MASE and wQL, its 80 % interval holds 70 to 90 %, no quantiles cross',
    async (seed) => {
      const { result, crossed } = await trainAndScore(held, seed);
      rows.push(result);
      const { figures, points } = result;
      const coverage = number(figures.coverage80);
      expect({
        ...figures,
        aheadInMase: number(figures.mase) < number(naive.mase),
        aheadInWql: number(figures.wql) < number(naive.wql),
        covers: coverage > 0.7 - slack(points) && coverage < 0.9 + slack(points),
        crossed,
      }).toEqual({ ...figures, aheadInMase: true, aheadInWql: true, covers: true, crossed: 0 });
    },
    10 * minutes,
  );
});
