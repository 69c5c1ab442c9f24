import fc from 'fast-check';
import { countOrigins, drawWindow, type WindowRules, windowsOf } from '../../shared/dataset/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { dailyPanel } from './files.ts';

const panelOf = (lengths: readonly number[]) =>
  dailyPanel(Object.fromEntries(lengths.map((n, i) => [String.fromCharCode(97 + i), [0, Array(n).fill(1)]])));

/** Every window, built one by one. */
function listed(lengths: readonly number[], { first, stride, horizon }: WindowRules) {
  return lengths.flatMap((length, item) => {
    const origins: number[] = [];
    for (let origin = length - 1 - horizon; origin >= first - 1; origin -= stride) origins.unshift(origin);
    return origins.map((origin) => ({ item, origin }));
  });
}

test('the k-th window is the k-th of the list', () => {
  const rules = fc.record({
    first: fc.integer({ min: 1, max: 6 }),
    stride: fc.integer({ min: 1, max: 4 }),
    horizon: fc.nat(5),
  });
  fc.assert(
    fc.property(fc.array(fc.nat(15), { maxLength: 6 }), rules, (lengths, rule) => {
      const windows = windowsOf(panelOf(lengths), rule);
      const expected = listed(lengths, rule);
      expect(windows.total).toBe(expected.length);
      expect(expected.map((_, k) => windows.at(k))).toEqual(expected);
    }),
  );
});

test('the newest possible origin is always one', () => {
  const windows = windowsOf(panelOf([10]), { first: 2, stride: 3, horizon: 2 });
  expect([windows.at(0), windows.at(1), windows.at(2)]).toEqual([
    { item: 0, origin: 1 },
    { item: 0, origin: 4 },
    { item: 0, origin: 7 },
  ]);
});

test('an item counts no origin below first + horizon rows, and one from there on', () => {
  const rules = { first: 3, stride: 2, horizon: 4 };
  expect([0, 6, 7, 8, 9].map((length) => countOrigins(length, rules))).toEqual([0, 0, 1, 1, 2]);
});

test('windows are drawn uniformly over items of unequal length', () => {
  const windows = windowsOf(panelOf([3, 0, 30]), { first: 1, stride: 1, horizon: 0 });
  const random = createRandom(1);
  const counts = new Map<string, number>();
  const draws = 33_000;
  for (let i = 0; i < draws; i++) {
    const { item, origin } = drawWindow(windows, random);
    counts.set(`${item}/${origin}`, (counts.get(`${item}/${origin}`) ?? 0) + 1);
  }
  expect(counts.size).toBe(33);
  for (const count of counts.values()) expect(Math.abs(count - 1000)).toBeLessThan(160); // 5 σ
});

test('what is out of range is refused', () => {
  const panel = panelOf([3]);
  expect(() => windowsOf(panel, { first: 0, stride: 1, horizon: 1 })).toThrow(
    'first must be a whole number of at least 1, got 0: give for example 1',
  );
  expect(() => windowsOf(panel, { first: 1, stride: 0.5, horizon: 1 })).toThrow(
    'stride must be a whole number of at least 1, got 0.5: give for example 1',
  );
  const windows = windowsOf(panel, { first: 1, stride: 1, horizon: 1 });
  expect(() => windows.at(2)).toThrow("a window's number must be 0..1, got 2: draw it below the total");
  const none = windowsOf(panel, { first: 9, stride: 1, horizon: 1 });
  expect(() => drawWindow(none, createRandom(1))).toThrow('there must be at least one window');
});
