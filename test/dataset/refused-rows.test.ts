import { readDataset } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';
import { refusalOf, testRefusals } from './refusal.ts';

const folder = tableFolder();
const { csv, parquet } = folder;

testRefusals(folder, [
  {
    title: 'text in the target',
    rows: ['id,ds,y', 'a,2024-01-01,1', 'a,2024-01-02,abc', 'a,2024-01-03,n.o.', 'a,2024-01-04,4'],
    message:
      'the column y must hold finite numbers, got "abc" in line 3 of t.csv, column y (and 1 more): mend the cell, leave it empty where the value is missing, or leave out the column',
    place: { file: 't.csv', line: 3, column: 'y' },
    count: 2,
  },
  {
    title: 'text in a covariate, after empty lines and cells of two lines',
    rows: ['id,ds,y,x', '"a\nb",2024-01-01,1,1', '', '"a\nb",2024-01-02,2,2', '', 'c,2024-01-02,3,five'],
    message:
      'the column x must hold finite numbers, got "five" in line 8 of t.csv, column x: mend the cell, leave it empty where the value is missing, or leave out the column',
    place: { file: 't.csv', line: 8, column: 'x' },
  },
  {
    title: 'infinity',
    rows: ['ds,y', '2024-01-01,1', '2024-01-02,inf'],
    message:
      'the column y must hold finite numbers, got "inf" in line 3 of t.csv, column y: mend the cell, leave it empty where the value is missing, or leave out the column',
  },
  {
    title: 'a number beyond float64',
    rows: ['ds,y', '2024-01-01,1', '2024-01-02,-1e999'],
    message:
      'the column y must hold finite numbers, got "-1e999" in line 3 of t.csv, column y: mend the cell, leave it empty where the value is missing, or leave out the column',
  },
  {
    title: 'a day that does not exist',
    rows: ['ds,y', '2024-02-28,1', '2023-02-29,2', '2024-13-01,2'],
    message:
      'a timestamp must be an ISO date or time without a zone, such as 2024-01-31 or 2024-01-31 06:00:00, got "2023-02-29" in line 3 of t.csv, column ds (and 1 more): mend it or remove the row, or say with the option timestampFormat how all are written',
    place: { file: 't.csv', line: 3, column: 'ds' },
    count: 2,
  },
  {
    title: 'a row without a timestamp',
    rows: ['ds,y', '2024-02-28,1', ',2'],
    message:
      'a timestamp must be an ISO date or time without a zone, such as 2024-01-31 or 2024-01-31 06:00:00, got nothing in line 3 of t.csv, column ds: mend it or remove the row, or say with the option timestampFormat how all are written',
  },
  {
    title: 'an infinite timestamp',
    rows: ['ds,y', '2024-02-28,1', 'infinity,2'],
    message:
      'a timestamp must be an ISO date or time without a zone, such as 2024-01-31 or 2024-01-31 06:00:00, got "infinity" in line 3 of t.csv, column ds: mend it or remove the row, or say with the option timestampFormat how all are written',
  },
  {
    title: 'a row without an item',
    rows: ['id,ds,y', 'a,2024-02-28,1', ' ,2024-02-28,2', ',2024-02-29,2'],
    message:
      'every row must name its item, got " " in line 3 of t.csv, column id (and 1 more): fill in the name or remove the row',
    place: { file: 't.csv', line: 3, column: 'id' },
  },
  {
    title: 'two rows of an item and time that differ, a third repeating the first',
    rows: [
      'id,ds,y',
      'b,2024-01-01,1',
      'a,2024-01-01,1',
      'a,2024-01-02,2',
      'a,2024-01-01,1',
      'a,2024-01-01,',
    ],
    message:
      'an item must have one row for each time, got two that differ for 2024-01-01 00:00:00 of item "a", line 3 of t.csv and line 6 of t.csv: keep one of them, or say with the option aggregation what becomes of them',
    place: { file: 't.csv', line: 6 },
    count: 1,
  },
  {
    title: 'two rows of an unnamed item that differ in a covariate',
    rows: ['ds,y,x', '2024-01-01,1,5', '2024-01-02,2,5', '2024-01-02,2,6'],
    message:
      'an item must have one row for each time, got two that differ for 2024-01-02 00:00:00, line 3 of t.csv and line 4 of t.csv: keep one of them, or say with the option aggregation what becomes of them',
  },
  {
    title: 'a timestamp beside the grid',
    rows: [
      'id,ds,y',
      ...Array.from({ length: 20 }, (_, hour) => `a,2024-01-01 ${String(hour).padStart(2, '0')}:00:00,1`),
      'b,2024-01-01 03:00:00,1',
      'b,2024-01-01 04:20:00,1',
    ],
    message:
      'timestamps must be whole periods of 1h apart, as 2024-01-01 04:00:00 is, got 2024-01-01 04:20:00 of item "b" in line 23 of t.csv, column ds: mend the timestamp, or say with the option frequency how far apart they are',
    place: { file: 't.csv', line: 23, column: 'ds' },
  },
  {
    title: 'timestamps that are finer than the frequency asked for',
    rows: ['ds,y', '2024-01-01,1', '2024-01-02,1', '2024-01-03,1', '2024-02-01,1'],
    options: { frequency: '1mo' },
    message:
      'timestamps must be whole periods of 1mo apart, as 2024-01-01 00:00:00 is, got 2024-01-02 00:00:00 in line 3 of t.csv, column ds (and 1 more): mend the timestamp, or leave the frequency out: the timestamps show 1d',
    count: 2,
  },
  {
    title: 'a timestamp thousands of years away',
    rows: [
      'ds,y',
      '2024-01-01 00:00:00,1',
      '2024-01-01 00:00:01,2',
      '2024-01-01 00:00:02,2',
      '9024-01-01 00:00:00,3',
    ],
    message:
      'a table may have at most 100 periods for each of its rows, got 220898620801 for 4, the longest item series going from 2024-01-01 00:00:00 to 9024-01-01 00:00:00: mend timestamps that are far off, or give a longer frequency',
  },
  {
    title: 'one timestamp only',
    rows: ['id,ds,y', 'a,2024-01-01,1', 'b,2024-01-01,1'],
    message:
      'to infer the frequency an item must have two timestamps a second or more apart, got none that has: say with the option frequency how far apart they are, for example 1d',
  },
]);

test('text behind the sampled rows, and in the second part, is refused with its own line', async () => {
  const day = (i: number) => new Date(i * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 30_000 }, (_, i) => `${day(i)},${i}`);
  const one = await csv(lines('ds,y', ...rows.slice(0, 10_000)), 'one.csv');
  rows[25_000] = `${day(25_000)},!`;
  const two = await csv(lines('ds,y', ...rows.slice(10_000)), 'two.csv.gz');
  expect(await refusalOf(readDataset([one, two]), folder)).toMatchObject({
    place: { file: 'two.csv.gz', line: 15_002, column: 'y' },
    count: 1,
  });
});

test('rows that differ in two files are refused with both', async () => {
  const one = await csv(lines('ds,y', '2024-01-01,1', '2024-01-02,2'), 'one.csv');
  const two = await parquet(
    `SELECT DATE '2024-01-02' + i::INTEGER AS ds, 3.0 AS y FROM range(2) t(i)`,
    'two.parquet',
  );
  expect((await refusalOf(readDataset([one, two]), folder)).message).toBe(
    'an item must have one row for each time, got two that differ for 2024-01-02 00:00:00, line 3 of one.csv and row 1 of two.parquet: keep one of them, or say with the option aggregation what becomes of them',
  );
});

test('text in a Parquet column is refused with its row', async () => {
  const file = await parquet(
    `SELECT DATE '2024-01-01' + i::INTEGER AS ds, CASE i WHEN 2 THEN 'x' ELSE '1' END AS y FROM range(4) t(i)`,
    'text.parquet',
  );
  expect(await refusalOf(readDataset(file), folder)).toMatchObject({
    message:
      'the column y must hold finite numbers, got "x" in row 3 of text.parquet, column y: mend the cell, leave it empty where the value is missing, or leave out the column',
    place: { file: 'text.parquet', row: 3, column: 'y' },
  });
});
