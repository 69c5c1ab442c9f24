import { itemStatics, readDataset } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';
import { refusalOf } from './refusal.ts';

const folder = tableFolder();
const { csv } = folder;

const header = 'id,ds,y,price,size,region,name,currency,mood';
const table = lines(
  header,
  'b,2024-01-01,1,5,20,south,Bern,EUR,good',
  'a,2024-01-01,2,6,1e1,north,Aarau,EUR,bad',
  'a,2024-01-02,3,7,10.0,north,Aarau,EUR,bad',
  'b,2024-01-02,4,5,,,Bern,EUR,bad',
  'c,2024-01-01,5,8,,north,Chur,EUR,good',
  'c,2024-01-02,6,9,NA,n/a,Chur,EUR,good',
);

test('columns that never change within an item are static: numbers, and categories that items share', async () => {
  const { panel, report } = await readDataset(await csv(table), { ignore: ['mood'] });
  expect(panel.statics).toEqual([
    { name: 'size', kind: 'number', values: [10, 20, null] },
    { name: 'region', kind: 'category', values: ['north', 'south', 'north'] },
  ]);
  expect(itemStatics(panel, 1)).toEqual({ size: 20, region: 'south' });
  expect(panel.past.names).toEqual(['price']);
  expect(report.roles).toMatchObject({
    static: ['size', 'region'],
    past: ['price'],
    ignored: [
      { column: 'name', because: 'every item has one of its own' },
      { column: 'currency', because: 'it says the same of all items' },
      { column: 'mood', because: 'as told' },
    ],
  });
});

test('text that changes within an item is left alone, as it always was', async () => {
  const { report } = await readDataset(await csv(table));
  expect(report.roles.ignored).toContainEqual({ column: 'mood', because: 'it holds text' });
});

test('what is told counts: past, known and ignored columns are not static, static ones are', async () => {
  const { panel, report } = await readDataset(await csv(table), {
    past: ['size'],
    static: ['name', 'currency'],
    ignore: ['region', 'mood'],
  });
  expect(panel.statics.map(({ name, kind }) => [name, kind])).toEqual([
    ['name', 'category'],
    ['currency', 'category'],
  ]);
  expect(report.roles).toMatchObject({ past: ['price', 'size'], static: ['name', 'currency'] });
});

test('a single item has no static covariates unless told, and a number that all items share stays past', async () => {
  const one = await readDataset(await csv(lines('ds,y,z', '2024-01-01,1,3', '2024-01-02,2,3')), {
    target: 'y',
  });
  expect([one.panel.statics, one.panel.past.names]).toEqual([[], ['z']]);
  const told = await readDataset(await csv(lines('ds,y,z', '2024-01-01,1,3', '2024-01-02,2,3')), {
    static: ['z'],
  });
  expect(told.panel.statics).toEqual([{ name: 'z', kind: 'number', values: [3] }]);
  const all = await readDataset(
    await csv(lines('id,ds,y,z', 'a,2024-01-01,1,3', 'a,2024-01-02,1,3', 'b,2024-01-01,1,3')),
  );
  expect([all.panel.statics, all.panel.past.names]).toEqual([[], ['z']]);
});

test('a Parquet table and a table in parts have the same static covariates as one CSV', async () => {
  const rows = table.trim().split('\n');
  const parts = [rows.slice(1, 4), rows.slice(4)].map((part) => csv(lines(header, ...part)));
  const whole = await csv(table);
  const query = `SELECT * REPLACE (TRY_CAST(size AS DOUBLE) AS size, y::INT AS y, price::INT AS price)
    FROM read_csv('${whole}', all_varchar = true)`;
  const expected = (await readDataset(whole)).panel.statics;
  expect((await readDataset(await Promise.all(parts))).panel.statics).toEqual(expected);
  expect((await readDataset(await folder.parquet(query, 'all.parquet'))).panel.statics).toEqual(expected);
});

test.each([
  ['price', '6 and 7 for item "a" (and 1 more)', 2],
  ['mood', '"bad" and "good" for item "b"', 1],
] as const)('a static column that changes within an item is refused: %s', async (name, received, count) => {
  expect(await refusalOf(readDataset(await csv(table), { static: [name] }), folder)).toMatchObject({
    message: `a static column must have one value in all rows of an item, as ${name} should, got ${received}: make it a covariate that is known or past, or mend the rows`,
    count,
  });
});
