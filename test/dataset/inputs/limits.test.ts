import { LimitError, readDataset } from '../../../shared/dataset/index.ts';
import { tableFolder } from '../files.ts';
import { daily, testInputs } from './inputs.ts';
import { parquetClaiming } from './parquet.ts';

const folder = tableFolder();
const content = ['ds,y', ...daily('', 1, 2, 3)];
const wide = Array.from({ length: 2001 }, (_, i) => `x${i}`);

testInputs([
  {
    title: 'a Parquet file of fifty bytes that claims a billion rows is refused',
    name: 't.parquet',
    content: parquetClaiming(1e9),
    message:
      'a Parquet file may hold 300 times its size in values of 8 bytes (limits.expansion), got 1000000000 rows of 2 columns in 53 bytes of t.parquet: see whether it holds what it should, or raise the limit',
    code: 'LIMIT',
  },
  {
    title: 'more columns than a table may have are refused',
    content: [['ds', 'y', ...wide].join(), ['2024-01-01', '1', ...wide.map(() => '1')].join()],
    message:
      'a table may have 2000 columns (limits.columns), got 2003 in t.csv: make it long, one row for each item and time, or raise the limit',
    code: 'LIMIT',
    count: 2003,
  },
  {
    title: 'columns are limited in JSON too',
    content: ['{"ds": "2024-01-01", "y": 1, "z": 2}'],
    options: { columns: 2 },
    message:
      'a table may have 2 columns (limits.columns), got 3 in t.csv: make it long, one row for each item and time, or raise the limit',
    code: 'LIMIT',
  },
  {
    title: 'more memory than may be taken is refused',
    content,
    options: { memory: 2 ** 20 },
    message:
      'reading the data may take 1 MiB of memory (limits.memory), got data that take more: give less data, leave out columns with the option ignore, or raise the limit',
    code: 'LIMIT',
  },
  {
    title: 'more time than may be taken is refused',
    content,
    options: { seconds: 1e-6 },
    message:
      'reading the data may take 0.000001 seconds (limits.seconds), got data that take longer: give less data, or Parquet, or raise the limit',
    code: 'LIMIT',
  },
]);

test('a query that takes too long is interrupted', async () => {
  const rows = Array.from({ length: 200_000 }, (_, i) => `i${i % 1000},2024-01-01,${i},NA`);
  const file = await folder.csv(`id,ds,y,x\n${rows.join('\n')}\n`);
  const began = performance.now();
  await expect(readDataset(file, { seconds: 0.05, threads: 1 })).rejects.toThrow(LimitError);
  expect(performance.now() - began).toBeLessThan(5000);
});

test('a Parquet file that is small because its values are alike is read', async () => {
  const file = await folder.parquet(
    "SELECT i // 1000 AS id, DATE '2020-01-01' + (i % 1000)::INTEGER AS ds, 0.0 AS y FROM range(1000000) t(i)",
    'alike.parquet',
  );
  const { report } = await readDataset(file);
  expect(report).toMatchObject({ items: 1000, periods: 1_000_000, zero: 1_000_000 });
});
