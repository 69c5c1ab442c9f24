import { itemKnown, itemPast, readDataset } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';

const { csv } = tableFolder();

const table = lines('Store,Day,Units sold,price,promo', 'a,2024-01-01,1,2,0', 'a,2024-01-02,3,4,1');

test('options name the columns', async () => {
  const { panel, report } = await readDataset(await csv(table), {
    item: 'Store',
    target: 'Units sold',
    known: ['promo'],
  });
  expect(panel).toMatchObject({
    items: ['a'],
    channels: ['Units sold'],
    known: { names: ['promo'], horizon: 0 },
    past: { names: ['price'] },
  });
  expect([...itemKnown(panel, 0), ...itemPast(panel, 0)]).toEqual([0, 1, 2, 4]);
  expect(report.roles.time).toEqual({ column: 'Day', because: 'the only one that holds times' });
});

test('several targets are channels, ignored columns are left alone', async () => {
  const { panel, report } = await readDataset(await csv(table), {
    item: 'Store',
    target: ['price', 'Units sold'],
    ignore: ['promo'],
  });
  expect([...panel.target]).toEqual([2, 1, 4, 3]);
  expect(report.roles.ignored).toEqual([{ column: 'promo', because: 'as told' }]);
});

test.each([
  ['ITEM ID,Date-Time,Target', 'ITEM ID', 'Date-Time', 'Target'],
  ['series,DS,Y', 'series', 'DS', 'Y'],
  ['unique_id,date,sales', 'unique_id', 'date', 'sales'],
  ['id,time,load', 'id', 'time', 'load'],
])('%s are known by name', async (header, item, time, target) => {
  const { report } = await readDataset(await csv(lines(header, 'a,2024-01-01,1', 'a,2024-01-02,2')));
  expect([report.roles.item.column, report.roles.time.column, report.roles.target.column]).toEqual([
    item,
    time,
    [target],
  ]);
});

test('a second name of the item, a column without a name and an empty one are no covariates', async () => {
  const { report } = await readDataset(
    await csv(lines(',item_id,id,ds,y,empty', '0,a,7,2024-01-01,1,', '1,a,7,2024-01-02,2,')),
  );
  expect(report.roles).toMatchObject({
    past: [],
    ignored: [
      { column: '', because: 'it has no name' },
      { column: 'id', because: 'it has the name of an item or a time' },
      { column: 'empty', because: 'it is empty' },
    ],
  });
});
