import type { ItemForecast } from '../../shared/forecast/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { type Daily, forecastsOf } from '../support/daily.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('real-life');
const configuration = { members: 1, units: 8, budget: '20steps', horizon: 7 };
const random = createRandom(7);
const many = (length: number, value: (t: number) => number | string) =>
  Array.from({ length }, (_, t) => value(t));
const few = (mean: number) => Math.max(0, Math.round(mean + 2 * random.normal()));

/** Trains on daily series with the default rules, and forecasts all of them from their ends: all numbers are finite. */
async function forecasts(series: Daily) {
  const { of, settings } = await forecastsOf(folder, series, configuration);
  for (const item of Object.keys(series)) {
    const { quantiles, mean } = of(item);
    expect([...quantiles, ...mean].every(Number.isFinite)).toBe(true);
  }
  return { of, levels: settings.levels.length, settings };
}

const least = ({ quantiles, mean }: ItemForecast) => Math.min(...quantiles, ...mean);

test('short, missing, constant and very long series side by side are forecast, none below zero', async () => {
  const { of, levels, settings } = await forecasts({
    usual: many(200, (t) => 50 + 10 * Math.sin((2 * Math.PI * t) / 7) + random.normal()),
    long: many(20_000, (t) => 30 + 5 * Math.sin((2 * Math.PI * t) / 7) + random.normal()),
    point: [5],
    two: [1, 2],
    empty: many(50, () => ''),
    constant: many(120, () => 7),
    gap: many(150, (t) => (t > 50 && t < 120 ? '' : 5 + Math.abs(random.normal()))),
    tail: many(150, (t) => (t > 100 ? '' : 5 + Math.abs(random.normal()))),
  });
  expect(settings.integers).toBe(false);
  for (const name of ['usual', 'long', 'point', 'two', 'empty', 'constant', 'gap', 'tail']) {
    expect(least(of(name))).toBeGreaterThanOrEqual(0);
  }
  const median = of('constant').quantiles[Math.floor(levels / 2)] ?? Number.NaN;
  expect(Math.abs(median - 7)).toBeLessThan(0.1);
  expect(Math.abs((of('point').mean[0] ?? Number.NaN) - 5)).toBeLessThan(0.5);
}, 240_000);

test('intermittent counts, mostly zeros, get whole quantiles from zero on', async () => {
  const { of, settings } = await forecasts({
    ...Object.fromEntries(many(6, (i) => i).map((i) => [`s${i}`, many(150, (t) => (t % 3 ? 0 : few(3)))])),
    zeros: many(100, () => 0),
    counts: many(150, (t) => few(8 + 3 * Math.sin((2 * Math.PI * t) / 7))),
  });
  expect(settings.integers).toBe(true);
  for (const name of ['s0', 'zeros', 'counts']) {
    expect(least(of(name))).toBeGreaterThanOrEqual(0);
    expect([...of(name).quantiles].every(Number.isInteger)).toBe(true);
  }
  expect([...of('zeros').quantiles].every((value) => value === 0)).toBe(true);
}, 240_000);

test('negative values, spikes and a level shift are forecast near where the series ended', async () => {
  const { of, settings } = await forecasts({
    shift: many(200, (t) => (t > 150 ? 1000 : 10) + random.normal()),
    negative: many(200, () => -50 + 3 * random.normal()),
    spikes: many(200, (t) => (t % 37 === 5 ? -300 : 20) + 3 * random.normal()),
    whole: many(200, () => Math.round(5 * random.normal())),
  });
  expect(settings.integers).toBe(false);
  expect(Math.abs((of('shift').mean[0] ?? Number.NaN) - 1000)).toBeLessThan(200);
  expect(Math.abs((of('negative').mean[0] ?? Number.NaN) + 50)).toBeLessThan(30);
}, 240_000);
