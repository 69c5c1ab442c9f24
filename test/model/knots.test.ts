import fc from 'fast-check';
import { knotsOf, knotWeights } from '../../shared/model/forecaster/knots.ts';
import { normalQuantile } from '../../shared/random/index.ts';

const nine = [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975];

test('few levels are all learned; of many the outermost, the median and the two nearest to 0.1 and 0.9', () => {
  expect(knotsOf([0.1, 0.5, 0.9])).toEqual([0.1, 0.5, 0.9]);
  expect(knotsOf([0.5])).toEqual([0.5]);
  expect(knotsOf(nine)).toEqual([0.025, 0.1, 0.5, 0.9, 0.975]);
  expect(knotsOf([0.05, 0.2, 0.3, 0.4, 0.5, 0.6, 0.85, 0.99])).toEqual([0.05, 0.5, 0.85, 0.99]);
});

test('at a knot the level is the knot, and a normal distribution is met everywhere', () => {
  const knots = knotsOf(nine);
  const scores = knots.map(normalQuantile);
  const levels = [0.001, ...nine, 0.999];
  knotWeights(knots, levels).forEach((row, i) => {
    const level = levels[i] as number;
    expect(row.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(row.reduce((sum, weight, k) => sum + weight * (scores[k] as number), 0)).toBeCloseTo(
      normalQuantile(level),
      9,
    );
    if (knots.includes(level)) expect(row[knots.indexOf(level)]).toBeCloseTo(1, 12);
  });
});

test('between rising knots the levels rise', () => {
  fc.assert(
    fc.property(
      fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 5, maxLength: 5 }),
      (values) => {
        const rising = [...values].sort((a, b) => a - b);
        const at = knotWeights(knotsOf(nine), nine).map((row) =>
          row.reduce((sum, weight, k) => sum + weight * (rising[k] as number), 0),
        );
        at.forEach((value, i) => {
          expect(value).toBeGreaterThanOrEqual((at[i - 1] ?? Number.NEGATIVE_INFINITY) - 1e-9);
        });
      },
    ),
  );
});
