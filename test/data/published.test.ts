import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { scoreBaseline } from '../../bench/accuracy/baselines.ts';
import { joinSets, type Result, withOwa } from '../../bench/accuracy/figures.ts';
import { holdOut } from '../../bench/accuracy/held-out.ts';
import { accuracySet, type SetName } from '../../bench/accuracy/sets.ts';
import type { BaselineName } from '../../shared/evaluate/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidecast-published-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Baselines on a set, by name, as the benchmark scores them. */
async function scored(set: SetName, names: readonly BaselineName[]): Promise<ReadonlyMap<string, Result>> {
  const held = await holdOut(accuracySet(set), folder);
  return new Map(withOwa(names.map((name) => scoreBaseline(held, name))).map((one) => [one.by, one]));
}

/** Both rounded to as many decimals as were published. */
const published = (actual: number | null | undefined, expected: number, decimals: number) =>
  expect(actual?.toFixed(decimals)).toBe(expected.toFixed(decimals));

describe('M4 hourly, every published digit', () => {
  const rows = { seasonalNaive: [13.912, 1.193], naive2: [18.383, 2.395], theta: [18.138, 2.455] } as const;
  let results: ReadonlyMap<string, Result>;
  beforeAll(async () => {
    results = await scored('m4-hourly', ['seasonalNaive', 'naive2', 'theta', 'ets']);
  });

  test.each(Object.entries(rows))('%s has sMAPE and MASE %p', (name, [smape, mase]) => {
    const result = results.get(name);
    published(result?.figures.smape, smape, 3);
    published(result?.figures.mase, mase, 3);
    expect([result?.series, result?.points, result?.scaled]).toEqual([414, 414 * 48, 414]);
  });

  test('OWA of theta is 1.006, of naive2 1', () => {
    published(results.get('theta')?.figures.owa, 1.006, 3);
    expect(results.get('naive2')?.figures.owa).toBe(1);
  });

  test.each([...Object.keys(rows), 'ets'])('the 80 %% interval of %s holds 70 to 90 %%', (name) => {
    const held = results.get(name)?.figures.coverage80;
    expect(held).toBeGreaterThan(0.7);
    expect(held).toBeLessThan(0.9);
  });
});

/**
 * sMAPE over points. The program behind M3's published Theta is not public, and the method as described gives
 * other figures: ../shared/RECIPE.md measured 16.76 / 9.19 / 13.93 / 4.92 with another implementation. `ours` fixes
 * our numbers, `within` states how far they may be from the published ones, as a share of them. `ets` is the MASE of
 * AutoETS as ../shared/data/README.md has it, of `other` that of statsforecast 2.1.1, which repeats the published ones:
 * AutoETS(season_length=1, model='ZZZ'). Its models are chosen from more and fitted otherwise.
 */
const m3 = [
  {
    name: 'm3-yearly',
    seasonalMase: 3.172,
    theta: { published: 16.9, ours: 16.759, within: 0.01 },
    ets: 2.695,
  },
  {
    name: 'm3-quarterly',
    seasonalMase: 1.425,
    theta: { published: 8.96, ours: 9.316, within: 0.04 },
    ets: 1.144,
  },
  {
    name: 'm3-monthly',
    seasonalMase: 1.146,
    theta: { published: 13.85, ours: 13.888, within: 0.01 },
    ets: 0.863,
  },
  { name: 'm3-other', seasonalMase: 3.089, theta: { published: 4.41, ours: 4.92, within: 0.12 }, ets: 1.801 },
] as const;
const thetas: Result[] = [];

describe.each(m3)('$name', ({ name, seasonalMase, theta, ets }) => {
  let results: ReadonlyMap<string, Result>;
  beforeAll(async () => {
    results = await scored(name, ['seasonalNaive', 'theta', 'ets']);
    thetas.push(...[results.get('theta')].filter((one) => one !== undefined));
  });

  test(`seasonal naive has MASE ${seasonalMase}`, () => {
    published(results.get('seasonalNaive')?.figures.mase, seasonalMase, 3);
  });

  test(`theta has sMAPE ${theta.ours}, within ${100 * theta.within} % of the published ${theta.published}`, () => {
    const smape = results.get('theta')?.figures.smape ?? Number.NaN;
    published(smape, theta.ours, 3);
    expect(Math.abs(smape / theta.published - 1)).toBeLessThan(theta.within);
  });

  test(`ets has the MASE of AutoETS, ${ets}, within 3 %`, () => {
    const mase = results.get('ets')?.figures.mase ?? Number.NaN;
    process.stdout.write(`${name}: MASE of ets ${mase.toFixed(3)}, published ${ets}\n`);
    expect(Math.abs(mase / ets - 1)).toBeLessThan(0.03);
  });
});

test('theta on all of M3 has sMAPE 13.104 over 37,014 points', () => {
  const { figures, points, series } = joinSets('m3', thetas);
  published(figures.smape, 13.104, 3);
  expect([points, series]).toEqual([37_014, 3003]);
});
