import { gzipSync } from 'node:zlib';
import { readDataset } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';
import { refusalOf, testRefusals } from './refusal.ts';

const folder = tableFolder();
const { csv, bytes } = folder;

testRefusals(folder, [
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
]);

test('what is no table is refused', async () => {
  const rule = 'a table must be CSV with its names in the first line, JSON lines or Parquet';
  const cases: [Promise<string>, string][] = [
    [csv('', 'empty.csv'), `${rule}, got nothing in empty.csv: save it as one of these`],
    [csv('\n\n', 'blank.csv'), `${rule}, got an empty first line in blank.csv: save it as one of these`],
    [
      bytes(Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13), 'picture.csv'),
      `${rule}, got bytes that are no text in picture.csv: save it as one of these`,
    ],
    [
      bytes(Uint8Array.of(0x1f, 0x8b, 8, 0, 1, 2, 3), 'broken.csv.gz'),
      `${rule}, got bytes that are no text in broken.csv.gz: save it as one of these`,
    ],
  ];
  for (const [file, message] of cases) {
    expect((await refusalOf(readDataset(await file), folder)).message).toBe(message);
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
    expect((await refusalOf(readDataset(file), folder)).message).toBe(
      `a data file must be whole, got torn.csv.gz, of which the reader says "${said}": write the file again`,
    );
  }
});

test('a Parquet file that is cut off is refused with what the reader says', async () => {
  const file = await bytes(Buffer.from('PAR1 and so on'), 'cut.parquet');
  expect((await refusalOf(readDataset(file), folder)).message).toMatch(
    /^a data file must be whole, got cut\.parquet, of which the reader says ".*": write the file again$/,
  );
});

test('a missing file and a folder are refused', async () => {
  expect((await refusalOf(readDataset('none.csv'), folder)).message).toBe(
    'the data must be in a file, got none at "none.csv": give the path of a .csv, .jsonl or .parquet file; .gz and .zst may follow',
  );
  expect((await refusalOf(readDataset('test'), folder)).message).toBe(
    'the data must be in a file, got a folder at "test": give the path of a .csv, .jsonl or .parquet file; .gz and .zst may follow',
  );
  expect((await refusalOf(readDataset([]), folder)).message).toBe(
    'there must be data, got no file of the table itself: give at least one; those whose names begin with related or items are tables beside it',
  );
});
