import { readDataset } from '../../shared/dataset/index.ts';
import { printTime } from '../../shared/frequency/index.ts';
import { lines, tableFolder } from './files.ts';
import { refusalOf, testRefusals } from './refusal.ts';

const folder = tableFolder();

const hour = 3_600_000;
const begin = Date.UTC(2020, 0, 1);
/** Times some hours apart. */
const apart = (hours: number, count: number, first = begin): string[] =>
  Array.from({ length: count }, (_, i) => printTime(first + i * hours * hour));
/** First days of months some months apart. */
const months = (step: number, count: number): string[] =>
  Array.from({ length: count }, (_, i) => printTime(Date.UTC(2010, i * step, 1)));

/** Every second day, of five of these one is left out. */
const unsteady = (count: number, first = begin): string[] =>
  apart(48, count, first).filter((_, i) => i % 5 !== 3);

const rowsOf = (items: Readonly<Record<string, readonly string[]>>): readonly string[] => [
  'id,ds,y',
  ...Object.entries(items).flatMap(([id, times]) => times.map((time, i) => `${id},${time},${i}`)),
];

const rule = 'all rows of a table must have one frequency';
const missing = (frequency: string): string =>
  `make a dataset of each; where rows in between are only missing, say so with the option frequency ${frequency}`;

testRefusals(folder, [
  {
    title: 'a quarterly item among monthly ones, whose quarters would pass for months with gaps,',
    rows: rowsOf({
      a: months(1, 30),
      b: months(1, 30),
      c: months(1, 30),
      d: months(1, 30),
      q: months(3, 12),
    }),
    message: `${rule}, got 1mo for 4 items ("a", "b", "c", …), 1q for 1 item ("q"): ${missing('1mo')}`,
    count: 1,
  },
  {
    title: 'a monthly item among quarterly ones, whose rows would be beside the grid,',
    rows: rowsOf({ a: months(1, 12), b: months(3, 40), c: months(3, 40) }),
    message: `${rule}, got 1q for 2 items ("b", "c"), 1mo for 1 item ("a"): ${missing('1mo')}`,
  },
  {
    title: 'a table of hourly and daily items',
    rows: rowsOf({ a: apart(1, 48), b: apart(24, 20) }),
    message: `${rule}, got 1h for 1 item ("a"), 1d for 1 item ("b"): ${missing('1h')}`,
  },
  {
    title: 'a table of weeks and months, of which neither is made of the other,',
    rows: rowsOf({ a: apart(168, 30), b: months(1, 20) }),
    message: `${rule}, got 1w for 1 item ("a"), 1mo for 1 item ("b"): make a dataset of each`,
  },
  {
    title: 'an item that is daily at first and hourly later',
    rows: rowsOf({ a: [...apart(24, 20), ...apart(1, 40, begin + 20 * 24 * hour)] }),
    message: `${rule}, got rows of item "a" first 1d, then 1h apart: ${missing('1h')}`,
  },
  {
    title: 'the same without a column of items',
    rows: [
      'ds,y',
      ...[...apart(24, 20), ...apart(1, 40, begin + 480 * hour)].map((time, i) => `${time},${i}`),
    ],
    message: `${rule}, got rows first 1d, then 1h apart: ${missing('1h')}`,
  },
]);

test('parts of one table that have different frequencies are refused', async () => {
  const monthly = await folder.csv(lines(...rowsOf({ a: months(1, 24) })));
  const yearly = await folder.csv(lines(...rowsOf({ b: months(12, 10) })));
  const { message } = await refusalOf(readDataset([monthly, yearly]), folder);
  expect(message).toBe(`${rule}, got 1mo for 1 item ("a"), 1y for 1 item ("b"): ${missing('1mo')}`);
});

test('who says the frequency has the rows in between as missing', async () => {
  const file = await folder.csv(lines(...rowsOf({ a: months(1, 30), q: months(3, 12) })));
  const { report } = await readDataset(file, { frequency: '1mo' });
  expect(report).toMatchObject({ frequency: '1mo', periods: 30 + 34, gaps: 22 });
});

test.each([
  ['is too short to show another rhythm', apart(48, 8)],
  ['is observed every second or fourth day', unsteady(60)],
  ['has no rows on weekends', apart(24, 60).filter((_, i) => i % 7 < 5)],
  ['is observed so from some time on', [...apart(24, 30), ...unsteady(60, begin + 30 * 24 * hour)]],
])('an item that %s goes with daily ones', async (_, times) => {
  const file = await folder.csv(lines(...rowsOf({ a: apart(24, 60), b: times })));
  const { report } = await readDataset(file);
  expect(report.frequency).toBe('1d');
});

test('one item of a hundred that is weekly goes with daily ones, one of fifty does not', async () => {
  const days = apart(24, 10);
  const table = (daily: number) =>
    Object.fromEntries([
      ...Array.from({ length: daily }, (_, i) => [`d${i}`, days] as const),
      ['w', apart(168, 12)] as const,
    ]);
  const { report } = await readDataset(await folder.csv(lines(...rowsOf(table(99)))));
  expect(report.frequency).toBe('1d');
  const refused = await folder.csv(lines(...rowsOf(table(49))));
  const { message } = await refusalOf(readDataset(refused), folder);
  expect(message).toContain('1d for 49 items ("d0", "d1", "d10", …), 1w for 1 item ("w")');
});
