import fc from 'fast-check';
import { levelReader, RequestError } from '../../shared/forecast/index.ts';

const trained = [0.1, 0.5, 0.9];

test('trained levels are read as they are, levels between by a straight line', () => {
  const row = [-2, 0, 10];
  expect(levelReader(trained, trained)(row)).toEqual(row);
  expect(levelReader(trained, [0.5])(row)).toEqual([0]);
  expect(levelReader(trained, [0.3, 0.7, 0.8])(row)).toEqual([
    expect.closeTo(-1),
    expect.closeTo(5),
    expect.closeTo(7.5),
  ]);
  expect(levelReader(trained, [])(row)).toEqual([]);
});

test('interpolated quantiles rise with their levels and stay between the trained ones', () => {
  const levels = (min: number, max: number, least: number) =>
    fc
      .uniqueArray(fc.double({ min, max, noNaN: true }), { minLength: least, maxLength: 9 })
      .map((drawn) => drawn.sort((a, b) => a - b));
  const numbers = fc.array(fc.double({ min: -1e12, max: 1e12, noNaN: true }), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(levels(0.01, 0.99, 2), levels(0, 1, 1), numbers, (known, shares, drawn) => {
      const [low = 0, high = 1] = [known[0], known.at(-1)];
      const wanted = shares.map((share) => Math.min(low + share * (high - low), high));
      fc.pre(wanted.every((level, i) => i === 0 || level > (wanted[i - 1] ?? level)));
      const row = drawn.slice(0, known.length).sort((a, b) => a - b);
      const read = levelReader(known, wanted)(row);
      expect(read.every((value, i) => i === 0 || value >= (read[i - 1] ?? value))).toBe(true);
      expect(Math.min(...read)).toBeGreaterThanOrEqual(row[0] ?? 0);
      expect(Math.max(...read)).toBeLessThanOrEqual(row.at(-1) ?? 0);
    }),
    { seed: 3, numRuns: 2000 },
  );
});

describe('refused', () => {
  const remedy = 'ask for rising levels among or between 0.1, 0.5, 0.9, or train with more';

  test.each([[[0.05]], [[0.5, 0.95]], [[Number.NaN]]])('%p: levels beyond the trained ones', (wanted) => {
    expect(() => levelReader(trained, wanted)).toThrow(RequestError);
    expect(() => levelReader(trained, wanted)).toThrow(
      `quantile levels must lie within 0.1..0.9, the levels the model was trained for, got ${JSON.stringify(wanted)}: ${remedy}`,
    );
  });

  test.each([[[0.5, 0.1]], [[0.5, 0.5]]])('%p: levels that do not rise', (wanted) => {
    expect(() => levelReader(trained, wanted)).toThrow(
      `quantile levels must rise, got ${JSON.stringify(wanted)}: ${remedy}`,
    );
  });
});
