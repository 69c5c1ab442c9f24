import { createRandom, permutation, restoreRandom } from '../../shared/random/index.ts';

const seeds = Array.from({ length: 2000 }, (_, seed) => seed);
const mean = (numbers: readonly number[]) =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

describe('the first draws of neighbouring seeds', () => {
  test.each([0, 1, 2])('draw %d is uniform over the seeds', (skipped) => {
    const draws = seeds.map((seed) => {
      const random = createRandom(seed);
      for (let i = 0; i < skipped; i++) random.uniform();
      return random.uniform();
    });
    expect(Math.abs(mean(draws) - 0.5)).toBeLessThan(0.03);
    expect(draws.filter((draw) => draw < 0.1).length / draws.length).toBeCloseTo(0.1, 1);
  });

  test('have no step from seed to seed in common', () => {
    const draws = seeds.map((seed) => createRandom(seed).uniform());
    const steps = draws.slice(1).map((draw, i) => draw - (draws[i] ?? 0));
    expect(new Set(steps.map((step) => step.toFixed(6))).size).toBeGreaterThan(1900);
  });
});

test('normal numbers have mean 0 and deviation 1', () => {
  const random = createRandom(5);
  const numbers = Array.from({ length: 20_000 }, () => random.normal());
  expect(mean(numbers)).toBeCloseTo(0, 1);
  expect(Math.sqrt(mean(numbers.map((number) => number ** 2)))).toBeCloseTo(1, 1);
});

test('a stored state goes on with the same numbers', () => {
  const random = createRandom(9);
  random.uniform();
  const again = restoreRandom(random.state());
  expect([again.uniform(), again.below(10)]).toEqual([random.uniform(), random.below(10)]);
});

test('a permutation has every number once', () => {
  expect([...permutation(createRandom(3), 50)].sort((a, b) => a - b)).toEqual(
    Array.from({ length: 50 }, (_, i) => i),
  );
});
