import fc from 'fast-check';
import { choose } from '../../shared/evaluate/baselines/ets/index.ts';
import { seasons, trends } from '../../shared/evaluate/baselines/ets/models.ts';
import { forecastBaseline } from '../../shared/evaluate/index.ts';
import { createRandom } from '../../shared/random/index.ts';

const levels = [0.025, 0.1, 0.5, 0.9, 0.975];
const run = (history: Float64Array, season: number, horizon = 9) =>
  forecastBaseline('ets', { item: 'x', history }, { horizon, season, levels });

/** Level, slope, a wave of one season and noise; all of it above zero for a large level. */
function series({ seed = 1, length = 60, level = 0, slope = 0, wave = 0, season = 1, noise = 1 }) {
  const random = createRandom(seed);
  return Float64Array.from(
    { length },
    (_, t) =>
      level + slope * t + wave * Math.sin((2 * Math.PI * (t % season)) / season) + noise * random.normal(),
  );
}

const nasty = fc.oneof(
  fc.constant(Number.NaN),
  fc.constant(0),
  fc.integer({ min: -3, max: 3 }),
  fc.double({ min: -1e12, max: 1e12, noNaN: true }),
  fc.double({ min: 1e-12, max: 1, noNaN: true }),
);
const positive = fc.oneof(
  fc.double({ min: 1e-9, max: 1e-6, noNaN: true }),
  fc.double({ min: 0.5, max: 2, noNaN: true }),
  fc.double({ min: 1e6, max: 1e9, noNaN: true }),
);

test.each([
  ['of anything', nasty],
  ['of positive values of all sizes', positive],
])('series %s get finite forecasts with rising quantiles', (_, values) => {
  fc.assert(
    fc.property(fc.array(values, { maxLength: 60 }), fc.constantFrom(1, 2, 4, 7, 24), (history, season) => {
      const { mean, quantiles } = run(Float64Array.from(history), season, 60);
      expect(mean.every(Number.isFinite) && quantiles.every(Number.isFinite)).toBe(true);
      expect(quantiles.every((q, i) => i % 5 === 0 || q >= (quantiles[i - 1] as number))).toBe(true);
    }),
    { seed: 1, numRuns: 150 },
  );
});

test.each([1e-12, 1e-6, 1e9, 1e140])('a series times %p has the forecast times as much', (unit) => {
  fc.assert(
    fc.property(
      fc.record({
        seed: fc.integer({ min: 1, max: 1000 }),
        length: fc.integer({ min: 5, max: 90 }),
        level: fc.constantFrom(0, 20, 1000),
        slope: fc.constantFrom(0, 0.5),
        wave: fc.constantFrom(0, 8),
        season: fc.constantFrom(1, 4, 12),
      }),
      (kind) => {
        const history = series(kind);
        const { quantiles } = run(history, kind.season);
        const scaled = run(
          history.map((value) => value * unit),
          kind.season,
        ).quantiles;
        const size = history.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
        quantiles.forEach((value, i) => {
          expect(Math.abs((scaled[i] as number) / unit - value)).toBeLessThan(1e-6 * size);
        });
      },
    ),
    { seed: 1, numRuns: 100 },
  );
});

const chosen = (kind: Parameters<typeof series>[0]) => {
  const values = series(kind);
  const unit = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
  return choose(
    values.map((value) => value / unit),
    kind.season ?? 1,
  )?.model;
};

test('AICc chooses neither trend nor season where there is none, and each where it is', () => {
  expect(chosen({ level: 50 })).toEqual({ trend: trends.none, season: seasons.none });
  expect(chosen({ level: 50, slope: 2 })?.trend).toBe(trends.additive);
  expect(chosen({ wave: 10, season: 4 })).toEqual({ trend: trends.none, season: seasons.additive });
});

test('a season that grows with the level is multiplicative, but only where all values are positive', () => {
  const grown = Float64Array.from({ length: 96 }, (_, t) => {
    const index = 1 + 0.5 * Math.sin((2 * Math.PI * t) / 12);
    return (1 + t / 20) * index * (1 + 0.03 * Math.sin(t * t));
  });
  const unit = Math.max(...grown);
  const values = grown.map((value) => value / unit);
  expect(choose(values, 12)?.model.season).toBe(seasons.multiplicative);
  values[3] = 0;
  expect(choose(values, 12)?.model.season).toBe(seasons.additive);
});

test('a straight line goes on, and a repeated pattern is repeated, without spread', () => {
  const line = run(
    Float64Array.from({ length: 40 }, (_, t) => 5 + 3 * t),
    1,
    3,
  );
  line.mean.forEach((value, k) => {
    expect(value).toBeCloseTo(5 + 3 * (40 + k), 1);
  });
  const pattern = Float64Array.from({ length: 40 }, (_, t) => [1, 7, 3, 5][t % 4] as number);
  run(pattern, 4, 8).quantiles.forEach((value, i) => {
    expect(value).toBeCloseTo([1, 7, 3, 5][Math.floor(i / 5) % 4] as number, 3);
  });
});

test('fewer than five values get the forecast of the last value', () => {
  for (let n = 0; n < 5; n++) {
    const history = Float64Array.from({ length: n }, (_, t) => 3 + ((t * 7) % 4));
    const { mean, quantiles } = run(history, 4);
    const { item: _, ...naive } = forecastBaseline(
      'naive',
      { item: 'x', history },
      { horizon: 9, season: 4, levels },
    );
    expect({ mean, quantiles }).toEqual(naive);
  }
});

test('what lies more than 500 values and ten seasons back says nothing', () => {
  const newest = series({ length: 500, level: 10, wave: 3, season: 24 });
  const older = Float64Array.from([...series({ length: 100, level: -1000, noise: 50 }), ...newest]);
  expect(run(older, 24).mean).toEqual(run(newest, 24).mean);
});
