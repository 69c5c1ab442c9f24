import { segmentsOf } from '../../shared/dataset/read/segments.ts';

/** Rows in blocks of 2,000: of each the item and its own number, the same as time and, negative, as value. */
function fill(count: number, itemOf: (row: number) => number) {
  const segments = segmentsOf(1);
  for (let from = 0; from < count; from += 2000) {
    const rows = Float64Array.from({ length: Math.min(2000, count - from) }, (_, i) => from + i);
    segments.append(Int32Array.from(rows, itemOf), rows, [rows.map((row) => -row)]);
  }
  return segments;
}

const rowsOf = (count: number, item: number, itemOf: (row: number) => number) =>
  Array.from({ length: count }, (_, row) => row).filter((row) => itemOf(row) === item);

test.each([
  [
    'one item after another, one of them longer than a segment',
    (row: number) => Math.min(3, Math.floor(row / 5000)),
  ],
  ['all items in turns', (row: number) => row % 4],
  [
    'one after another, but for the last rows',
    (row: number) => (row < 79_000 ? Math.floor(row / 20_000) : row % 4),
  ],
])('rows of %s come out item by item in their order', (_, itemOf) => {
  const count = 80_000;
  const items = fill(count, itemOf).byItem(4);
  for (const [item, { rows, times, values }] of items.entries()) {
    const expected = rowsOf(count, item, itemOf);
    expect(rows).toBe(expected.length);
    expect(Array.from(times())).toEqual(expected);
    expect(values.map((column) => Array.from(column))).toEqual([expected.map((row) => -row)]);
  }
});

test('an item whose rows lie one after another in a segment is not copied', () => {
  const [first, second] = fill(4000, (row) => Math.floor(row / 2000)).byItem(2);
  expect(first?.values[0]?.buffer).toBe(second?.values[0]?.buffer);
  const [even, odd] = fill(4000, (row) => row % 2).byItem(2);
  expect(even?.values[0]?.buffer).not.toBe(odd?.values[0]?.buffer);
});

test('the memory of a piece is given back once all of its items are released', () => {
  const [first, second] = fill(4000, (row) => Math.floor(row / 2000)).byItem(2);
  first?.release();
  expect(second?.values[0]).toHaveLength(2000);
  second?.release();
  expect(first?.values[0]?.buffer.byteLength).toBe(0);
  expect(first?.times()).toHaveLength(2000);
});

test('without rows no item has any', () => {
  expect(segmentsOf(1).byItem(0)).toEqual([]);
});
