import { printReport, readDataset } from '../../shared/dataset/index.ts';
import { lines, tableFolder } from './files.ts';

const { csv, plain } = tableFolder();

test('the report counts what the data are like', async () => {
  const file = await csv(
    lines(
      'id,ds,y,x',
      ...[1, 2, 3, 4].map((day) => `a,2024-01-0${day},${day - 2},1`),
      'b,2024-01-01,5,1',
      'b,2024-01-03,5,1',
    ),
    'report.csv',
  );
  const { report } = await readDataset(file);
  expect(report).toEqual({
    files: [file],
    items: 2,
    channels: ['y'],
    rows: 6,
    periods: 7,
    first: '2024-01-01',
    last: '2024-01-04',
    frequency: '1d',
    confidence: 3 / 4,
    season: 7,
    suggestedHorizon: 14,
    gaps: 1,
    missingShare: 1 / 7,
    duplicatesMerged: 0,
    ...{ aggregated: 0, filled: 0, intermittentItems: 0, shortItems: 2, endedItems: 0 },
    mostMissing: [{ item: 'b', missing: 1 }],
    ...{ outliers: null, levelShifts: null, leaks: [] },
    constantItems: 1,
    shortest: { item: 'b', periods: 3 },
    longest: { item: 'a', periods: 4 },
    negative: 1,
    zero: 1,
    roles: {
      item: { column: 'id', because: 'by its name' },
      time: { column: 'ds', because: 'by its name' },
      target: { column: ['y'], because: 'by its name' },
      known: [],
      past: ['x'],
      static: [],
      ignored: [],
    },
    future: { periods: 0, missing: 0 },
  });
  expect(printReport(report).map(plain)).toEqual([
    'files      report.csv',
    'items      2, of 3 periods (b) to 4 periods (a)',
    'rows       6 in 7 periods, from 2024-01-01 to 2024-01-04',
    'frequency  1d, 75 % of the steps are one period; season 7, suggested horizon 14',
    'item       id (by its name)',
    'time       ds (by its name)',
    'target     y (by its name)',
    'past       x',
    'missing    14 % of the target, 1 periods without a row',
    'merged     0 rows that repeat another one',
    'values     1 negative, 1 zero, 1 items constant',
    'of these   2 too short to be trained on',
    'gaps       b 1',
  ]);
});
