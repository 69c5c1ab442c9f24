import { readDataset } from '../../../shared/dataset/index.ts';
import { lines, tableFolder } from '../files.ts';
import { testInputs } from './inputs.ts';

const { csv } = tableFolder();
const item = ['Region', 'State'];
const header = 'Region,State,ds,y';

testInputs([
  {
    title: 'several columns together name an item',
    content: [header, 'N,01,2024-01-01,1', 'N,02,2024-01-01,2', 'N,01,2024-01-02,3', 'N,02,2024-01-02,4'],
    options: { item },
    gives: { 'N/01': [1, 3], 'N/02': [2, 4] },
  },
  {
    title: 'parts with a slash or a backslash keep their names apart',
    content: [
      header,
      ...['2024-01-01,1', '2024-01-02,2'].flatMap((rest) => [
        `a/b,c,${rest}`,
        `a,b/c,${rest}`,
        `a\\,b,${rest}`,
      ]),
    ],
    options: { item },
    gives: { 'a/b\\/c': [1, 2], 'a\\/b/c': [1, 2], 'a\\\\/b': [1, 2] },
  },
  {
    title: 'a row that lacks one of the parts is refused',
    content: [header, 'N,01,2024-01-01,1', 'N, ,2024-01-02,2', ',02,2024-01-02,2'],
    options: { item },
    message:
      'every row must name its item, got nothing in line 3 of t.csv, column Region, State (and 1 more): fill in the name or remove the row',
    place: { line: 3, column: 'Region, State' },
    count: 2,
  },
  {
    title: 'a part that is no column is refused',
    content: [header, 'N,01,2024-01-01,1'],
    options: { item: ['Region', 'Sate'] },
    message:
      'a column that is named must be in the table, which has Region, State, ds, y, got "Sate": did you mean State?',
  },
  {
    title: 'rows that contradict are refused with the columns that may name the series',
    content: ['ds,shop,y', '2024-01-01,north,1', '2024-01-01,south,2', '2024-01-02,north,3'],
    message:
      'an item must have one row for each time, got two that differ for 2024-01-01 00:00:00, line 2 of t.csv and line 3 of t.csv: keep one of them, or say with the option aggregation what becomes of them; where shop names the series, say so with the option item',
  },
]);

test('the parts of a name are static categories where items share them', async () => {
  const file = await csv(
    lines(
      'Region,State,Code,ds,y',
      ...['N,01,7', 'N,02,8', 'S,01,9'].flatMap((name) => [`${name},2024-01-01,1`, `${name},2024-01-02,2`]),
    ),
  );
  const { panel, report } = await readDataset(file, { item: [...item, 'Code'] });
  expect(panel.items).toEqual(['N/01/7', 'N/02/8', 'S/01/9']);
  // Each item has a code of its own: that is another name of it.
  expect(panel.statics).toEqual([
    { name: 'Region', kind: 'category', values: ['N', 'N', 'S'] },
    { name: 'State', kind: 'category', values: ['01', '02', '01'] },
  ]);
  expect(report.roles).toMatchObject({
    item: { column: ['Region', 'State', 'Code'], because: 'as told' },
    static: ['Region', 'State'],
    past: [],
  });
});
