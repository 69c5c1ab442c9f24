import { gzipSync } from 'node:zlib';
import { testInputs } from './inputs.ts';

const row = (id: unknown, day: number, y: unknown) => JSON.stringify({ id, ds: `2024-01-0${day}`, y });
const rule = 'every line must be one JSON object';
const remedy =
  'write each row as an object in a line of its own, such as {"timestamp": "2024-01-31", "value": 1}';
const name = 't.jsonl';

testInputs([
  {
    title: 'JSON lines are read, empty lines left out',
    name,
    content: [row('00123', 1, 1.5), '', row('00123', 2, null), '  ', row('00123', 3, '4')],
    gives: { '00123': [1.5, null, 4] },
  },
  {
    title: 'JSON is known by how it begins, whatever it is called',
    content: [row('a', 1, 1), row('a', 2, 2)],
    gives: { a: [1, 2] },
  },
  {
    title: 'JSON lines in gzip are read',
    name,
    content: gzipSync(`${row('a', 1, 1)}\n${row('a', 2, 2)}\n`),
    gives: { a: [1, 2] },
  },
  {
    title: 'JSON lines after a byte order mark, and with other line breaks, are read',
    name,
    content: Buffer.from(`\ufeff${row('a', 1, 1)}\r\n${row('a', 2, 2)}\r\n`),
    gives: { a: [1, 2] },
  },
  {
    title: 'an array of objects is read',
    name: 't.json',
    content: Buffer.from(`[${row('a', 1, 1)},\n ${row('a', 2, 2)}]`),
    gives: { a: [1, 2] },
  },
  {
    title: 'numbers that name items are printed as they are written',
    name,
    content: [row(7, 1, 1), row(7, 2, 2), row('7.0', 1, 3), row('7.0', 2, 3)],
    gives: { 7: [1, 2], '7.0': [3, 3] },
  },
  {
    title:
      'fields that differ only in case, that only some rows have, or with signs in their names are columns',
    name,
    content: [
      '{"ds": "2024-01-01", "y": 1, "a/b~\\"c\\".d": 5}',
      '{"Y": 7, "y": 2, "ds": "2024-01-02", "a/b~\\"c\\".d": 6}',
    ],
    options: { target: ['Y', 'y', 'a/b~"c".d'] },
    gives: { series: [null, 1, 5, 7, 2, 6] },
  },
  {
    title: 'text in a number field is refused with its line',
    name,
    content: [row('a', 1, 1), '', row('a', 2, 2), row('a', 3, 'x')],
    message:
      'the column y must hold finite numbers, got "x" in line 4 of t.jsonl, column y: mend the cell, leave it empty where the value is missing, or leave out the column',
    place: { line: 4, column: 'y' },
  },
  {
    title: 'text in an array is refused with its row',
    name: 't.json',
    content: Buffer.from(`[${row('a', 1, 1)}, ${row('a', 2, 'x')}, ${row('a', 3, 3)}]`),
    message:
      'the column y must hold finite numbers, got "x" in row 2 of t.json, column y: mend the cell, leave it empty where the value is missing, or leave out the column',
    place: { row: 2, column: 'y' },
  },
  {
    title: 'lines that are no objects are refused',
    name,
    content: [row('a', 1, 1), '', '[1]', '{"id": "a", "y":'],
    message: `${rule}, got "[1]" in line 3 of t.jsonl (and 1 more): ${remedy}`,
    place: { line: 3 },
    count: 2,
  },
  {
    title: 'an object over several lines is refused',
    name,
    content: ['{', '  "ds": "2024-01-01"', '}'],
    message: `${rule}, got "{" in line 1 of t.jsonl (and 2 more): ${remedy}`,
  },
  {
    title: 'an array that is cut off is refused',
    name: 't.json',
    content: Buffer.from(`[${row('a', 1, 1)},`),
    message:
      'a data file must be whole, got t.json, of which the reader says "the array has no end": write the file again',
  },
  {
    title: 'an empty array is refused',
    name: 't.json',
    content: Buffer.from('[]'),
    message:
      'a table must be CSV with its names in the first line, JSON lines or Parquet, got no objects in t.json: save it as one of these',
  },
  {
    title: 'another encoding in JSON is refused with its line',
    name,
    content: Buffer.from(`${row('a', 1, 1)}\n${row('ö', 2, 2)}\n`, 'latin1'),
    message:
      'a text must be in UTF-8 or UTF-16, or in an encoding that is named, got the byte 0xf6 in line 2 of t.jsonl: save it as UTF-8, or name its encoding with the option encoding, for example windows-1252',
  },
]);
