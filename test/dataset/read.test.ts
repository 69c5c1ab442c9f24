import {
  itemFuture,
  itemKnown,
  itemPast,
  itemTarget,
  type Panel,
  panelFingerprint,
  printReport,
  readColumns,
  readDataset,
  readFuture,
} from '../../shared/dataset/index.ts';
import { parseFrequency, printPeriod } from '../../shared/frequency/index.ts';
import { lines, tableFolder } from './files.ts';

const { csv, parquet, plain } = tableFolder();

const first = ({ frequency, start }: Panel, item = 0) => printPeriod(frequency, start[item] ?? 0);
const targets = (panel: Panel) =>
  Object.fromEntries(panel.items.map((item, i) => [item, [...itemTarget(panel, i)]]));

const long = lines(
  'item_id,timestamp,target',
  'b,2024-01-01,1',
  'b,2024-01-02,2',
  'a,2024-01-02,3',
  'a,2024-01-03,4.5',
);

describe('forms', () => {
  test('a long table becomes a panel with items in the order of their names', async () => {
    const { panel } = await readDataset(await csv(long));
    expect(targets(panel)).toEqual({ a: [3, 4.5], b: [1, 2] });
    expect(panel).toMatchObject({ items: ['a', 'b'], channels: ['target'], frequency: parseFrequency('1d') });
    expect([first(panel, 0), first(panel, 1)]).toEqual(['2024-01-02', '2024-01-01']);
  });

  test('gzip, Parquet, another order of rows or columns and other delimiters give the same fingerprint', async () => {
    const table = `SELECT 'b' AS item_id, DATE '2024-01-01' AS timestamp, 1 AS target UNION ALL
      VALUES ('a', DATE '2024-01-03', 4.5), ('b', DATE '2024-01-02', 2), ('a', DATE '2024-01-02', 3)`;
    const forms = [
      await csv(long),
      await csv(long, 'long.csv.gz'),
      await csv(long, 'gzip-by-content.gz'),
      await csv(long.replaceAll(',', ';')),
      await csv(long.replaceAll(',', '\t')),
      await csv(long.replaceAll('\n', '\r\n')),
      await csv(`\ufeff${long}`),
      await csv(long.replaceAll(/^(\w+),([^,]+),(.+)$/gm, '"$3",$1,$2')),
      await csv(long.replaceAll(/(\d{4}-\d\d-\d\d)/g, '$1T00:00:00Z')),
      await csv(long.replaceAll(/(\d{4}-\d\d-\d\d)/g, '$1 02:00:00+02:00')),
      await parquet(table, 'long.parquet'),
      await parquet(`SELECT * REPLACE (timestamp::TIMESTAMPTZ AS timestamp) FROM (${table})`, 'zone.parquet'),
      await parquet(`SELECT COLUMNS(*)::VARCHAR FROM (${table})`, 'text.parquet'),
    ];
    const panels = await Promise.all(forms.map(async (file) => (await readDataset(file)).panel));
    expect(new Set(panels.map(panelFingerprint)).size).toBe(1);
  });

  test('several files are parts of one table, columns matched by name', async () => {
    const parts = [
      await csv(lines('id,ds,y', 'a,2024-01-01,1', 'a,2024-01-02,2')),
      await csv(lines('y,id,ds', '3,a,2024-01-03', '9,b,2024-01-01')),
      await parquet(`SELECT 'b' AS id, 10.0 AS y, DATE '2024-01-02' AS ds`, 'part.parquet'),
    ];
    const { panel, report } = await readDataset(parts);
    expect(targets(panel)).toEqual({ a: [1, 2, 3], b: [9, 10] });
    expect(report).toMatchObject({ files: parts, rows: 5 });
  });

  test('a wide table is one item, every number column a channel', async () => {
    const { panel, report } = await readDataset(
      await csv(lines('date,HUFL,OT,note', '2024-01-01 00:00:00,1,2,x', '2024-01-01 01:00:00,3,4,y')),
    );
    expect(panel.channels).toEqual(['HUFL', 'OT']);
    expect(targets(panel)).toEqual({ series: [1, 2, 3, 4] });
    expect(report.roles.target.because).toBe('without item and target every number column is a channel');
    expect(report.roles.ignored).toEqual([{ column: 'note', because: 'it holds text' }]);
  });

  test('one unnamed series with a target name has covariates', async () => {
    const { panel } = await readDataset(
      await csv(lines('timestamp,temperature,value', '2024-01-01,1,2', '2024-02-01,3,4')),
    );
    expect(panel).toMatchObject({ items: ['series'], channels: ['value'], past: { names: ['temperature'] } });
    expect([...panel.past.values]).toEqual([1, 3]);
  });

  test('names of items stay text', async () => {
    const { panel } = await readDataset(
      await csv(
        lines(
          'id,ds,y',
          ...['00123', 'NA', 'null', '"a, ""b""/c"', '"two\nlines"', '=1+1', '🌊'].flatMap((id) => [
            `${id},2024-01-01,1`,
            `${id},2024-01-02,2`,
          ]),
        ),
      ),
    );
    expect(panel.items).toEqual(['00123', '=1+1', 'NA', 'a, "b"/c', 'null', 'two\nlines', '🌊']);
  });

  test('the names of columns and files may hold quotes, and differ only in case', async () => {
    const file = await csv(
      lines(`ds,"it's ""it""",Y,y`, '2024-01-01,1,2,3', '2024-01-02,4,5,6'),
      `it's "it".csv`,
    );
    expect(await readColumns(file)).toEqual(['ds', `it's "it"`, 'Y', 'y']);
    const { panel } = await readDataset(file, { target: [`it's "it"`, 'y'] });
    expect(targets(panel)).toEqual({ series: [1, 3, 4, 6] });
    expect(panel.past.names).toEqual(['Y']);
  });
});

describe('values', () => {
  test('gaps, empty cells and words for missing are NaN', async () => {
    const words = ['', 'NA', 'N/A', '#N/A', 'NaN', 'nan', 'null', 'NULL', 'None', ' na '];
    const { panel, report } = await readDataset(
      await csv(
        lines('ds,y', '2024-01-01,1', ...words.map((word, i) => `2024-01-${10 + i},${word}`), '2024-01-20,2'),
      ),
    );
    expect([...panel.target]).toEqual([1, ...Array(18).fill(Number.NaN), 2]);
    expect(report).toMatchObject({ gaps: 8, missingShare: 18 / 20, rows: 12, periods: 20 });
  });

  test('rows in any order are sorted, rows that repeat another one merged and counted', async () => {
    const { panel, report } = await readDataset(
      await csv(
        lines('ds,y', '2024-01-03,3', '2024-01-01,1', '2024-01-02,', '2024-01-03,3.0', '2024-01-02,'),
      ),
    );
    expect([...panel.target]).toEqual([1, Number.NaN, 3]);
    expect(report).toMatchObject({ duplicatesMerged: 2, rows: 5, gaps: 0 });
  });

  test('timestamps of several forms in one column are read all the same', async () => {
    const { panel } = await readDataset(
      await csv(
        lines(
          'ds,y',
          '2024-01-01,1',
          '2024-01-01T01:00:00Z,2',
          '2024-01-01 05:00:00+03:00,3',
          '2024-01-01 03:00,4',
        ),
      ),
    );
    expect([first(panel), ...panel.target]).toEqual(['2024-01-01 00:00:00', 1, 2, 3, 4]);
  });

  test('a zone far down in the column counts', async () => {
    const rows = Array.from(
      { length: 2000 },
      (_, i) => `${new Date(i * 3_600_000).toISOString().slice(0, 19)},${i}`,
    );
    rows[1999] = `${new Date(1999 * 3_600_000 + 7_200_000).toISOString().slice(0, 19)}+02:00,1999`;
    const { panel, report } = await readDataset(await csv(lines('ds,y', ...rows)));
    expect([panel.target.length, report.gaps]).toEqual([2000, 0]);
  });

  test('−0 is 0, so that equal data have equal fingerprints', async () => {
    const { panel } = await readDataset(await csv(lines('ds,y', '2024-01-01,-0.0', '2024-01-02,1')));
    expect([...panel.target]).toEqual([0, 1]);
  });
});

describe('roles', () => {
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
});

describe('the future', () => {
  const past = lines(
    'id,ds,y,load,price',
    ...['a', 'b'].flatMap((id) => [`${id},2024-01-01,1,10,5`, `${id},2024-01-02,2,20,6`]),
    'b,2024-01-03,3,30,7',
  );
  const future = lines(
    'id,ds,load',
    'a,2024-01-03,31',
    'a,2024-01-04,41',
    'b,2024-01-04,42',
    'c,2024-01-04,9',
  );

  test('covariates that the future file has are known, from each item’s own end on', async () => {
    const { panel, report } = await readDataset(await csv(past), { future: await csv(future) });
    expect(panel.known).toMatchObject({ names: ['load'], horizon: 2 });
    expect([...itemFuture(panel, 0), ...itemFuture(panel, 1)]).toEqual([31, 41, 42, Number.NaN]);
    expect(panel.past.names).toEqual(['price']);
    expect(report.future).toEqual({ periods: 2, missing: 1 });
  });

  test('the future is cut to the horizon', async () => {
    const { panel } = await readDataset(await csv(past), { future: await csv(future), horizon: 1 });
    expect([...panel.known.future]).toEqual([31, 42]);
  });

  test('readFuture gives a panel another future', async () => {
    const { panel } = await readDataset(await csv(past), { known: ['load'] });
    const later = await readFuture(panel, await csv(lines('id,ds,load', 'a,2024-01-04,7', 'b,2024-01-05,8')));
    expect([...later.known.future]).toEqual([Number.NaN, 7, Number.NaN, 8]);
    expect(panel.known.horizon).toBe(0);
  });

  test('one unnamed series has a future without a name', async () => {
    const { panel } = await readDataset(await csv(lines('ds,y,load', '2024-01-01,1,2', '2024-01-02,2,3')), {
      future: await csv(lines('ds,load', '2024-01-03,4')),
    });
    expect([...panel.known.future]).toEqual([4]);
  });

  test('a future file that does not go beyond the end is refused', async () => {
    const file = await csv(past);
    const reading = readDataset(file, {
      future: await csv(lines('id,ds,load', 'a,2024-01-01,1'), 'old.csv'),
    });
    await expect(reading.catch((error) => plain(error.message))).resolves.toBe(
      'the future file must have rows after the end of the data, got rows up to 2024-01-01 for a, which ends at 2024-01-02, in old.csv: give the covariates of the periods to be forecast',
    );
  });

  test('a known covariate must be in the future file', async () => {
    const file = await csv(past);
    const reading = readDataset(file, { future: await csv(future, 'future.csv'), known: ['price'] });
    await expect(reading.catch((error) => plain(error.message))).resolves.toBe(
      'the future file must have the known covariate price, got the columns id, ds, load in future.csv: add the column, or do not call it known',
    );
  });
});

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
  ]);
});
