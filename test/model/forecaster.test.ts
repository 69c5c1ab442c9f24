import fc from 'fast-check';
import type { Session } from '../../shared/graph/index.ts';
import type { ForecasterSettings } from '../../shared/model/index.ts';
import {
  type Answer,
  ask,
  column,
  distance,
  feedsOf,
  openForecaster,
  seasonal,
  tinySettings,
} from '../support/forecaster.ts';

const settings = tinySettings();
const { context } = settings;
const nan = Number.NaN;
let session: Session;

beforeAll(async () => {
  session = await openForecaster(settings);
});
afterAll(() => session.release());

const one = (values: readonly number[], start = 0, from = session): Promise<Answer> =>
  ask(from, [column(values)], { starts: [start] });

test('the forecaster has the inputs and outputs of the contract, by name, type and shape', async () => {
  expect(session.inputs).toEqual(['history', 'start']);
  expect(session.outputs).toEqual(['quantiles', 'mean']);
  const outputs = await session.run(feedsOf([column([1, 2, 4]), column([3, nan, 1])], [5, -5]));
  const types = Object.entries(outputs).map(([name, { dtype, shape }]) => [name, dtype, ...shape]);
  expect(types).toEqual([
    ['quantiles', 'float64', 2, 3, 1, 3],
    ['mean', 'float64', 2, 3, 1],
  ]);
});

describe('whatever the history', () => {
  const value = fc.oneof(
    { weight: 6, arbitrary: fc.double({ min: -100, max: 100, noNaN: true }) },
    { weight: 3, arbitrary: fc.constant(nan) },
    { weight: 2, arbitrary: fc.constantFrom(1e12, -1e12, 1e-12, -1e-12, 0, 7) },
  );
  const ofOneKind = fc
    .tuple(fc.constantFrom(0, 7, 1e12, 1e-12, nan), fc.integer({ min: 1, max: 2 * context }))
    .map(([number, length]) => Array<number>(length).fill(number));
  const histories = fc.oneof(
    { weight: 4, arbitrary: fc.array(value, { minLength: 1, maxLength: 2 * context }) },
    { weight: 1, arbitrary: ofOneKind },
  );

  test('quantiles are finite and never cross, and the mean is finite', async () => {
    await fc.assert(
      fc.asyncProperty(histories, fc.integer({ min: -1e9, max: 1e9 }), async (history, start) => {
        const { quantiles, mean } = await one(history, start);
        expect([...quantiles, ...mean].every(Number.isFinite)).toBe(true);
        quantiles.forEach((level, i) => {
          if (i % 3 > 0) expect(level).toBeGreaterThanOrEqual(quantiles[i - 1] ?? nan);
        });
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});

describe('a forecast depends on nothing but the last periods of its own item', () => {
  const history = [...seasonal(context - 3).slice(0, 4), nan, ...seasonal(context - 4).slice(4)];

  test('padding on the left with missing values changes nothing, bit for bit', async () => {
    const expected = await one(history, 50);
    for (const padding of [1, 3, context, 3 * context]) {
      const padded = [...Array<number>(padding).fill(nan), ...history];
      expect(await one(padded, 50 - padding)).toEqual(expected);
    }
  });

  test('what came before the context changes nothing, bit for bit', async () => {
    const newest = seasonal(context);
    const expected = await one(newest, 7 * 20);
    for (const older of [[1e12], [nan, -3, 0], seasonal(500, 2)]) {
      expect(await one([...older, ...newest], 7 * 20 - older.length)).toEqual(expected);
    }
  });

  // Not bit for bit: matrix kernels add up in another order for another number of rows, in float32.
  test('the other items of a batch change nothing, within 1e-6 of the width of its intervals', async () => {
    const expected = await one(seasonal(context), 3);
    const others = [1e12, nan, 1e-12, 0].map((number) => Array<number>(context).fill(number));
    for (const [before, after] of [
      [1, 0],
      [0, 1],
      [5, 7],
      [64, 63],
    ] as const) {
      const neighbour = (i: number) => column(others[i % 5] ?? seasonal(context, i));
      const items = [
        ...Array.from({ length: before }, (_, i) => neighbour(i)),
        column(seasonal(context)),
        ...Array.from({ length: after }, (_, i) => neighbour(i + 1)),
      ];
      const all = await ask(session, items, { starts: items.map(() => 3) });
      const found = {
        quantiles: all.quantiles.slice(9 * before, 9 * before + 9),
        mean: all.mean.slice(3 * before, 3 * before + 3),
      };
      expect(distance(found, expected)).toBeLessThan(1e-6);
    }
  });

  test('the period index counts: another day of the season gives another forecast, a whole season later the same', async () => {
    const expected = await one(history, 50);
    expect(await one(history, 50 + 7)).toEqual(expected);
    expect(await one(history, 50 - 700)).toEqual(expected);
    expect(distance(await one(history, 51), expected)).toBeGreaterThan(1e-2);
  });
});

/** The forecast of a changed series, brought back. */
const back = ({ quantiles, mean }: Answer, undo: (value: number) => number): Answer => ({
  quantiles: quantiles.map(undo),
  mean: mean.map(undo),
});

// The network is float32 (relative 6e-8 at each operation), and at 1e9 the numbers fed are themselves rounded to 1e-7.
describe('within 1e-5 of the width of its intervals, the forecast of a series', () => {
  test.each([1e-6, 1e9, 1e30])('times %p is the forecast times that', async (factor) => {
    const series = seasonal(context);
    const found = await one(series.map((value) => value * factor));
    expect(
      distance(
        back(found, (value) => value / factor),
        await one(series),
      ),
    ).toBeLessThan(1e-5);
  });

  test.each([1e9, -1e9])('shifted by %p is the forecast shifted by that', async (shift) => {
    const series = seasonal(context);
    const found = await one(series.map((value) => value + shift));
    expect(
      distance(
        back(found, (value) => value - shift),
        await one(series),
      ),
    ).toBeLessThan(1e-5);
  });
});

describe('several channels', () => {
  const [a, b] = [seasonal(context, 1), seasonal(context, 2).map((value) => 1000 - 3 * value)];
  const both = a.map((value, i) => [value, b[i] ?? nan]);
  const channel = (answer: Answer, k: number): Answer => ({
    quantiles: answer.quantiles.filter((_, i) => Math.floor(i / 3) % 2 === k),
    mean: answer.mean.filter((_, i) => i % 2 === k),
  });
  const opened = (options: Partial<ForecasterSettings>) =>
    openForecaster(tinySettings({ channels: 2, ...options }));

  test('global: each channel is forecast as if it were an item of its own, within 1e-6 of the width', async () => {
    const forecaster = await opened({});
    const answer = await ask(forecaster, [both]);
    expect(answer.mean).toHaveLength(6);
    expect(distance(channel(answer, 0), await one(a))).toBeLessThan(1e-6);
    expect(distance(channel(answer, 1), await one(b))).toBeLessThan(1e-6);
    await forecaster.release();
  });

  test('joint: each channel depends on the others, in the units of its own', async () => {
    const forecaster = await opened({ joint: true });
    const answer = await ask(forecaster, [both]);
    const changed = await ask(forecaster, [both.map(([first = nan], i) => [first, (i * i) % 11])]);
    expect(distance(channel(changed, 0), channel(answer, 0))).toBeGreaterThan(1e-2);
    const scaled = await ask(forecaster, [both.map(([first = nan, second = nan]) => [first, 1e6 * second])]);
    expect(distance(channel(scaled, 0), channel(answer, 0))).toBeLessThan(1e-5);
    expect(
      distance(
        back(channel(scaled, 1), (value) => value / 1e6),
        channel(answer, 1),
      ),
    ).toBeLessThan(1e-5);
    await forecaster.release();
  });
});
