import { gzipSync } from 'node:zlib';
import { DataError, type ReadOptions, readDataset } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';

const { csv, bytes, parquet, plain } = tableFolder();

interface Refusal {
  readonly title: string;
  readonly rows: readonly string[];
  readonly options?: ReadOptions;
  readonly message: string;
  readonly place?: object | null;
  readonly count?: number;
}

async function refusalOf(reading: Promise<unknown>) {
  const error: unknown = await reading.then(
    () => null,
    (thrown) => thrown,
  );
  if (!(error instanceof DataError)) throw error ?? new Error('nothing was refused');
  const { message, code, count, place } = error;
  return { message: plain(message), code, count, place: place && { ...place, file: plain(place.file) } };
}

const refusals: readonly Refusal[] = [
  {
    title: 'text in the target',
    rows: ['id,ds,y', 'a,2024-01-01,1', 'a,2024-01-02,abc', 'a,2024-01-03,n.a.', 'a,2024-01-04,4'],
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
      'a timestamp must be an ISO date or time such as 2024-01-31 or 2024-01-31 06:00:00, got "2023-02-29" in line 3 of t.csv, column ds (and 1 more): mend it or remove the row',
    place: { file: 't.csv', line: 3, column: 'ds' },
    count: 2,
  },
  {
    title: 'timestamps that are only years',
    rows: ['date,y', '1998,1', '1999,2'],
    message:
      'a timestamp must be an ISO date or time such as 2024-01-31 or 2024-01-31 06:00:00, got "1998" in line 2 of t.csv, column date (and 1 more): mend it or remove the row',
  },
  {
    title: 'a row without a timestamp',
    rows: ['ds,y', '2024-02-28,1', ',2'],
    message:
      'a timestamp must be an ISO date or time such as 2024-01-31 or 2024-01-31 06:00:00, got nothing in line 3 of t.csv, column ds: mend it or remove the row',
  },
  {
    title: 'an infinite timestamp',
    rows: ['ds,y', '2024-02-28,1', 'infinity,2'],
    message:
      'a timestamp must be an ISO date or time such as 2024-01-31 or 2024-01-31 06:00:00, got "infinity" in line 3 of t.csv, column ds: mend it or remove the row',
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
      'an item must have one row for each time, got two that differ for 2024-01-01 00:00:00 of item "a", line 3 of t.csv and line 6 of t.csv: keep one of them',
    place: { file: 't.csv', line: 6 },
    count: 1,
  },
  {
    title: 'two rows of an unnamed item that differ in a covariate',
    rows: ['ds,y,x', '2024-01-01,1,5', '2024-01-02,2,5', '2024-01-02,2,6'],
    message:
      'an item must have one row for each time, got two that differ for 2024-01-02 00:00:00, line 3 of t.csv and line 4 of t.csv: keep one of them',
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
  {
    title: 'a line with too few cells and one with too many',
    rows: ['id,ds,y', 'a,2024-01-01,1', 'a,2024-01-02', 'a,2024-01-03,1,2'],
    message:
      'every line must have the 3 columns of the first, got 2 in line 3 of t.csv (and 1 more): mend the line, and quote cells that hold the delimiter',
    place: { file: 't.csv', line: 3 },
    count: 2,
  },
  {
    title: 'a quote that does not end',
    rows: ['id,ds,y', 'a,2024-01-01,1', '"a,2024-01-02,2', 'a,2024-01-03,3'],
    message:
      'every line must have the 3 columns of the first, got a quote without an end in line 3 of t.csv: mend the line, and quote cells that hold the delimiter',
    place: { file: 't.csv', line: 3 },
  },
  {
    title: 'a header without rows',
    rows: ['id,ds,y'],
    message: 'a table must have rows, got none in t.csv: add the observations',
    place: { file: 't.csv' },
  },
  {
    title: 'a table without a time',
    rows: ['id,when,y', 'a,Monday,1'],
    message:
      'a table must have a time column, named timestamp, ds, datetime, date_time, date, time, or as the only one that holds ISO times, got the columns id, when, y: say which one it is with the option time',
  },
  {
    title: 'a table with two columns of dates and no name for either',
    rows: ['from,to,y', '2024-01-01,2024-01-02,1'],
    message:
      'a table must have a time column, named timestamp, ds, datetime, date_time, date, time, or as the only one that holds ISO times, got the columns from, to, y: say which one it is with the option time',
  },
  {
    title: 'a table without numbers',
    rows: ['ds,mood', '2024-01-01,good', '2024-01-02,bad'],
    message:
      'a table must have a column of numbers, got the columns mood: add the values that should be forecast',
  },
  {
    title: 'a long table with several number columns and no target',
    rows: ['id,ds,load,price', 'a,2024-01-01,1,2'],
    message:
      'a table with several number columns must have a target, named target, y, value, values, sales, demand, quantity, got the columns load, price: say which one it is with the option target',
  },
  {
    title: 'a target without a number',
    rows: ['ds,y', '2024-01-01,', '2024-01-02,NA'],
    message:
      'the target y must have numbers, got none in 2 rows: fill in the observations, or name another column with the option target',
  },
  {
    title: 'two columns of one name',
    rows: ['ds,y,y', '2024-01-01,1,2'],
    message: 'columns must have names of their own, got 2 named y in t.csv: rename or remove all but one',
    place: { file: 't.csv', column: 'y' },
  },
  {
    title: 'a first line that is a row',
    rows: ['2024-01-01,1', '2024-01-02,2'],
    message:
      'the first line must name the columns, got the time 2024-01-01 in line 1 of t.csv: write names above the rows, for example timestamp and value',
    place: { file: 't.csv', line: 1 },
  },
  {
    title: 'an option that names no column',
    rows: ['ds,temperature', '2024-01-01,1'],
    options: { target: 'temprature' },
    message:
      'a column that is named must be in the table, which has ds, temperature, got "temprature": did you mean temperature?',
  },
];

test.each(refusals)('$title is refused', async ({ rows, options, message, place, count }) => {
  const refusal = await refusalOf(readDataset(await csv(lines(...rows), 't.csv'), options));
  expect(refusal.message).toBe(message);
  expect(refusal.code).toBe('DATA');
  if (place !== undefined) expect(refusal.place).toEqual(place);
  if (count !== undefined) expect(refusal.count).toBe(count);
});

test('text behind the sampled rows, and in the second part, is refused with its own line', async () => {
  const day = (i: number) => new Date(i * 86_400_000).toISOString().slice(0, 10);
  const rows = Array.from({ length: 30_000 }, (_, i) => `${day(i)},${i}`);
  const one = await csv(lines('ds,y', ...rows.slice(0, 10_000)), 'one.csv');
  rows[25_000] = `${day(25_000)},?`;
  const two = await csv(lines('ds,y', ...rows.slice(10_000)), 'two.csv.gz');
  expect(await refusalOf(readDataset([one, two]))).toMatchObject({
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
  expect((await refusalOf(readDataset([one, two]))).message).toBe(
    'an item must have one row for each time, got two that differ for 2024-01-02 00:00:00, line 3 of one.csv and row 1 of two.parquet: keep one of them',
  );
});

test('text in a Parquet column is refused with its row', async () => {
  const file = await parquet(
    `SELECT DATE '2024-01-01' + i::INTEGER AS ds, CASE i WHEN 2 THEN 'x' ELSE '1' END AS y FROM range(4) t(i)`,
    'text.parquet',
  );
  expect(await refusalOf(readDataset(file))).toMatchObject({
    message:
      'the column y must hold finite numbers, got "x" in row 3 of text.parquet, column y: mend the cell, leave it empty where the value is missing, or leave out the column',
    place: { file: 'text.parquet', row: 3, column: 'y' },
  });
});

test('epoch numbers as timestamps in Parquet are refused', async () => {
  const file = await parquet(`SELECT 1700000000 + i AS ds, 1.0 AS y FROM range(2) t(i)`, 'epoch.parquet');
  expect((await refusalOf(readDataset(file))).message).toBe(
    'a timestamp must be an ISO date or time such as 2024-01-31 or 2024-01-31 06:00:00, got "1700000000" in row 1 of epoch.parquet, column ds (and 1 more): mend it or remove the row',
  );
});

test('parts with other columns are refused', async () => {
  const one = await csv(lines('id,ds,y', 'a,2024-01-01,1'), 'one.csv');
  const two = await csv(lines('id,ds,Y,x', 'a,2024-01-02,1,1'), 'two.csv');
  expect(await refusalOf(readDataset([one, two]))).toMatchObject({
    message:
      'all files of a table must have the columns of the first, one.csv, got no y, also Y, also x in two.csv: give files with the same columns',
    place: { file: 'two.csv' },
    count: 3,
  });
});

test('what is no table is refused', async () => {
  const rule = 'a table must be CSV in UTF-8, plain or gzip, with its names in the first line, or Parquet';
  const cases: [Promise<string>, string][] = [
    [csv('', 'empty.csv'), `${rule}, got nothing in empty.csv: save it as one of these`],
    [csv('\n\n', 'blank.csv'), `${rule}, got an empty first line in blank.csv: save it as one of these`],
    [
      bytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'picture.csv'),
      `${rule}, got bytes that are no text in picture.csv: save it as one of these`,
    ],
    [
      bytes(Buffer.from('d\u0000s\u0000,\u0000y\u0000\n\u0000', 'latin1'), 'utf-16.csv'),
      `${rule}, got bytes that are no text in utf-16.csv: save it as one of these`,
    ],
    [
      bytes(Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3), 'broken.csv.gz'),
      `${rule}, got bytes that are no text in broken.csv.gz: save it as one of these`,
    ],
  ];
  for (const [file, message] of cases) {
    expect((await refusalOf(readDataset(await file))).message).toBe(message);
  }
});

test('a gzip file that is cut off between two lines, or changed, is refused', async () => {
  const days = Array.from(
    { length: 9999 },
    (_, i) => `${new Date(i * 86_400_000).toISOString().slice(0, 10)},${i}`,
  );
  const whole = gzipSync(lines('ds,y', ...days));
  const changed = Buffer.from(whole);
  changed[whole.length - 5] = (changed[whole.length - 5] ?? 0) ^ 1; // in the checksum
  for (const [content, said] of [
    [whole.subarray(0, -100), 'unexpected end of file'],
    [changed, 'incorrect data check'],
  ] as const) {
    const file = await bytes(content, 'torn.csv.gz');
    expect((await refusalOf(readDataset(file))).message).toBe(
      `a data file must be whole, got torn.csv.gz, of which the reader says "${said}": write the file again`,
    );
  }
});

test('a Parquet file that is cut off is refused with what the reader says', async () => {
  const file = await bytes(Buffer.from('PAR1 and so on'), 'cut.parquet');
  expect((await refusalOf(readDataset(file))).message).toMatch(
    /^a data file must be whole, got cut\.parquet, of which the reader says ".*": write the file again$/,
  );
});

test('a missing file and a folder are refused', async () => {
  expect((await refusalOf(readDataset('none.csv'))).message).toBe(
    'the data must be in a file, got none at "none.csv": give the path of a .csv, .csv.gz or .parquet file',
  );
  expect((await refusalOf(readDataset('test'))).message).toBe(
    'the data must be in a file, got a folder at "test": give the path of a .csv, .csv.gz or .parquet file',
  );
  expect((await refusalOf(readDataset([]))).message).toBe(
    'there must be data, got no file: name at least one',
  );
});
