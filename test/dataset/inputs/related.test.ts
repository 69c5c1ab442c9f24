import {
  itemFuture,
  itemKnown,
  itemPast,
  type ReadOptions,
  readDataset,
} from '../../../shared/dataset/index.ts';
import { lines, tableFolder } from '../files.ts';
import { refusalOf } from '../refusal.ts';

const folder = tableFolder();
const { csv } = folder;
const rows = (...days: string[]) =>
  lines('id,ds,y', ...['a', 'b'].flatMap((id) => days.map((day) => `${id},${day}`)));
const data = rows('2024-01-01,1', '2024-01-02,2', '2024-01-03,3');

async function read(related: string, options: ReadOptions = {}, table = data) {
  const files = [await csv(table), await csv(related, 'related.csv')] as const;
  return readDataset(files[0], { ...options, related: files[1] });
}

const refusal = async (...given: Parameters<typeof read>) =>
  (await refusalOf(read(...given), folder)).message;

test('covariates of a related table are known where they go on after the end, else past', async () => {
  const related = lines(
    'id,ds,promo,rain,note',
    ...['a,2024-01-01,1,5,x', 'a,2024-01-03,0,6,x', 'a,2024-01-04,1,,x', 'a,2024-01-05,0,,x'],
    ...['b,2023-12-31,9,9,x', 'b,2024-01-02,1,7,x', 'c,2024-01-02,1,7,x'],
  );
  const { panel, report } = await read(related);
  expect(panel.known).toMatchObject({ names: ['promo'], horizon: 2 });
  expect([...itemKnown(panel, 0), ...itemFuture(panel, 0)]).toEqual([1, Number.NaN, 0, 1, 0]);
  expect([...itemKnown(panel, 1), ...itemFuture(panel, 1)]).toEqual([
    ...[Number.NaN, 1, Number.NaN],
    ...[Number.NaN, Number.NaN],
  ]);
  expect(panel.past.names).toEqual(['rain']);
  expect([...itemPast(panel, 0), ...itemPast(panel, 1)]).toEqual([
    ...[5, Number.NaN, 6],
    ...[Number.NaN, 7, Number.NaN],
  ]);
  expect(report.roles).toMatchObject({ known: ['promo'], past: ['rain'] });
  expect(report.roles.ignored).toEqual([{ column: 'note', because: 'in the related table it holds text' }]);
  expect(report.future).toEqual({ periods: 2, missing: 2 });
});

test('what is told of a related covariate counts', async () => {
  const related = lines('id,ds,promo,rain', 'a,2024-01-03,1,5', 'a,2024-01-04,2,6');
  const { panel } = await read(related, { past: ['promo'] });
  expect([panel.known.names, panel.past.names]).toEqual([['rain'], ['promo']]);
  const known = await read(lines('id,ds,promo', 'a,2024-01-03,1'), { known: ['promo'] });
  expect(known.panel.known).toMatchObject({ names: ['promo'], horizon: 0 });
  const ignored = await read(related, { ignore: ['rain'] });
  expect(ignored.panel.known.names).toEqual(['promo']);
});

test('a covariate of both tables keeps the data’s values, and is filled where they are missing', async () => {
  const table = lines('id,ds,y,load', 'a,2024-01-01,1,10', 'a,2024-01-02,2,', 'a,2024-01-03,3,30');
  const related = lines('id,ds,load', 'a,2024-01-01,99', 'a,2024-01-02,20', 'a,2024-01-04,40');
  const { panel } = await read(related, { target: 'y' }, table);
  expect([...itemKnown(panel, 0), ...itemFuture(panel, 0)]).toEqual([10, 20, 30, 40]);
});

test('covariates that end early are counted as missing', async () => {
  const related = lines(
    'id,ds,promo',
    'a,2024-01-04,1',
    'a,2024-01-05,1',
    'a,2024-01-06,1',
    'b,2024-01-04,1',
  );
  const { report } = await read(related);
  expect(report.future).toEqual({ periods: 3, missing: 2 });
});

test('the time of a related table may have another name', async () => {
  const { panel } = await read(lines('when,id,promo', '2024-01-04,a,1', '2024-01-04,b,2'));
  expect([...itemFuture(panel, 0), ...itemFuture(panel, 1)]).toEqual([1, 2]);
});

test('related rows of several item columns, and in another form, find their places', async () => {
  const table = lines(
    'Region,State,ds,y',
    ...['N,1', 'S,1'].flatMap((name) => [`${name},2024-01-01,1`, `${name},2024-01-02,2`]),
  );
  const related = lines('{"State": "1", "ds": "2024-01-03", "Region": "S", "promo": 4}');
  const { panel } = await read(related, { item: ['Region', 'State'] }, table);
  expect([...itemFuture(panel, 0), ...itemFuture(panel, 1)]).toEqual([Number.NaN, 4]);
});

test.each([
  [
    'lacks the item column',
    'ds,promo\n2024-01-04,1\n',
    'the related table must have the item column id, got the columns ds, promo in related.csv: name it as in the data',
  ],
  [
    'lacks a time column',
    'id,day,promo\na,4,1\n',
    'the related table must have the time column ds, got the columns id, day, promo in related.csv: name it as in the data',
  ],
  [
    'has rows that differ',
    'id,ds,promo\na,2024-01-04,1\na,2024-01-04,2\n',
    'an item must have one row for each time, got two that differ for 2024-01-04 00:00:00 of item "a", line 2 of related.csv and line 3 of related.csv: keep one of them, or say with the option aggregation what becomes of them',
  ],
  [
    'has text where numbers should be',
    'id,ds,promo\na,2024-01-03,1\na,2024-01-04,1\na,2024-01-05,yes\n',
    'the column promo must hold finite numbers, got "yes" in line 4 of related.csv, column promo: mend the cell, leave it empty where the value is missing, or leave out the column',
  ],
  [
    'is beside the data’s grid',
    'id,ds,promo\na,2024-01-03 12:00,1\n',
    'timestamps must be whole periods of 1d apart, as 2024-01-03 00:00:00 is, got 2024-01-03 12:00:00 of item "a" in line 2 of related.csv, column ds: mend the timestamp',
  ],
  [
    'has none of the items',
    'id,ds,promo\nA,2024-01-04,1\nB,2024-01-04,1\n',
    'the related table must have items of the data, such as a, got A, B in related.csv: name the items in both alike',
  ],
  [
    'has no numbers',
    'id,ds,mood\na,2024-01-04,good\n',
    'the related table must have a column of numbers beside item and time, got the columns id, ds, mood in related.csv: add the covariates, or give categories in an items table',
  ],
])('a related table that %s is refused', async (_, related, message) => {
  expect(await refusal(related)).toBe(message);
});
