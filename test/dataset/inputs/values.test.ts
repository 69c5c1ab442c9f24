import { readFile } from 'node:fs/promises';
import { readDataset } from '../../../shared/dataset/index.ts';
import { tableFolder } from '../files.ts';
import { refusalOf } from '../refusal.ts';
import { daily, targetsOf, testInputs } from './inputs.ts';

const folder = tableFolder();
const two = (...names: string[]) => names.flatMap((name) => daily(`${name},`, 1, 2));
const finite = 'mend the cell, leave it empty where the value is missing, or leave out the column';

testInputs([
  {
    title: 'a constant series is read',
    content: ['ds,y', ...daily('', 7, 7, 7)],
    gives: { series: [7, 7, 7] },
  },
  {
    title: 'one observation of an item among others is read',
    content: ['id,ds,y', ...daily('a,', 1, 2, 3), 'b,2024-01-02,5'],
    gives: { a: [1, 2, 3], b: [5] },
  },
  {
    title: 'one observation alone has no frequency',
    content: ['ds,y', '2024-01-01,1'],
    message:
      'to infer the frequency an item must have two timestamps a second or more apart, got none that has: say with the option frequency how far apart they are, for example 1d',
  },
  {
    title: 'one observation is read where the frequency is told',
    content: ['ds,y', '2024-01-01,1'],
    options: { frequency: '1d' },
    gives: { series: [1] },
  },
  {
    title: 'a target that is missing everywhere is refused',
    content: ['ds,y', ...daily('', '', 'NA', '-')],
    message:
      'the target y must have numbers, got none in 3 rows: fill in the observations, or name another column with the option target',
  },
  {
    title: 'an item whose target is missing everywhere is read beside others',
    content: ['id,ds,y', ...daily('a,', 1, 2), ...daily('b,', 'NA', '')],
    gives: { a: [1, 2], b: [null, null] },
  },
  {
    title: 'ids with slashes, quotes, signs, emoji and formulas stay as they are',
    content: ['id,ds,y', ...two('a/b\\c', '"a ""b"""', '🌊', '=1+1', '@x', '-5', '00123', '1e3', ' a ')],
    gives: {
      ...{ 'a/b\\c': [1, 2], 'a "b"': [1, 2], '🌊': [1, 2], '=1+1': [1, 2], '@x': [1, 2] },
      ...{ '-5': [1, 2], '00123': [1, 2], '1e3': [1, 2], ' a ': [1, 2] },
    },
  },
  {
    title: 'ids that look like numbers of another country stay as they are',
    content: ['id;ds;y', ...['1.000', '1,5'].flatMap((id) => [`${id};2024-01-01;1,5`, `${id};2024-01-02;2`])],
    gives: { '1.000': [1.5, 2], '1,5': [1.5, 2] },
  },
  {
    title: 'columns that differ only in case are columns of their own',
    content: ['ds,y,Y', ...daily('', '1,10', '2,20')],
    options: { target: ['Y', 'y'] },
    gives: { series: [10, 1, 20, 2] },
  },
  {
    title: 'a word among numbers is refused, #N/A is not',
    content: ['ds,y', ...daily('', 1, '#N/A', 'closed', 4)],
    message: `the column y must hold finite numbers, got "closed" in line 4 of t.csv, column y: ${finite}`,
    place: { line: 4, column: 'y' },
    count: 1,
  },
]);

test('text in row 1,000,003 is refused with its line', async () => {
  const day = (i: number) => new Date(i * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 1_000_010 }, (_, i) => `${i % 100},${day(Math.floor(i / 100))},${i}`);
  rows[1_000_001] = `1,${day(10_000)},oops`; // its header is line 1
  const file = await folder.csv(`id,ds,y\n${rows.join('\n')}\n`, 'long.csv');
  expect(await refusalOf(readDataset(file), folder)).toMatchObject({
    message: `the column y must hold finite numbers, got "oops" in line 1000003 of long.csv, column y: ${finite}`,
    place: { line: 1_000_003, column: 'y' },
    count: 1,
  });
}, 60_000);

test('in Parquet whole numbers name items as they print, and leading zeros stay', async () => {
  const days = "(VALUES (DATE '2024-01-01'), (DATE '2024-01-02')) d(ds)";
  const file = await folder.parquet(`SELECT 7 AS id, ds, 1.5 AS y FROM ${days}`, 'whole.parquet');
  expect(targetsOf((await readDataset(file)).panel)).toEqual({ 7: [1.5, 1.5] });
  const text = await folder.parquet(`SELECT '007' AS id, ds, 1.5 AS y FROM ${days}`, 'text.parquet');
  expect(targetsOf((await readDataset(text)).panel)).toEqual({ '007': [1.5, 1.5] });
});

test('how texts write numbers says nothing about Parquet', async () => {
  const query = "SELECT DATE '2024-01-01' + i::INTEGER AS ds, 1.5 + i AS y FROM range(2) t(i)";
  const parquet = await folder.parquet(query, 'numbers.parquet');
  const csv = await folder.csv('ds;y\n2024-01-03;3,5\n2024-01-04;-\n2024-01-05;4,5\n');
  const { panel } = await readDataset([parquet, csv], { decimal: ',' });
  expect(targetsOf(panel)).toEqual({ series: [1.5, 2.5, 3.5, null, 4.5] });
});

test('Parquet that is cut off at any place is refused', async () => {
  const query = "SELECT DATE '2024-01-01' + i::INTEGER AS ds, random() AS y FROM range(2000) t(i)";
  const whole = await folder.parquet(query, 'whole.parquet');
  const bytes = await readFile(whole);
  for (const length of [4, 12, bytes.length >> 1, bytes.length - 4, bytes.length - 1]) {
    const file = await folder.bytes(bytes.subarray(0, length), 'cut.parquet');
    expect((await refusalOf(readDataset(file), folder)).message).toMatch(
      /^a data file must be whole, got cut\.parquet, of which the reader says ".*": write the file again$/,
    );
  }
});

test('infinite values in Parquet are refused with their row', async () => {
  const file = await folder.parquet(
    "SELECT DATE '2024-01-01' + i::INTEGER AS ds, CASE WHEN i = 2 THEN 'inf'::DOUBLE ELSE 1 END AS y FROM range(5) t(i)",
    'infinite.parquet',
  );
  expect((await refusalOf(readDataset(file), folder)).message).toBe(
    `the column y must hold finite numbers, got "inf" in row 3 of infinite.parquet, column y: ${finite}`,
  );
});
