import fc from 'fast-check';
import { toCsv } from '../../functions/cli/rows.ts';
import { harmless, unharmed } from '../../shared/forecast/index.ts';

test.each([
  ['=1+1', "'=1+1"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['+A1', "'+A1"],
  ['-2+3', "'-2+3"],
  ['\t=1', "'\t=1"],
  ["'=1", "''=1"],
  ['-5', '-5'],
  ['+1.5', '+1.5'],
  ["it's", "it's"],
  ["'quoted'", "'quoted'"],
  ['a=b', 'a=b'],
  ['', ''],
])('the item %j is written as %j', (name, written) => {
  expect(harmless(name)).toBe(written);
  expect(unharmed(written)).toBe(name);
});

test('every name comes back, and no two are written alike', () => {
  const names = fc.string({ unit: fc.constantFrom("'", '=', '-', '+', '1', 'a', '@'), maxLength: 6 });
  fc.assert(fc.property(names, (name) => expect(unharmed(harmless(name))).toBe(name)));
  fc.assert(fc.property(names, names, (a, b) => expect(harmless(a) === harmless(b)).toBe(a === b)));
});

test('formulas in a forecast’s CSV are harmless, unless it is not for people', () => {
  const rows = [{ item: '=A1,"x"', timestamp: '2024-01-01', mean: 1, quantiles: [0.5] }];
  expect(toCsv(rows, [0.1])).toBe(`item_id,timestamp,mean,p10\n"'=A1,""x""",2024-01-01,1,0.5\n`);
  expect(toCsv(rows, [0.1], (item) => item)).toContain('"=A1,""x"""');
});
