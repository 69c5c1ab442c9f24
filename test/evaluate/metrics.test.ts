import { owa, type SeriesForecast, type SeriesOutcome, score } from '../../shared/evaluate/index.ts';

const levels = [0.1, 0.5, 0.9];
const { NaN: missing } = Number;
const series = (item: string, mean: number[], quantiles: number[][]): SeriesForecast => ({
  item,
  mean: Float64Array.from(mean),
  quantiles: Float64Array.from(quantiles.flat()),
});
const outcome = (item: string, target: number[], training: number[], group?: string): SeriesOutcome => ({
  item,
  group,
  target: Float64Array.from(target),
  training: Float64Array.from(training),
});

const forecasts = [
  series(
    'a',
    [11, 99, 18],
    [
      [8, 12, 13],
      [99, 99, 99],
      [10, 16, 19],
    ],
  ),
  series(
    'b',
    [1, 0, 1],
    [
      [1, 1, 3],
      [0, 0, 0],
      [0, 1, 1],
    ],
  ),
];
const outcomes = [
  outcome('a', [10, missing, 20], [1, 3, 2, 4], 'odd'),
  outcome('b', [2, 0, 0], [5, 5, 5], 'even'),
];
const scores = score(forecasts, outcomes, { levels, season: 1 });
const { overall } = scores;
const [a, b] = scores.series.map(({ metrics }) => metrics);

test('missing actual values count as no points', () => {
  expect([a?.points, b?.points, overall.points, overall.series]).toEqual([2, 3, 5, 2]);
});

test('sMAPE is 200·|y − ŷ| / (|y| + |ŷ|) in percent, 0 where both are 0, averaged over points, then over series', () => {
  expect(a?.smape).toBeCloseTo((400 / 22 + 800 / 36) / 2, 12);
  expect(b?.smape).toBeCloseTo((200 / 3 + 0 + 200) / 3, 12);
  expect(overall.smape).toBeCloseTo(((a?.smape ?? 0) + (b?.smape ?? 0)) / 2, 12);
});

test('sMAPE over points weighs every point alike', () => {
  expect(overall.smapeOverPoints).toBeCloseTo((400 / 22 + 800 / 36 + 200 / 3 + 0 + 200) / 5, 12);
});

test('MASE divides by the mean change over one season in the training part: 3 / (5/3)', () => {
  expect(a?.mase).toBeCloseTo(1.8, 12);
});

test('a series whose training part never changes is left out of MASE and counted as unscaled', () => {
  expect(b?.mase).toBeNaN();
  expect([overall.mase, overall.unscaled]).toEqual([a?.mase, 1]);
});

test('the scale of MASE takes only pairs of observed values a season apart', () => {
  const scored = score(
    [forecasts[0] as SeriesForecast],
    [outcome('a', [10, missing, 20], [1, 5, missing, 9, 4])],
    {
      levels,
      season: 2,
    },
  );
  expect(scored.overall.mase).toBeCloseTo(3 / 4, 12); // only 5 → 9 is observed at both ends
});

test('a training part shorter than a season gives no MASE', () => {
  const scored = score(forecasts, outcomes, { levels, season: 7 }).overall;
  expect([scored.mase, scored.unscaled]).toEqual([missing, 2]);
});

test('RMSE and bias take the mean forecast: √(7 / 5) and −1 / 32', () => {
  expect(overall.rmse).toBeCloseTo(Math.sqrt(1.4), 12);
  expect(overall.bias).toBeCloseTo(-1 / 32, 12);
});

test('WAPE is a ratio of sums over all points: 8 / 32', () => {
  expect(overall.wape).toBe(0.25);
});

test('wQL is twice the pinball loss over the sum of |y|, per level and as their mean', () => {
  expect(overall.levels.map(({ level }) => level)).toEqual(levels);
  [2.6 / 32, 8 / 32, 2.8 / 32].forEach((expected, j) => {
    expect(overall.levels[j]?.wql).toBeCloseTo(expected, 12);
  });
  expect(overall.wql).toBeCloseTo(13.4 / 32 / 3, 12);
});

test('coverage is the share of actual values within a central interval, bounds included', () => {
  expect(a?.intervals).toEqual([{ interval: 0.8, coverage: 0.5 }]);
  expect(overall.intervals).toEqual([{ interval: 0.8, coverage: 0.8 }]);
});

test('levels without a mirror image make no interval, the widest interval comes first', () => {
  const wide = [0.025, 0.1, 0.3, 0.9, 0.975];
  const forecast = series('a', [1], [[0, 1, 2, 3, 4]]);
  const { intervals } = score([forecast], [outcome('a', [0.5], [1, 2])], { levels: wide, season: 1 }).overall;
  expect(intervals).toEqual([
    { interval: 0.95, coverage: 1 },
    { interval: 0.8, coverage: 0 },
  ]);
});

test('a group is scored like all series, over its own', () => {
  expect(scores.groups).toEqual([
    { group: 'odd', metrics: a },
    { group: 'even', metrics: b },
  ]);
});

test('ŷ is the median; the mean on request, and where 0.5 is no level', () => {
  const byMean = (settings: object) =>
    score(forecasts, outcomes, { levels, season: 1, ...settings }).overall.wape;
  expect(byMean({})).toBe(8 / 32);
  expect(byMean({ point: 'mean' })).toBe(5 / 32);
  expect(byMean({ levels: [0.1, 0.4, 0.9] })).toBe(5 / 32);
  expect(() => byMean({ levels: [0.1, 0.4, 0.9], point: 'median' })).toThrow(
    'scoring the median needs the level 0.5',
  );
});

test('nothing observed gives NaN, not zero', () => {
  const { metrics } = score(
    [forecasts[1] as SeriesForecast],
    [outcome('b', [missing, missing, missing], [1, 2])],
    {
      levels,
      season: 1,
    },
  ).series[0] ?? { metrics: undefined };
  expect([metrics?.series, metrics?.points]).toEqual([0, 0]);
  expect([metrics?.smape, metrics?.mase, metrics?.rmse, metrics?.wape, metrics?.wql]).toEqual(
    Array(5).fill(missing),
  );
});

test('OWA is the mean of sMAPE and MASE relative to Naive2', () => {
  expect(owa({ smape: 9.328, mase: 0.893 }, { smape: 18.383, mase: 2.395 })).toBeCloseTo(0.44, 3); // M4 hourly, ES-RNN
});

test('an observed value without a forecast is refused with its place', () => {
  const broken = series(
    'a',
    [11, 99, 18],
    [
      [8, 12, 13],
      [99, 99, 99],
      [10, missing, 19],
    ],
  );
  expect(() => score([broken], outcomes.slice(0, 1), { levels, season: 1 })).toThrow(
    'every observed value needs a forecast, got NaN for "a", step 3',
  );
});

test('forecasts in another order, of another length or with other levels are refused', () => {
  const settings = { levels, season: 1 };
  expect(() => score([...forecasts].reverse(), outcomes, settings)).toThrow('got "b" and "a" at position 1');
  expect(() => score(forecasts, outcomes.slice(0, 1), settings)).toThrow(
    'got "b" and undefined at position 2',
  );
  expect(() => score(forecasts, outcomes, { ...settings, levels: [0.1, 0.9] })).toThrow(
    '9 quantiles for "a"',
  );
  expect(() => score(forecasts, outcomes, { ...settings, levels: [0.5, 0.1, 0.9] })).toThrow(
    'levels rise strictly',
  );
  expect(() => score(forecasts, outcomes, { ...settings, season: 0 })).toThrow('a season is a whole number');
});
