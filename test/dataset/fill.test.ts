import { type ReadOptions, readDataset } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';
import { targetsOf } from './inputs/inputs.ts';

const { csv } = tableFolder();
const rows = [
  ...['a,2024-01-01,1', 'a,2024-01-02,', 'a,2024-01-03,5', 'a,2024-01-04,3', 'a,2024-01-05,'],
  ...['b,2024-01-02,', 'b,2024-01-03,7', 'b,2024-01-04,7'],
];
const read = async (fills: ReadOptions['fills'], table: readonly string[] = ['item,ds,y', ...rows]) =>
  readDataset(await csv(lines(...table)), { ...(fills && { fills }) });

test('without fills what is missing stays missing', async () => {
  const { panel, report } = await read(undefined);
  expect(targetsOf(panel)).toEqual({ a: [1, null, 5, 3, null], b: [null, 7, 7] });
  expect(report.filled).toBe(0);
});

test.each<[string, NonNullable<ReadOptions['fills']>[string], unknown, number]>([
  ['zeros between', { middle: 'zero' }, { a: [1, 0, 5, 3, null], b: [null, 7, 7] }, 1],
  ['a number between', { middle: 2.5 }, { a: [1, 2.5, 5, 3, null], b: [null, 7, 7] }, 1],
  ['the mean', { middle: 'mean', back: 'mean' }, { a: [1, 3, 5, 3, 3], b: [null, 7, 7, 7] }, 3],
  ['the median', { back: 'median' }, { a: [1, null, 5, 3, 3], b: [null, 7, 7, 7] }, 2],
  ['the least', { middle: 'min' }, { a: [1, 1, 5, 3, null], b: [null, 7, 7] }, 1],
  ['the greatest', { middle: 'max' }, { a: [1, 5, 5, 3, null], b: [null, 7, 7] }, 1],
  ['the last', { middle: 'last', back: 'last' }, { a: [1, 1, 5, 3, 3], b: [null, 7, 7, 7] }, 3],
  ['in front', { front: 'zero' }, { a: [1, null, 5, 3, null], b: [0, 0, 7, 7] }, 2],
  [
    'nothing in front of what comes first',
    { front: 'last' },
    { a: [1, null, 5, 3, null], b: [null, null, 7, 7] },
    0,
  ],
  ['told to be missing', { front: 'nan', middle: 'nan' }, { a: [1, null, 5, 3, null], b: [null, 7, 7] }, 0],
])('%s', async (_, fills, expected, filled) => {
  const { panel, report } = await read({ y: fills });
  expect(targetsOf(panel)).toEqual(expected);
  expect(report.filled).toBe(filled);
});

test('covariates have their own, into the future too, and what was known moves with an item’s end', async () => {
  const table = [
    'item,ds,y,price,wind',
    ...['a,2024-01-01,1,10,', 'a,2024-01-02,2,,4', 'a,2024-01-03,3,12,'],
    ...['b,2024-01-01,1,20,1', 'b,2024-01-02,2,21,2'],
  ];
  const related = await csv(
    lines('item,ds,price', 'a,2024-01-04,13', 'a,2024-01-05,', 'b,2024-01-03,22', 'b,2024-01-04,23'),
  );
  const { panel } = await readDataset(await csv(lines(...table)), {
    ...{ target: 'y', past: ['wind'], related },
    fills: { y: { back: 'zero' }, price: { middle: 'last', future: 'last' }, wind: { front: 0, middle: 0 } },
  });
  expect(targetsOf(panel)).toEqual({ a: [1, 2, 3], b: [1, 2, 0] });
  expect([...panel.known.values]).toEqual([10, 10, 12, 20, 21, 22]);
  expect([...panel.known.future]).toEqual([13, 13, 23, 23]);
  expect([...panel.past.values]).toEqual([0, 4, Number.NaN, 1, 2, Number.NaN]);
});
