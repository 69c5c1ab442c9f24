import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type HeldOut, holdOut, type Row, scoreBaselines, trainAndScore } from './accuracy.ts';
import { accuracySets, quick } from './sets.ts';
import { printTable } from './table.ts';

const minutes = 60_000;
const seeds = quick ? [1] : [1, 2, 3];
const folder = mkdtempSync(join(tmpdir(), 'tidecast-accuracy-'));
const rows: Row[] = [];

/** Few points tell a share only so well: of the last twelve months one more or less is within the bounds, too. */
const slack = (points: number): number => (points < 100 ? 1 / points : 0);

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
  writeFileSync('.cache/accuracy.json', `${JSON.stringify({ quick, rows }, null, 2)}\n`);
  process.stdout.write(`\n${printTable(rows)}\n`);
});

describe.each(Object.entries(accuracySets))('%s, default configuration', (_, make) => {
  let held: HeldOut;
  let naive: Row | undefined;

  beforeAll(async () => {
    held = await holdOut(make(), folder);
    const baselines = await scoreBaselines(held);
    naive = baselines.get('seasonalNaive');
    rows.push(...baselines.values());
  }, 5 * minutes);

  test.each(seeds)(
    'seed %i is ahead of seasonal naive in MASE and wQL, its 80 % interval holds 70 to 90 %, no quantiles cross',
    async (seed) => {
      const { crossed, ...row } = await trainAndScore(held, seed);
      rows.push(row);
      expect({
        ...row,
        aheadInMase: row.mase < (naive?.mase ?? Number.NaN),
        aheadInWql: row.wql < (naive?.wql ?? Number.NaN),
        covers: row.coverage > 0.7 - slack(row.points) && row.coverage < 0.9 + slack(row.points),
        crossed,
      }).toEqual({ ...row, aheadInMase: true, aheadInWql: true, covers: true, crossed: 0 });
    },
    10 * minutes,
  );
});
