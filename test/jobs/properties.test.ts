import type { ConfigurationInput } from '../../shared/documents/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { type Forecasts, forecastsOf } from '../support/daily.ts';
import { distance } from '../support/forecaster.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('properties');
const horizon = 7;
const days = 100;
const small: ConfigurationInput = {
  members: 1,
  units: 8,
  budget: '40steps',
  horizon,
  quantiles: [0.1, 0.5, 0.9],
};
const many = <T>(value: T): T[] => Array<T>(days).fill(value);

type Panel = Readonly<Record<string, readonly number[]>>;
const each = (panel: Panel, change: (values: readonly number[]) => readonly number[]): Panel =>
  Object.fromEntries(Object.entries(panel).map(([item, values]) => [item, change(values)]));

/** Six items, each by a walk and by waves and noise of its own. */
const six = (
  length: number,
  value: (item: number, walk: number, wave: number, noise: number) => number,
): Panel =>
  Object.fromEntries(
    Array.from({ length: 6 }, (_, item) => {
      const random = createRandom(item + 1);
      let walk = 0;
      const values = Array.from({ length }, (_day, t) => {
        walk += random.normal();
        return value(item, walk + 0.5 * t, Math.sin((2 * Math.PI * t) / 7), random.normal());
      });
      return [`item ${item}`, values];
    }),
  );

/** From 1 to 300, with a season that grows with the level. */
const positive = six(days + horizon, (item, walk, wave, noise) =>
  Math.exp(1.15 * item + 0.02 * walk + 0.5 * wave + 0.1 * noise),
);
const seen = each(positive, (values) => values.slice(0, days));

/** The largest distance between an item's forecasts, in widths of its interval, the first ones brought back. */
function apart(found: Forecasts, expected: Forecasts, undo: (value: number) => number): number {
  const items = Object.keys(seen).map((item) => {
    const { quantiles, mean } = found.of(item);
    return distance({ quantiles: quantiles.map(undo), mean: mean.map(undo) }, expected.of(item));
  });
  return Math.max(...items);
}

/** The mean error of the medians of the six items over the horizon that was held out, as a share of what came. */
function errorOf({ of, settings: { levels } }: Forecasts): number {
  const errors = Object.entries(positive).flatMap(([item, values]) =>
    values.slice(days).map((actual, step) => {
      const median = of(item).quantiles[step * levels.length + levels.indexOf(0.5)] ?? Number.NaN;
      return Math.abs(median - actual) / actual;
    }),
  );
  return errors.reduce((a, b) => a + b) / errors.length;
}

let plain: Forecasts;
beforeAll(async () => {
  plain = await forecastsOf(folder, seen, small);
}, 240_000);

// The network meets the same numbers but for the last digits of float64, which float32 hardly ever shows. One of its
// own digits (6e-8) may grow over 40 steps of training; a scale that is not taken out is off by whole widths.
test.each([1e-6, 1e9])(
  'a positive panel times %p is forecast as that times its forecast',
  async (factor) => {
    const scaled = await forecastsOf(
      folder,
      each(seen, (values) => values.map((y) => y * factor)),
      small,
    );
    expect(apart(scaled, plain, (y) => y / factor)).toBeLessThan(1e-3);
  },
  240_000,
);

// All items cross zero: one that was never below it is not forecast below it, wherever it lies.
test('an additive panel shifted by -1000 is forecast as its forecast shifted by that', async () => {
  const additive = six(days, (item, walk, wave, noise) => 0.3 * walk - 8 + (item + 1) * (3 * wave + noise));
  const identity: ConfigurationInput = { ...small, transform: 'identity' };
  const expected = await forecastsOf(folder, additive, identity);
  const shifted = await forecastsOf(
    folder,
    each(additive, (values) => values.map((y) => y - 1000)),
    identity,
  );
  expect(apart(shifted, expected, (y) => y + 1000)).toBeLessThan(1e-3);
}, 240_000);

// What differs is chance: batches are drawn in another order.
test.each([
  ['a constant series', many(7)],
  ['a series of zeros', many(0)],
  ['an all-missing series', many('')],
  ['a duplicate of a series', seen['item 2'] ?? []],
])(
  '%s beside the others changes their error on a held-out week by less than a sixth',
  async (_name, more) => {
    const error = errorOf(await forecastsOf(folder, { ...seen, more }, small));
    expect(Math.abs(error / errorOf(plain) - 1)).toBeLessThan(1 / 6);
  },
  240_000,
);

test('a panel of nothing but zeros, of which no error can be told, is forecast as zeros', async () => {
  const { of } = await forecastsOf(folder, { a: many(0), b: many(0) }, small);
  expect(Math.max(...of('a').quantiles.map(Math.abs))).toBe(0);
}, 240_000);
