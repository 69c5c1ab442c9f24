import { readDataset } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';
import { refusalOf, testRefusals } from './refusal.ts';

const folder = tableFolder();
const { csv } = folder;

testRefusals(folder, [
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
]);

test('parts with other columns are refused', async () => {
  const one = await csv(lines('id,ds,y', 'a,2024-01-01,1'), 'one.csv');
  const two = await csv(lines('id,ds,Y,x', 'a,2024-01-02,1,1'), 'two.csv');
  expect(await refusalOf(readDataset([one, two]), folder)).toMatchObject({
    message:
      'all files of a table must have the columns of the first, one.csv, got no y, also Y, also x in two.csv: give files with the same columns',
    place: { file: 'two.csv' },
    count: 3,
  });
});
