import { encodePanel, LimitError } from '../../shared/dataset/index.ts';
import { parseConfiguration } from '../../shared/documents/index.ts';
import { readOptions } from '../../shared/jobs/index.ts';
import { readInProcess } from '../../shared/jobs/reading/process.ts';
import { readTables } from '../../shared/jobs/reading/tables.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('reading');
const rows = (...days: string[]) => ['id,ds,y', ...days.map((day) => `a,${day}`)].join('\n');
const table = folder.table(rows('2024-01-01,1', '2024-01-02,2', '2024-01-03,'));
const related = folder.table('id,ds,promo\na,2024-01-03,1\na,2024-01-04,2\n');
const items = folder.table('id,size\na,3\n');

const errorOf = (reading: Promise<unknown>): Promise<unknown> =>
  reading.then(
    () => null,
    (error) => error,
  );

test('a process of its own reads the same panel and report', async () => {
  const tables = { files: [table], related: [related], items: [items] };
  const here = await readTables(tables, { frequency: '1d' });
  const there = await readInProcess(tables, { frequency: '1d' });
  expect(Buffer.from(encodePanel(there.panel))).toEqual(Buffer.from(encodePanel(here.panel)));
  expect(there.report).toEqual(here.report);
});

test.each([
  ['data', rows('2024-01-01,1', '2024-01-02,2', '2024-01-03,x'), {}],
  ['a frequency', rows('2024-01-01,1', '2024-01-02,2'), { frequency: '1hr' }],
  ['too much', rows('2024-01-01,1', '2024-01-02,2'), { memory: 2 ** 20 }],
])('it refuses %s with the same words, place and count', async (_, text, options) => {
  const tables = { files: [folder.table(text)] };
  const here = await errorOf(readTables(tables, options));
  const there = await errorOf(readInProcess(tables, options));
  expect(there).toEqual(here);
  expect(there).toBeInstanceOf((here as object).constructor);
  expect(there).toMatchObject({ ...(here as object) });
});

test('a process that does not end itself is killed, and the limit named', async () => {
  // It has hardly begun by then.
  const error = await errorOf(readInProcess({ files: [table] }, { seconds: -4.99 }));
  expect(error).toBeInstanceOf(LimitError);
  expect(error).toMatchObject({ message: expect.stringContaining('(limits.seconds)') });
});

test('the configuration says the limits', () => {
  const limits = { memory: '3GB', seconds: 20, expansion: 1000, columns: 5 };
  expect(readOptions(parseConfiguration({ limits }))).toEqual({
    ...{ memory: 3 * 2 ** 30, seconds: 20, expansion: 1000, columns: 5 },
  });
  expect(() => parseConfiguration({ limits: { memory: '3 GB' } })).toThrow(
    'must be a size such as 512MB or 4GB',
  );
  expect(() => parseConfiguration({ limits: { second: 3 } })).toThrow('did you mean seconds?');
});
