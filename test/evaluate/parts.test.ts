import { fillGaps } from '../../shared/evaluate/baselines/gaps.ts';
import { isSeasonal } from '../../shared/evaluate/baselines/seasonality.ts';
import { fitSmoothing } from '../../shared/evaluate/baselines/smoothing.ts';
import { normalQuantile } from '../../shared/random/index.ts';

const { NaN: missing } = Number;

test('gaps: inner ones are bridged by a line, a gap at the end repeats one season before, one at the start is cut', () => {
  const filled = fillGaps(Float64Array.of(missing, 1, missing, missing, 7, 8, missing, missing, missing), 2);
  expect([...filled]).toEqual([1, 3, 5, 7, 8, 7, 8, 7]);
});

// statistics.NormalDist().inv_cdf of Python 3.11
test.each([
  [0.5, 0],
  [0.1, -1.2815515655446008],
  [0.975, 1.9599639845400536],
  [0.001, -3.090232306167813],
  [1e-10, -6.361340902404056],
  [1e-20, -9.262340089798405],
])('the normal quantile (AS 241) at %p is %p', (p, z) => {
  expect(normalQuantile(p)).toBeCloseTo(z, 12);
});

test('the 90 % autocorrelation test finds a season in a repeated pattern', () => {
  const values = Float64Array.from({ length: 24 }, (_, t) => [1, 4, 2, 8][t % 4] as number);
  expect(isSeasonal(values, 4)).toBe(true);
});

test('the test finds none in fewer than three seasons, in a constant, in a line, and for season 1', () => {
  const pattern = Float64Array.from({ length: 11 }, (_, t) => [1, 4, 2, 8][t % 4] as number);
  expect(isSeasonal(pattern, 4)).toBe(false);
  expect(isSeasonal(new Float64Array(40).fill(3), 4)).toBe(false);
  expect(
    isSeasonal(
      Float64Array.from({ length: 40 }, (_, t) => t),
      12,
    ),
  ).toBe(false);
  expect(isSeasonal(pattern, 1)).toBe(false);
});

test('exponential smoothing finds the α and first level with the least squared error of a fine grid', () => {
  const values = Float64Array.from({ length: 40 }, (_, t) => 10 + ((t * t * 7) % 13) + (t > 20 ? 15 : 0));
  let least = Number.POSITIVE_INFINITY;
  for (let a = 1; a < 100; a++) {
    for (let first = 0; first <= 60; first++)
      least = Math.min(least, squaredError(values, a / 100, first / 2));
  }
  const { squares, alpha } = fitSmoothing(values);
  expect(squares).toBeLessThanOrEqual(least);
  expect(squares).toBeGreaterThan(0.99 * least);
  expect(alpha).toBeGreaterThan(0);
});

test('exponential smoothing of a large level keeps its precision', () => {
  const small = Float64Array.from({ length: 30 }, (_, t) => (t * t * 7) % 13);
  const large = small.map((value) => value + 1e9);
  expect(fitSmoothing(large).level - 1e9).toBeCloseTo(fitSmoothing(small).level, 5);
});

function squaredError(values: Float64Array, alpha: number, first: number): number {
  let level = first;
  let sum = 0;
  for (const value of values) {
    sum += (value - level) ** 2;
    level += alpha * (value - level);
  }
  return sum;
}
