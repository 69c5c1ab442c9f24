import { type Coordinate, nelderMead } from '../../shared/evaluate/baselines/ets/nelder-mead.ts';

const free = { low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY };
const patience = { tolerance: 1e-12, evaluations: 500 };
const rosenbrock = ([x = 0, y = 0]: readonly number[]) => (1 - x) ** 2 + 100 * (y - x * x) ** 2;

test('the simplex of Nelder and Mead finds the bottom of Rosenbrock’s valley', () => {
  const from: Coordinate[] = [
    { start: -1.2, step: 0.5, ...free },
    { start: 1, step: 0.5, ...free },
  ];
  const [x, y] = nelderMead(rosenbrock, from, patience);
  expect(x).toBeCloseTo(1, 4);
  expect(y).toBeCloseTo(1, 4);
});

test('it stays within the bounds, and ends on one where the least value lies beyond', () => {
  const seen: number[] = [];
  const f = ([x = 0, y = 0]: readonly number[]) => {
    seen.push(x);
    return (x - 3) ** 2 + (y - 0.7) ** 2;
  };
  const [x, y] = nelderMead(
    f,
    [
      { start: 0.9, step: 0.5, low: 0, high: 1 },
      { start: 0, step: 0.5, ...free },
    ],
    patience,
  );
  expect(x).toBe(1);
  expect(y).toBeCloseTo(0.7, 4);
  expect(seen.every((value) => value >= 0 && value <= 1)).toBe(true);
});

test('it does without points that are no solution, and ends although none is', () => {
  const f = ([x = 0]: readonly number[]) => (x < 0 ? Number.POSITIVE_INFINITY : (x - 2) ** 2);
  const [x] = nelderMead(f, [{ start: 0.5, step: -1, ...free }], patience);
  expect(x).toBeCloseTo(2, 4);
  expect(nelderMead(() => Number.POSITIVE_INFINITY, [{ start: 5, step: 1, ...free }], patience)).toEqual([5]);
});

test('it makes about as many evaluations as it may, for each coordinate', () => {
  let made = 0;
  const f = ([x = 0, y = 0]: readonly number[]) => {
    made += 1;
    return x + y; // without end
  };
  nelderMead(
    f,
    [
      { start: 0, step: 1, ...free },
      { start: 0, step: 1, ...free },
    ],
    { ...patience, evaluations: 20 },
  );
  expect(made).toBeGreaterThanOrEqual(40);
  expect(made).toBeLessThan(46);
});
