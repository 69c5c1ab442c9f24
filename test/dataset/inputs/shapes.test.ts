import { daily, testInputs } from './inputs.ts';

const rule = 'a table must be CSV with its names in the first line, JSON lines or Parquet';
const timestamp =
  'a timestamp must be an ISO date or time without a zone, such as 2024-01-31 or 2024-01-31 06:00:00';
const split = 'mend the line, and quote cells that hold the delimiter';
const months = Array.from(
  { length: 240 },
  (_, i) => `${2004 + Math.floor(i / 12)}-${String((i % 12) + 1).padStart(2, '0')}`,
);
const long =
  'make it long, with the columns item, timestamp and value, for example with pandas: table.melt(id_vars=["store"], var_name="timestamp")';

testInputs([
  {
    title: 'an empty file is refused',
    content: Buffer.from(''),
    message: `${rule}, got nothing in t.csv: save it as one of these`,
  },
  {
    title: 'a header alone is refused',
    content: ['id,ds,y'],
    message: 'a table must have rows, got none in t.csv: add the observations',
  },
  {
    title: 'a binary file is refused',
    content: Buffer.from('d0cf11e0a1b11ae1000000000000', 'hex'),
    message: `${rule}, got bytes that are no text in t.csv: save it as one of these`,
  },
  {
    title: 'a workbook of a spreadsheet is refused',
    name: 't.xlsx',
    content: Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100, 7)]),
    message: `${rule}, got bytes that are no text in t.xlsx: save it as one of these`,
  },
  {
    title: 'a page of HTML is refused',
    content: ['<!DOCTYPE html>', '<html><body>404</body></html>'],
    message:
      'a table must have a time column, named timestamp, ds, datetime, date_time, date, time, or as the only one that holds ISO times, got the columns <!DOCTYPE html>: say which one it is with the option time',
  },
  {
    title: 'ragged rows are refused with the first',
    content: ['ds,y', ...daily('', 1, 2), '2024-01-03', '2024-01-04,4,5'],
    message: `every line must have the 2 columns of the first, got 1 in line 4 of t.csv (and 1 more): ${split}`,
    place: { line: 4 },
    count: 2,
  },
  {
    title: 'a quote that does not end is refused with its line',
    content: ['ds,y', ...daily('', 1, 2, '"3', 4)],
    message: `every line must have the 2 columns of the first, got a quote without an end in line 4 of t.csv: ${split}`,
    place: { line: 4 },
  },
  {
    title: 'a decimal comma that splits its cell is refused as a line of too many',
    content: ['ds,y', '2024-01-01,"1,5"', '2024-01-02,2,5'],
    message: `every line must have the 2 columns of the first, got 3 in line 3 of t.csv: ${split}`,
  },
  {
    title: 'a footer is refused with its line',
    content: ['ds,y', ...daily('', 1, 2, 3), 'Total,6'],
    message: `${timestamp}, got "Total" in line 5 of t.csv, column ds: mend it or remove the row, or say with the option timestampFormat how all are written`,
    place: { line: 5, column: 'ds' },
  },
  {
    title: 'a title above the names is refused',
    content: ['Sales of 2024', '', 'ds,y', ...daily('', 1, 2)],
    message:
      'a table must have a time column, named timestamp, ds, datetime, date_time, date, time, or as the only one that holds ISO times, got the columns Sales of 2024: say which one it is with the option time',
  },
  {
    title: 'months as columns are refused with how to make them rows',
    content: [['store', ...months].join(), ['a', ...months.map(() => '1')].join()],
    message: `a table must have a row for each item and time, got 240 columns that are named by times, 2004-01 to 2023-12: ${long}`,
    count: 240,
  },
  {
    title: 'years, quarters and names of months as columns are refused alike',
    content: ['store;2023;Q1 2024;Jan-25;02/2025', 'a;1;2;3;4'],
    message: `a table must have a row for each item and time, got 4 columns that are named by times, 2023 to 02/2025: ${long}`,
  },
  {
    title: 'a delimiter of no kind that is known is read where it is named',
    content: ['id^ds^y', 'a^2024-01-01^1', 'a^2024-01-02^2'],
    options: { delimiter: '^' },
    gives: { a: [1, 2] },
  },
  {
    title: 'a delimiter of two characters is refused',
    content: ['id||ds||y'],
    options: { delimiter: '||' },
    message:
      'the delimiter must be one character, and no quote or line break, got "||": mend the option delimiter',
  },
  {
    title: 'tabulators delimit, commas in names do not',
    content: ['store, name\tds\ty', 'a\t2024-01-01\t1', 'a\t2024-01-02\t2'],
    options: { item: 'store, name' },
    gives: { a: [1, 2] },
  },
  {
    title: 'a delimiter must split the second line too',
    content: ['a, b, c and d;ds;y', 'x;2024-01-01;1', 'x;2024-01-02;2'],
    options: { item: 'a, b, c and d' },
    gives: { x: [1, 2] },
  },
  {
    title: 'lines that end as on old computers are read',
    content: Buffer.from('ds,y\r2024-01-01,1\r2024-01-02,2\r'),
    gives: { series: [1, 2] },
  },
  {
    title: 'and their lines are counted',
    content: Buffer.from('ds,y\r2024-01-01,1\r2024-01-02,x\r2024-01-03,3\r'),
    message:
      'the column y must hold finite numbers, got "x" in line 3 of t.csv, column y: mend the cell, leave it empty where the value is missing, or leave out the column',
  },
]);
