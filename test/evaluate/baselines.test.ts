import { type BaselineName, baselines, forecastBaseline } from '../../shared/evaluate/index.ts';
import { largestDifference } from '../support/compare.ts';

const { NaN: missing } = Number;
const names = Object.keys(baselines) as BaselineName[];
const levels = [0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 0.7, 0.8, 0.9, 0.975];
const z90 = 1.2815515655446008; // statistics.NormalDist().inv_cdf(0.9)

const run = (name: BaselineName, history: number[], season: number, horizon: number) =>
  forecastBaseline(name, { item: 'x', history: Float64Array.from(history) }, { horizon, season, levels });
/** The standard deviation of each step, from the distance of its levels 0.9 and 0.1 about the median. */
const spreads = ({ quantiles }: { quantiles: Float64Array }) =>
  Array.from({ length: quantiles.length / 10 }, (_, k) => {
    const row = quantiles.subarray(10 * k, 10 * k + 10);
    return ((row[8] as number) - (row[5] as number)) / z90;
  });
const closeTo = (actual: ArrayLike<number>, expected: number[]) =>
  expect(largestDifference(actual, expected)).toBeLessThan(1e-9);

test('naive repeats the last value; its spread grows as σ·√k, σ² the mean square of the changes', () => {
  const forecast = run('naive', [1, 3, 2, 4], 1, 3);
  closeTo(forecast.mean, [4, 4, 4]);
  closeTo(spreads(forecast), [Math.sqrt(3), Math.sqrt(6), 3]);
});

test('seasonal naive repeats the last season; its spread is σ·√(k + 1) after k complete seasons', () => {
  const forecast = run('seasonalNaive', [1, 10, 3, 14], 2, 5);
  closeTo(forecast.mean, [3, 14, 3, 14, 3]);
  closeTo(
    spreads(forecast),
    [1, 1, 2, 2, 3].map((seasons) => Math.sqrt(10 * seasons)),
  );
});

test('seasonal naive takes the newest observed value of the phase, with the spread of its age', () => {
  const forecast = run('seasonalNaive', [1, 10, 3, 14, missing], 2, 2);
  closeTo(forecast.mean, [14, 3]);
  closeTo(spreads(forecast), [Math.sqrt(10), Math.sqrt(20)]);
});

test('a change over a gap of two seasons counts with half its square', () => {
  const forecast = run('naive', [0, missing, 4, 4], 1, 1);
  closeTo(spreads(forecast), [2]); // √((16/2 + 0) / 2)
});

test('a history shorter than a season gets the last value where its phase was never seen', () => {
  closeTo(run('seasonalNaive', [7, 9], 4, 4).mean, [9, 9, 7, 9]);
});

const pattern = [0.5, 1.5, 0.8, 1.2];
const seasonal = Array.from({ length: 32 }, (_, t) => 100 * (pattern[t % 4] as number));

test.each(['naive2', 'theta'] as const)('%s continues a multiplicative season on a level', (name) => {
  const forecast = run(name, seasonal, 4, 6);
  closeTo(forecast.mean, [50, 150, 80, 120, 50, 150]);
});

test.each(['naive2', 'theta'] as const)(
  '%s continues an additive season where values are not positive',
  (name) => {
    const values = seasonal.map((value) => value - 100);
    closeTo(run(name, values, 4, 6).mean, [-50, 50, -20, 20, -50, 50]);
  },
);

test('naive2 spreads the random walk of the deseasonalised series by each season', () => {
  const last = seasonal.length - 1;
  const forecast = run(
    'naive2',
    seasonal.map((value, t) => (t === last ? value + 12 : value)),
    4,
    2,
  );
  const [first = 0, second = 0] = spreads(forecast);
  const [low = 0, high = 0] = forecast.mean;
  expect(second / first).toBeCloseTo((Math.sqrt(2) * high) / low, 9);
});

test('theta without season goes on with half the slope of a straight line', () => {
  const line = Array.from({ length: 40 }, (_, t) => 5 + 3 * t);
  const forecast = run('theta', line, 1, 3);
  expect(largestDifference(forecast.mean, [122 + 1.5, 122 + 3, 122 + 4.5])).toBeLessThan(1e-2);
});

test('theta widens as √(1 + (k − 1)·α²), so by at most √k', () => {
  const noisy = Array.from({ length: 60 }, (_, t) => 200 + ((t * t * 37) % 23));
  const [first = 0, second = 0, third = 0] = spreads(run('theta', noisy, 1, 3));
  const alphaSquared = (second / first) ** 2 - 1;
  expect(alphaSquared).toBeGreaterThan(0);
  expect((third / first) ** 2).toBeCloseTo(1 + 2 * alphaSquared, 9);
});

test.each(names)('%s forecasts a constant series as that constant, without spread', (name) => {
  const { mean, quantiles } = run(name, Array(30).fill(7), 4, 5);
  closeTo(mean, Array(5).fill(7));
  closeTo(quantiles, Array(50).fill(7));
});

test.each(names)('%s repeats a single value, and forecasts nothing but zero from nothing', (name) => {
  for (const history of [[3], [missing, 3], [3, missing, missing]])
    closeTo(run(name, history, 12, 4).mean, Array(4).fill(3));
  for (const history of [[], [missing, missing]]) closeTo(run(name, history, 12, 4).mean, Array(4).fill(0));
});

test.each(names)('%s is finite and rises over its levels for any length and gaps', (name) => {
  for (let n = 0; n < 60; n++) {
    const history = Array.from({ length: n }, (_, t) =>
      (t + n) % 5 === 0 ? missing : ((t * t * 31 + n) % 17) - 4,
    );
    const { mean, quantiles } = run(name, history, 7, 9);
    expect(mean.every(Number.isFinite) && quantiles.every(Number.isFinite)).toBe(true);
    expect(quantiles.every((q, i) => i % 10 === 0 || q >= (quantiles[i - 1] as number))).toBe(true);
  }
});

test.each(names)('%s of a series in other units is its forecast in those units', (name) => {
  const history = Array.from({ length: 50 }, (_, t) => 20 + (t % 4) * 5 + ((t * t * 13) % 11));
  const { quantiles } = run(name, history, 4, 6);
  for (const unit of [1e-6, 1e9]) {
    const scaled = run(
      name,
      history.map((value) => value * unit),
      4,
      6,
    ).quantiles.map((value) => value / unit);
    expect(largestDifference(scaled, quantiles)).toBeLessThan(1e-5);
  }
});

test.each(names)('%s goes below zero only where the history did', (name) => {
  const small = [0, 5, 0, 0, 9, 0, 1, 0, 0, 7];
  expect(run(name, small, 1, 8).quantiles.every((value) => value >= 0)).toBe(true);
  expect(run(name, [...small, -1, 6], 1, 8).quantiles.some((value) => value < 0)).toBe(true);
});

test('levels, season and horizon are checked', () => {
  const history = { item: 'x', history: Float64Array.of(1, 2) };
  const task = { horizon: 1, season: 1, levels };
  expect(() => forecastBaseline('naive', history, { ...task, horizon: 0 })).toThrow(
    'a horizon is a whole number',
  );
  expect(() => forecastBaseline('naive', history, { ...task, season: 1.5 })).toThrow(
    'a season is a whole number',
  );
  expect(() => forecastBaseline('naive', history, { ...task, levels: [0.5, 1] })).toThrow(
    'levels rise strictly',
  );
});
