import { openSession, tensor } from '../../shared/graph/index.ts';
import {
  baselinesGraph,
  type ForecasterSettings,
  mixtureBaselines,
  wayBackGraph,
} from '../../shared/model/index.ts';
import { ask, column, openForecaster, seasonal, tinySettings } from '../support/forecaster.ts';

const plain = tinySettings();
const history = seasonal(60);
const ones = plain.levels.map(() => 1);

async function quantilesOf(
  mixture: ForecasterSettings['mixture'],
  options: Partial<ForecasterSettings> = {},
) {
  const settings = tinySettings({ ...options, mixture });
  const session = await openForecaster(settings, undefined, ones);
  const { quantiles } = await ask(session, [column(history)]);
  await session.release();
  return quantiles; // [horizon, level]
}

const medians = (quantiles: Float64Array): number[] => [...quantiles].filter((_, i) => i % 3 === 1);

describe('a forecast wholly of a baseline has its location', () => {
  test('naive: the last value', async () => {
    const found = medians(await quantilesOf({ baseline: 'naive', weight: 1 }));
    for (const value of found) expect(value).toBeCloseTo(history.at(-1) as number, 4);
  });

  test('seasonalNaive: the value one season before', async () => {
    const found = medians(await quantilesOf({ baseline: 'seasonalNaive', weight: 1 }));
    found.forEach((value, step) => {
      expect(value).toBeCloseTo(history.at(-7 + step) as number, 4);
    });
  });

  test('a season is repeated where the horizon is longer', async () => {
    const found = medians(await quantilesOf({ baseline: 'seasonalNaive', weight: 1 }, { horizon: 9 }));
    expect(found[7]).toBeCloseTo(history.at(-7) as number, 4);
    expect(found[8]).toBeCloseTo(history.at(-6) as number, 4);
  });

  test.each(['identity', 'log', 'asinh'] as const)(
    'without a season naive2 is the last value, and of a line Theta follows half the slope (%s)',
    async (transform) => {
      const line = Array.from({ length: 40 }, (_, t) => 100 + 2 * t);
      const settings = tinySettings({ transform, seasons: [], mixture: { baseline: 'naive2', weight: 1 } });
      const naive2 = await openForecaster(settings, undefined, ones);
      for (const value of medians((await ask(naive2, [column(line)])).quantiles))
        expect(value).toBeCloseTo(178, 2);
      const theta = await openForecaster(
        { ...settings, mixture: { baseline: 'theta', weight: 1 } },
        undefined,
        ones,
      );
      const [first = 0, second = 0] = medians((await ask(theta, [column(line)])).quantiles);
      // asinh bends the line, the others do not: half of 2 a step.
      if (transform !== 'asinh') expect(second - first).toBeCloseTo(1, 1);
      expect(first).toBeGreaterThan(178);
    },
  );
});

test.each(mixtureBaselines)('%s: half the weight is half the way, and the spread stays', async (baseline) => {
  const [own, half, whole] = [
    await quantilesOf(null),
    await quantilesOf({ baseline, weight: 0.5 }),
    await quantilesOf({ baseline, weight: 1 }),
  ];
  const spread = Math.max(...own) - Math.min(...own);
  own.forEach((value, i) => {
    expect(Math.abs((half[i] ?? 0) - (value + (whole[i] ?? 0)) / 2)).toBeLessThan(1e-4 * spread);
  });
  const width = (quantiles: Float64Array) => (quantiles[2] ?? 0) - (quantiles[0] ?? 0);
  expect(width(whole)).toBeCloseTo(width(own), 3);
});

describe('what forecasts are judged with is what is served', () => {
  const settings = tinySettings({ gaps: false });
  const { context, horizon, levels } = settings;
  const later = Array<number>(horizon).fill(1e9);
  const values = tensor('float64', [1, context + horizon, 1], [...history.slice(-context), ...later]);

  test('the baselines', async () => {
    const session = await openSession(baselinesGraph(settings));
    const { baselines } = await session.run({ values });
    await session.release();
    const back = await openSession(wayBackGraph([settings]));
    for (const [b, baseline] of mixtureBaselines.entries()) {
      const z = Array.from({ length: horizon * levels.length }, (_, i) => {
        const step = Math.floor(i / levels.length);
        return (baselines?.data[step * mixtureBaselines.length + b] as number) ?? Number.NaN;
      });
      const { quantiles } = await back.run({
        values,
        z0: tensor('float32', [1, 1, horizon, levels.length], z),
      });
      const served = medians(await quantilesOf({ baseline, weight: 1 }, { gaps: false }));
      served.forEach((value, step) => {
        expect(quantiles?.data[step * levels.length] as number).toBeCloseTo(value, 3);
      });
    }
    await back.release();
  });
});
