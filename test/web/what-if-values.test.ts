import fc from 'fast-check';
import {
  type Assumption,
  completeValues,
  filled,
  isChanged,
  missingSteps,
  stepsOf,
  storedAssumptions,
  withStep,
} from '../../web/pages/what-if/values.ts';

const assume = (base: readonly (number | null)[], change = 0): Assumption => ({ base, change });

test('what is stored ahead is read behind the observations, null where nothing is stored', () => {
  const item = { target: { y: [1, null, 3] }, known: { price: [7, 8, 9, 10], load: [1, 2, 3] } };
  expect(storedAssumptions(item, ['price', 'load', 'other'], 2)).toEqual({
    price: assume([10, null]),
    load: assume([null, null]),
    other: assume([null, null]),
  });
});

test('all steps are changed by a share, and missing ones stay missing', () => {
  expect(stepsOf(assume([100, null, -20], 0.1))).toEqual([110, null, -22]);
  expect(stepsOf(assume([1 / 3, 0.1 + 0.2], 0))).toEqual([1 / 3, 0.1 + 0.2]);
});

test('what is shown after a change has seven digits, and no less than they say', () => {
  fc.assert(
    fc.property(
      fc.double({ noNaN: true, min: -1e12, max: 1e12 }),
      fc.integer({ min: -20, max: 20 }),
      (value, percent) => {
        const exact = value * (1 + percent / 100);
        const [shown] = stepsOf(assume([value], percent / 100));
        expect(Math.abs((shown ?? Number.NaN) - exact)).toBeLessThanOrEqual(5.1e-7 * Math.abs(exact));
      },
    ),
  );
});

test('a typed value stands beside what the change had made, and the next change begins there', () => {
  const typed = withStep(assume([100, 200, 300], 0.1), 1, 5);
  expect(typed).toEqual(assume([110, 5, 330]));
  expect(stepsOf({ ...typed, change: 1 })).toEqual([220, 10, 660]);
});

test('missing steps repeat the last season, steps that are there stay', () => {
  expect(filled(assume([null, 50, null, null]), [1, 2, 3], 3).base).toEqual([1, 50, 3, 1]);
});

test('a hole in the last season is taken from the season before', () => {
  expect(filled(assume([null, null]), [5, 6, null, 8], 2).base).toEqual([5, 8]);
});

test('without a season the last known value is repeated; without any value nothing is', () => {
  expect(filled(assume([null, null]), [1, 4, null], 1).base).toEqual([4, 4]);
  expect(filled(assume([null]), [null, null], 1).base).toEqual([null]);
});

test('values are complete when none is missing', () => {
  const all = { a: assume([1, null]), b: assume([null, null]) };
  expect(missingSteps(all)).toBe(3);
  expect(completeValues(all)).toBeNull();
  expect(completeValues({ a: assume([1, 2], 0.5) })).toEqual({ a: [1.5, 3] });
});

test('an assumption is changed where a step differs from what is stored', () => {
  const stored = assume([1, null, 0]);
  expect(isChanged(stored, stored)).toBe(false);
  expect(isChanged(assume([0, null, 0], 0.2), assume([0, null, 0]))).toBe(false);
  expect(isChanged({ ...stored, change: 0.01 }, stored)).toBe(true);
  expect(isChanged(withStep(stored, 1, 2), stored)).toBe(true);
});
