import { type ReadOptions, readDataset } from '../../../shared/dataset/index.ts';
import { lines, tableFolder } from '../files.ts';
import { refusalOf } from '../refusal.ts';

const folder = tableFolder();
const { csv } = folder;
const data = lines(
  'id,ds,y,region',
  ...['a,2024-01-01,1,N', 'a,2024-01-02,2,N', 'b,2024-01-01,3,S', 'b,2024-01-02,4,S'],
  ...['c,2024-01-01,5,N', 'c,2024-01-02,6,N'],
);

async function read(items: string, options: ReadOptions = {}, table = data) {
  const files = [await csv(table), await csv(items, 'items.csv')] as const;
  return readDataset(files[0], { ...options, items: files[1] });
}

test('an items table gives numbers and categories; items without a row have none', async () => {
  const items = lines(
    'id,size,kind,name',
    'd,1,x,D',
    'b,-0,bakery,Bern',
    'a,NA,pub,Aarau',
    'b,0.0,bakery,Bern'.replace('0.0', '-0'),
  );
  const { panel, report } = await read(items);
  expect(panel.statics).toEqual(
    [
      { name: 'region', kind: 'category', values: ['N', 'S', 'N'] },
      { name: 'size', kind: 'number', values: [null, 0, null] },
      { name: 'kind', kind: 'category', values: ['pub', 'bakery', null] },
    ].filter(({ name }) => name !== 'kind'),
  );
  expect(report.roles.static).toEqual(['region', 'size']);
  expect(report.roles.ignored).toEqual([
    { column: 'kind', because: 'every item has one of its own' },
    { column: 'name', because: 'every item has one of its own' },
  ]);
});

test('a category that is told is taken, and one of both tables is as the items table has it', async () => {
  const items = lines('id;region;size', 'a;west;1,5', 'b;east;2,5', 'c;west;3');
  const { panel } = await read(items, { static: ['region'] });
  expect(panel.statics).toEqual([
    { name: 'region', kind: 'category', values: ['west', 'east', 'west'] },
    { name: 'size', kind: 'number', values: [1.5, 2.5, 3] },
  ]);
});

test.each([
  [
    'lacks the item column',
    'name,size\na,1\n',
    'the items table must have the item column id, got the columns name, size in items.csv: name it as in the data',
  ],
  [
    'has two rows of an item that differ',
    'id,size\na,1\nb,1\na,2\n',
    'an item must have one row in the items table, got two that differ for item "a", line 2 of items.csv and line 4 of items.csv: keep one of them',
  ],
  [
    'has a row without a name',
    'id,size\na,1\n,1\n',
    'every row of the items table must name its item, got nothing in line 3 of items.csv, column id: fill in the name or remove the row',
  ],
  [
    'has text among numbers',
    'id,size\na,1\nb,big\nc,3\n',
    'the column size must hold finite numbers, got "big" in line 3 of items.csv, column size: mend the cell, leave it empty where the value is missing, or leave out the column',
  ],
  [
    'has none of the items',
    'id,size\nA,1\n',
    'the items table must have items of the data, such as a, got A in items.csv: name the items in both alike',
  ],
])('an items table that %s is refused', async (_, items, message) => {
  expect((await refusalOf(read(items), folder)).message).toBe(message);
});

test('data without items have no items table', async () => {
  const table = lines('ds,y', '2024-01-01,1', '2024-01-02,2');
  expect((await refusalOf(read('id,size\na,1\n', {}, table), folder)).message).toBe(
    'data with an items table must have an item column, got none: no column is named item_id, unique_id, series_id, ts_id, item, series, id, sku: say which one it is with the option item, or give no items table',
  );
});
