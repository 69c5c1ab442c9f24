import { printReport, readDataset } from '../../shared/dataset/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { lines, tableFolder } from './files.ts';

const { csv } = tableFolder();
const day = 86_400_000;
const date = (i: number) => new Date(Date.UTC(2024, 0, 1) + i * day).toISOString().slice(0, 10);

/** A weekly pattern with noise, seeded. */
function weekly(count: number, change: (value: number, i: number) => number = (value) => value): number[] {
  const random = createRandom(7);
  return Array.from({ length: count }, (_, i) => change(100 + 10 * (i % 7) + 3 * random.normal(), i));
}

async function report(
  series: Record<string, readonly number[]>,
  more: Record<string, readonly number[]> = {},
) {
  const names = Object.keys(more);
  const rows = Object.entries(series).flatMap(([item, values]) =>
    values.map((value, i) => [item, date(i), value, ...names.map((name) => more[name]?.[i] ?? '')].join()),
  );
  const table = await csv(lines(['item_id,ds,y', ...names].join(), ...rows));
  return (await readDataset(table, { target: 'y' })).report;
}

test('plain data have nothing that stands out', async () => {
  expect(await report({ a: weekly(200), b: weekly(200, (value) => 5 * value) })).toMatchObject({
    ...{ outliers: null, levelShifts: null, leaks: [], mostMissing: [] },
    ...{ intermittentItems: 0, shortItems: 0, endedItems: 0 },
  });
});

test('a value far from all others is named with its place', async () => {
  const spiked = weekly(200, (value, i) => (i === 90 ? 10 * value : i === 20 ? 4 * value : value));
  const found = await report({ a: weekly(200), b: spiked });
  expect(found.outliers).toEqual({ count: 2, item: 'b', channel: 'y', period: date(90) });
  expect(printReport(found)).toContainEqual(
    expect.stringMatching(/^outliers +2, first of all b \(y\) at 2024-03-31$/),
  );
});

test('a level that moves for good is a shift, a season and a trend are none', async () => {
  const moved = weekly(200, (value, i) => (i < 120 ? value : value + 300));
  const { levelShifts } = await report({ a: weekly(200), b: moved });
  expect(levelShifts).toMatchObject({ count: 1, item: 'b', channel: 'y' });
  const at = (Date.parse(levelShifts?.period ?? '') - Date.UTC(2024, 0, 1)) / day;
  expect(Math.abs(at - 120)).toBeLessThanOrEqual(7);
  expect((await report({ a: weekly(200, (value, i) => value + i) })).levelShifts).toBeNull();
});

test('items that are mostly zero, short, or ended are counted, and those with the most gaps named', async () => {
  const sparse = weekly(200, (_, i) => (i % 5 === 0 ? 3 : 0));
  const gappy = weekly(200, (value, i) => (i % 10 === 5 ? Number.NaN : value));
  const found = await report({ a: weekly(200), sparse, gappy, short: weekly(10), ended: weekly(150) });
  expect(found).toMatchObject({
    ...{ intermittentItems: 1, shortItems: 1, endedItems: 2 },
    mostMissing: [{ item: 'gappy', missing: 20 }],
  });
});

test.each<[string, (y: readonly number[]) => readonly number[], number]>([
  ['the target tomorrow', (y) => y.map((_, i) => y[i + 1] ?? Number.NaN), 1],
  ['the target in a week, in other units', (y) => y.map((_, i) => 3 * (y[i + 7] ?? Number.NaN) - 20), 7],
])('a covariate that is %s gives it away', async (_, of, ahead) => {
  const y = weekly(200);
  const found = await report({ a: y }, { x: of(y) });
  expect(found.leaks).toEqual([{ column: 'x', channel: 'y', ahead, correlation: expect.closeTo(1, 6) }]);
  expect(printReport(found)).toContainEqual(expect.stringMatching(/^gives away +x is y, \d periods? ahead/));
});

test('a past covariate that is the target of its own period, yesterday’s, or near it gives nothing away', async () => {
  const y = weekly(200);
  const random = createRandom(3);
  const found = await report(
    { a: y },
    {
      same: y,
      yesterday: y.map((_, i) => y[i - 1] ?? Number.NaN),
      near: y.map((_, i) => (y[i + 1] ?? Number.NaN) + random.normal()),
    },
  );
  expect(found.leaks).toEqual([]);
});
