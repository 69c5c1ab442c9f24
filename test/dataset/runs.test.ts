import { numbersOf } from '../../shared/dataset/read/runs.ts';

const doubles = (count: number) => new Float64Array(count);

test.each([
  ['one step', (row: number) => 1000 + 5 * row],
  ['steps of a third, which are not exact', (row: number) => row / 3],
  ['items that begin anew', (row: number) => 7 * (row % 25)],
  ['a missing one among them', (row: number) => (row === 40 ? Number.NaN : row)],
  ['an infinite one among them', (row: number) => (row === 40 ? Number.POSITIVE_INFINITY : row)],
  ['no steps at all', (row: number) => (row * 7919) % 101],
])('numbers with %s come out as they were', (_, of) => {
  const numbers = Float64Array.from({ length: 100 }, (_, row) => of(row));
  const kept = numbersOf(numbers, doubles);
  for (const [first, count] of [
    [0, 100],
    [24, 2],
    [39, 30],
    [99, 1],
    [100, 0],
  ] as const) {
    expect(kept.read(first, count)).toEqual(numbers.subarray(first, first + count));
  }
});

test('none are none', () => {
  expect(numbersOf(new Float64Array(0), doubles).read(0, 0)).toHaveLength(0);
});
