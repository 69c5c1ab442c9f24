import {
  type BaselineName,
  forecastBaseline,
  type Metrics,
  owa,
  score,
} from '../../shared/evaluate/index.ts';
import { longSeries } from '../support/data.ts';

const levels = [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.975];

function competition(name: string, season: number, horizon: number) {
  const test = longSeries(`${name}.test.csv.gz`);
  const outcomes = [...longSeries(`${name}.train.csv.gz`)].map(([item, training]) => ({
    item,
    training,
    target: test.get(item) ?? new Float64Array(),
  }));
  const metrics = (baseline: BaselineName): Metrics => {
    const forecasts = outcomes.map(({ item, training }) =>
      forecastBaseline(baseline, { item, history: training }, { horizon, season, levels }),
    );
    return score(forecasts, outcomes, { levels, season }).overall;
  };
  const known = new Map<BaselineName, Metrics>();
  return (baseline: BaselineName): Metrics => {
    const found = known.get(baseline) ?? metrics(baseline);
    known.set(baseline, found);
    return found;
  };
}

/** Both rounded to as many decimals as were published. */
const published = (actual: number, expected: number, decimals: number) =>
  expect(actual.toFixed(decimals)).toBe(expected.toFixed(decimals));

describe('M4 hourly, every published digit', () => {
  const baseline = competition('m4-hourly', 24, 48);
  const rows = { seasonalNaive: [13.912, 1.193], naive2: [18.383, 2.395], theta: [18.138, 2.455] } as const;

  test.each(Object.entries(rows))('%s has sMAPE and MASE %p', (name, [smape, mase]) => {
    const metrics = baseline(name as BaselineName);
    published(metrics.smape, smape, 3);
    published(metrics.mase, mase, 3);
    expect([metrics.series, metrics.points, metrics.unscaled]).toEqual([414, 414 * 48, 0]);
  });

  test('OWA of theta is 1.006, of naive2 1', () => {
    const naive2 = baseline('naive2');
    published(owa(baseline('theta'), naive2), 1.006, 3);
    expect(owa(naive2, naive2)).toBe(1);
  });

  test.each(Object.keys(rows))('the 80 %% interval of %s holds 70 to 90 %%', (name) => {
    const held = baseline(name as BaselineName).intervals.find(({ interval }) => interval === 0.8)?.coverage;
    expect(held).toBeGreaterThan(0.7);
    expect(held).toBeLessThan(0.9);
  });
});

/**
 * sMAPE over points. The program behind M3's published Theta is not public, and the method as described gives
 * other figures: ../shared/RECIPE.md measured 16.76 / 9.19 / 13.93 / 4.92 with another implementation. `ours` fixes
 * our numbers, `within` states how far they may be from the published ones, as a share of them.
 */
const m3 = [
  {
    name: 'yearly',
    season: 1,
    horizon: 6,
    seasonalMase: 3.172,
    theta: { published: 16.9, ours: 16.759, within: 0.01 },
  },
  {
    name: 'quarterly',
    season: 4,
    horizon: 8,
    seasonalMase: 1.425,
    theta: { published: 8.96, ours: 9.316, within: 0.04 },
  },
  {
    name: 'monthly',
    season: 12,
    horizon: 18,
    seasonalMase: 1.146,
    theta: { published: 13.85, ours: 13.888, within: 0.01 },
  },
  {
    name: 'other',
    season: 1,
    horizon: 8,
    seasonalMase: 3.089,
    theta: { published: 4.41, ours: 4.92, within: 0.12 },
  },
];

describe.each(m3)('M3 $name', ({ name, season, horizon, seasonalMase, theta }) => {
  const baseline = competition(`m3-${name}`, season, horizon);

  test(`seasonal naive has MASE ${seasonalMase}`, () => {
    published(baseline('seasonalNaive').mase, seasonalMase, 3);
  });

  test(`theta has sMAPE ${theta.ours}, within ${100 * theta.within} % of the published ${theta.published}`, () => {
    const { smapeOverPoints } = baseline('theta');
    published(smapeOverPoints, theta.ours, 3);
    expect(Math.abs(smapeOverPoints / theta.published - 1)).toBeLessThan(theta.within);
  });
});
