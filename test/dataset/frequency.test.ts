import { DataError, type ReadOptions, readDataset } from '../../shared/dataset/index.ts';
import { printPeriod, printTime } from '../../shared/frequency/index.ts';
import { lines, tableFolder } from './files.ts';

const { csv, plain } = tableFolder();

const table = (times: readonly string[]) => csv(lines('ds,y', ...times.map((time, i) => `${time},${i}`)));

/** When the periods of the panel begin. */
async function periodsOf(times: readonly string[], options: ReadOptions): Promise<string[]> {
  const { panel } = await readDataset(await table(times), options);
  return Array.from(panel.target, (_, i) => printPeriod(panel.frequency, (panel.start[0] ?? 0) + i));
}

test.each([
  [
    '15min',
    'at five past',
    ['2024-01-01 00:05', '2024-01-01 00:50'],
    ['2024-01-01 00:05:00', '2024-01-01 00:20:00', '2024-01-01 00:35:00', '2024-01-01 00:50:00'],
  ],
  ['1d', 'at six', ['2024-01-01 06:00', '2024-01-02 06:00'], ['2024-01-01 06:00:00', '2024-01-02 06:00:00']],
  ['1w', 'from Sunday', ['2024-01-07', '2024-01-21'], ['2024-01-07', '2024-01-14', '2024-01-21']],
  ['2w', 'from the second Sunday', ['2024-01-14', '2024-01-28'], ['2024-01-14', '2024-01-28']],
  [
    '1mo',
    'month ends',
    ['2023-12-31', '2024-02-29', '2024-03-31'],
    ['2023-12-31', '2024-01-31', '2024-02-29', '2024-03-31'],
  ],
  ['1q', 'from February', ['2024-02-01', '2024-08-01'], ['2024-02-01', '2024-05-01', '2024-08-01']],
  ['1y', 'ending in June', ['2022-06-30', '2023-06-30'], ['2022-06-30', '2023-06-30']],
])('%s that is asked for takes its phase from the data: %s', async (frequency, _, times, periods) => {
  expect(await periodsOf(times, { frequency })).toEqual(periods);
});

test('a frequency that is given with its phase is taken as it is', async () => {
  const wednesdays = await table(['2024-01-03', '2024-01-17']);
  const { panel, report } = await readDataset(wednesdays, { frequency: '1w' });
  expect([...panel.target]).toEqual([0, Number.NaN, 1]);
  expect(report).toMatchObject({ frequency: '1w', confidence: null });
  const newer = await readDataset(await table(['2024-01-10']), { frequency: panel.frequency });
  expect(newer.panel.start[0]).toBe((panel.start[0] ?? 0) + 1);
});

test.each([
  [
    '1h',
    ['2024-01-01 00:05', '2024-01-01 00:20', '2024-01-01 00:35'],
    'timestamps must be whole periods of 1h apart, as 2024-01-01 00:05:00 is, got 2024-01-01 00:20:00 in line 3 of t.csv, column ds (and 1 more): mend the timestamp, or leave the frequency out: the timestamps show 15min',
  ],
  [
    '1w',
    ['2024-01-07', '2024-01-14', '2024-01-22'],
    'timestamps must be whole periods of 1w apart, as 2024-01-21 00:00:00 is, got 2024-01-22 00:00:00 in line 4 of t.csv, column ds: mend the timestamp, or leave the frequency out: the timestamps show 1d',
  ],
  [
    '1mo',
    ['01-31', '02-29', '03-31', '04-30', '05-31', '06-28', '07-31', '08-31', '09-30', '10-31', '11-30'].map(
      (day) => `2024-${day}`,
    ),
    'timestamps must be whole periods of 1mo apart, as 2024-05-31 00:00:00 is, got 2024-06-28 00:00:00 in line 7 of t.csv, column ds: mend the timestamp',
  ],
])('timestamps that do not go with %s at any phase are refused: %j', async (frequency, times, message) => {
  const rows = times.map((time, i) => `${time},${i}`);
  const reading = readDataset(await csv(lines('ds,y', ...rows), 't.csv'), { frequency });
  const error: unknown = await reading.catch((thrown) => thrown);
  expect(error).toBeInstanceOf(DataError);
  expect(plain((error as DataError).message)).toBe(message);
});

test('timestamps that do not go with the frequency of earlier data are refused', async () => {
  const { panel } = await readDataset(await table(['2024-01-01 00:00', '2024-01-01 01:00']));
  const rows = ['2024-01-01 02:00,1', '2024-01-01 02:15,1'];
  const reading = readDataset(await csv(lines('ds,y', ...rows), 't.csv'), { frequency: panel.frequency });
  await expect(reading.catch((error) => plain(error.message))).resolves.toBe(
    'timestamps must be whole periods of 1h apart, as 2024-01-01 02:00:00 is, got 2024-01-01 02:15:00 in line 3 of t.csv, column ds: mend the timestamp, or give a table with rows 1h apart: these are 15min',
  );
});

/** Of 450 items every second is sampled; the item with this number is not. */
const unsampled = 301;

test('an item with finer steps than the sampled ones sets the frequency', async () => {
  const rows = Array.from({ length: 450 }, (_, i) => {
    const id = `i${String(i).padStart(3, '0')}`;
    const hours = i === unsampled ? Array.from({ length: 1000 }, (_hour, hour) => hour) : [0, 2];
    return hours.map((hour) => `${id},${printTime(hour * 3_600_000)},1`);
  });
  const { report } = await readDataset(await csv(lines('id,ds,y', ...rows.flat())));
  expect(report.frequency).toBe('1h');
});

test('the day of the month that the sampled items leave open is that of another item', async () => {
  const rows = Array.from({ length: 450 }, (_, i) => {
    const id = `i${String(i).padStart(3, '0')}`;
    return [i === unsampled ? '2024-01-30' : '2024-04-30', '2024-06-30'].map((time) => `${id},${time},1`);
  });
  const { panel } = await readDataset(await csv(lines('id,ds,y', ...rows.flat())), { frequency: '1mo' });
  expect(panel.frequency.day).toBe(30);
});
