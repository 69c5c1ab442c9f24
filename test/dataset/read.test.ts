import {
  itemTarget,
  type Panel,
  panelFingerprint,
  readColumns,
  readDataset,
} from '../../shared/dataset/index.ts';
import { parseFrequency, printPeriod } from '../../shared/frequency/index.ts';
import { lines, tableFolder } from './files.ts';

const { csv, parquet } = tableFolder();

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
          '2024-01-01T01:00:00,2',
          '2024-01-01 02:00:00.000,3',
          '2024-01-01 03:00,4',
        ),
      ),
    );
    expect([first(panel), ...panel.target]).toEqual(['2024-01-01 00:00:00', 1, 2, 3, 4]);
  });

  test('zones may differ from row to row', async () => {
    const times = [
      '2024-01-01T00:00:00Z',
      '2024-01-01 04:00:00+03:00',
      '2024-01-01T02:00Z',
      '2023-12-31 22:00-05',
    ];
    const { panel } = await readDataset(await csv(lines('ds,y', ...times.map((time, i) => `${time},${i}`))));
    expect([first(panel), ...panel.target]).toEqual(['2024-01-01 00:00:00', 0, 1, 2, 3]);
  });

  test('−0 is 0, so that equal data have equal fingerprints', async () => {
    const { panel } = await readDataset(await csv(lines('ds,y', '2024-01-01,-0.0', '2024-01-02,1')));
    expect([...panel.target]).toEqual([0, 1]);
  });
});
