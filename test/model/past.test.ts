import fc from 'fast-check';
import { staticTensors } from '../../shared/forecast/index.ts';
import { openSession, type Session, tensor } from '../../shared/graph/index.ts';
import { rowNames } from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { featureGraph } from '../../shared/train/index.ts';
import {
  ask,
  column,
  distance,
  openForecaster,
  type Rows,
  seasonal,
  tinySettings,
} from '../support/forecaster.ts';

const nan = Number.NaN;
const settings = tinySettings({
  past: 2,
  statics: [
    { name: 'size', kind: 'number', mean: 10, deviation: 3 },
    { name: 'region', kind: 'category', values: ['north', 'south'] },
  ],
});
const { context, horizon } = settings;
const names = rowNames(settings);

let features: Session;
let forecaster: Session;
beforeAll(async () => {
  features = await openSession(featureGraph(settings));
  forecaster = await openForecaster(settings);
});
afterAll(() => Promise.all([features.release(), forecaster.release()]));

/** The rows of past covariates, `[time][row]`, of a context of values. */
async function rowsOf(past: readonly (readonly number[])[]): Promise<number[][]> {
  const values = [...seasonal(context), ...Array<number>(horizon).fill(nan)];
  const { rows } = await features.run({
    values: tensor('float64', [1, context + horizon, 1], values),
    past: tensor('float64', [1, context, 2], past.flat()),
  });
  const all = rows?.data as Float32Array;
  const first = names.indexOf('past0');
  return Array.from({ length: context }, (_, t) =>
    Array.from(all.subarray(t * names.length + first, (t + 1) * names.length)),
  );
}

const noise = (seed: number): number[][] => {
  const random = createRandom(seed);
  return Array.from({ length: context }, () => [100 + random.normal(), random.normal()]);
};

test('a past covariate is set against the mean and deviation until then, and so is its mean of 24 periods', async () => {
  const past = noise(1);
  const rows = await rowsOf(past);
  for (const t of [1, 5, 23, 24, context - 1]) {
    for (const k of [0, 1]) {
      const until = past.slice(0, t + 1).map((row) => row[k] ?? nan);
      const mean = until.reduce((a, b) => a + b) / until.length;
      const deviation = Math.sqrt(until.reduce((a, b) => a + (b - mean) ** 2, 0) / until.length);
      const recent = until.slice(-24);
      const lately = recent.reduce((a, b) => a + b) / recent.length;
      const now = Math.max(-5, Math.min(5, ((until.at(-1) ?? nan) - mean) / deviation));
      expect(rows[t]?.[2 * k]).toBeCloseTo(now, 4);
      expect(rows[t]?.[2 * k + 1]).toBeCloseTo((lately - mean) / deviation, 4);
    }
  }
});

const change = fc.oneof(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constant(nan));

test('what a past covariate is after an origin reaches no feature at it, bit for bit', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.nat(1000),
      fc.integer({ min: 0, max: context - 2 }),
      fc.array(fc.tuple(change, change), { minLength: context, maxLength: context }),
      async (seed, origin, later) => {
        const past = noise(seed);
        const changed = past.map((row, t) => (t > origin ? (later[t] ?? row) : row));
        const [before, after] = [await rowsOf(past), await rowsOf(changed)];
        expect(after.slice(0, origin + 1)).toEqual(before.slice(0, origin + 1));
      },
    ),
    { numRuns: 50, seed: 3 },
  );
});

test('what it is at an origin, and what it was before, does reach the features there', async () => {
  const past = noise(2);
  const before = await rowsOf(past);
  for (const at of [context - 1, context - 10]) {
    const after = await rowsOf(past.map((row, t) => (t === at ? [103, 3] : row)));
    expect(after[context - 1]).not.toEqual(before[context - 1]);
    expect(after.slice(0, at)).toEqual(before.slice(0, at));
  }
});

test('a past covariate in other units, or on another level, gives the same features within 1e-4', async () => {
  const past = noise(4);
  const expected = (await rowsOf(past)).flat();
  for (const units of [(x: number) => 1e-6 * x, (x: number) => 1e9 * x, (x: number) => x + 1e5]) {
    const found = (await rowsOf(past.map((row) => row.map(units)))).flat();
    expect(Math.max(...found.map((value, i) => Math.abs(value - (expected[i] ?? nan))))).toBeLessThan(1e-4);
  }
});

const statics = (values: Readonly<Record<string, number | string | null>>) =>
  staticTensors(settings.statics, [values]);
const history = column(seasonal(context));
const forecast = (past: Rows, values = {}) =>
  ask(forecaster, [history], { past: [past], statics: statics(values) });

test('the forecaster asks for past and static covariates by the names of the contract', () => {
  expect(forecaster.inputs).toEqual(['history', 'start', 'past', 'static_number', 'static_category']);
});

test('each past covariate, each number and each category changes the forecast', async () => {
  const given = { size: 12, region: 'south' };
  const expected = await forecast(noise(5), given);
  for (const k of [0, 1]) {
    const changed = noise(5).map((row, t) => row.map((x, i) => (t === context - 1 && i === k ? x + 1 : x)));
    expect(distance(await forecast(changed, given), expected)).toBeGreaterThan(1e-3);
  }
  for (const other of [{ size: 13 }, { region: 'north' }, { region: null }, { size: null }]) {
    expect(distance(await forecast(noise(5), { ...given, ...other }), expected)).toBeGreaterThan(1e-3);
  }
});

test('a number that is not known is like the mean, a category that was never seen like none', async () => {
  const expected = await forecast(noise(6), { size: 10 });
  expect(await forecast(noise(6), { size: null, region: 'west' })).toEqual(expected);
  expect(await forecast(noise(6), { size: 'big', region: null })).toEqual(expected);
  for (const region of ['north', 'south']) {
    expect(distance(await forecast(noise(6), { size: 10, region }), expected)).toBeGreaterThan(1e-3);
  }
});

test.each([
  ['missing', [nan, nan]],
  ['constant', [7, 0]],
  ['huge', [1e300, -1e300]],
] as const)('past covariates that are all %s give a finite forecast', async (_, row) => {
  const jump = Array.from({ length: context }, (_row, t) => (t < context / 2 ? row : [1, nan]));
  for (const past of [jump.map(() => row), jump]) {
    const { quantiles, mean } = await forecast(past, { size: 1e300 });
    expect([...quantiles, ...mean].every(Number.isFinite)).toBe(true);
  }
});

test('padding on the left and what came before the context change nothing, bit for bit', async () => {
  const past = noise(7);
  const expected = await ask(forecaster, [history.slice(5)], {
    starts: [5],
    past: [past.slice(5)],
    statics: statics({ size: 8 }),
  });
  const padded = await ask(forecaster, [history.map((row, t) => (t < 5 ? [nan] : row))], {
    past: [past.map((row, t) => (t < 5 ? [nan, nan] : row))],
    statics: statics({ size: 8 }),
  });
  expect(padded).toEqual(expected);
  const longer = await ask(forecaster, [[[5], ...history]], {
    starts: [-1],
    past: [[[1e6, 1e6], ...past]],
    statics: statics({}),
  });
  expect(longer).toEqual(await forecast(past));
});

test('channels share the past and static covariates of their item', async () => {
  const two = await openForecaster({ ...settings, channels: 2 });
  const both = await ask(two, [history.map(([x = nan]) => [x, x])], {
    past: [noise(8)],
    statics: statics({ size: 14, region: 'north' }),
  });
  await two.release();
  const one = await forecast(noise(8), { size: 14, region: 'north' });
  const channel = (k: number) => ({
    quantiles: both.quantiles.filter((_, i) => Math.floor(i / 3) % 2 === k),
    mean: both.mean.filter((_, i) => i % 2 === k),
  });
  for (const k of [0, 1]) expect(distance(channel(k), one)).toBeLessThan(1e-6);
});

test('where all data are whole numbers from 0 on, so are the quantiles, but not the mean', async () => {
  const counting = { ...settings, past: 0, statics: [] };
  const [whole, plain] = [
    await openForecaster({ ...counting, integers: true }),
    await openForecaster(counting),
  ];
  const counts = [column(seasonal(context).map((x) => Math.max(0, Math.round(x / 10 - 8))))];
  const [found, expected] = [await ask(whole, counts), await ask(plain, counts)];
  expect([...found.quantiles].every(Number.isInteger)).toBe(true);
  found.quantiles.forEach((x, i) => {
    expect(Math.abs(x - (expected.quantiles[i] ?? nan))).toBeLessThanOrEqual(0.5);
  });
  expect(found.mean).toEqual(expected.mean);
  expect(found.mean.every(Number.isInteger)).toBe(false);
  await Promise.all([whole.release(), plain.release()]);
});

test('quantiles that calibration stretches do not fall below zero where the series never did', async () => {
  const wide = await openForecaster({ ...settings, past: 0, statics: [] }, undefined, [50, 1, 50]);
  const { quantiles } = await ask(wide, [column(seasonal(context))]);
  expect(Math.min(...quantiles)).toBe(0);
  const shifted = await ask(wide, [column(seasonal(context).map((x) => x - 100))]);
  expect(Math.min(...shifted.quantiles)).toBeLessThan(0);
  await wide.release();
});
