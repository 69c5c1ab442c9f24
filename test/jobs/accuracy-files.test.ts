import { accuracyShardOf, type StoredAccuracy, type StoredItemAccuracy } from '../../shared/bundle/index.ts';
import { accuracyFiles } from '../../shared/jobs/accuracy/accuracy.ts';
import { windowsKept } from '../../shared/jobs/accuracy/kept.ts';
import type { Plan } from '../../shared/jobs/plan-document.ts';
import { parseJson } from '../../shared/store/index.ts';

const levels = [0.1, 0.5, 0.9];
const model = { horizon: 2, context: 8, channels: 1, known: 0, past: 0, statics: [], levels };

/** Items of twelve values with a window each, or two; item i is forecast i wrong on a scale of 1. */
function made(count: number, windows: 1 | 2) {
  const none = new Float64Array(0);
  const series = Array.from({ length: count }, (_, i) => ({
    ...{ item: `item ${i}`, start: 100, rows: 12, known: none, past: none, statics: {} },
    target: Float64Array.from({ length: 12 }, (_value, t) => t),
  }));
  const planned = series.map(() => ({ fit: 8, calibrate: windows === 2 ? [7] : [], report: [9] }));
  const all = [
    ...series.flatMap((one) => (windows === 2 ? [{ series: one, origin: 7 }] : [])),
    ...series.map((one) => ({ series: one, origin: 9 })),
  ];
  const report = {
    forecasts: all.map(({ series: { item }, origin }) => {
      const wrong = Number(item.slice(5));
      const means = [origin + 1 + wrong, origin + 2 + wrong];
      const quantiles = Float64Array.from(means.flatMap((mean) => [mean - 1, mean, mean + 1]));
      return { item, mean: Float64Array.from(means), quantiles };
    }),
    outcomes: all.map(({ series: { item, target }, origin }) => ({
      item,
      target: target.slice(origin + 1, origin + 3),
      training: target.subarray(0, origin + 1),
    })),
  };
  const plan = { windows: planned, channels: ['target'], season: 1 } as unknown as Plan;
  const files = accuracyFiles({ plan, series, model, fitted: { report, windows: all, factors: [] } });
  const read = (name: string) => parseJson(files[name] ?? new Uint8Array());
  return { files, overall: read('accuracy.json') as StoredAccuracy, read };
}

type Shard = { readonly items: readonly StoredItemAccuracy[] };

test('each of ten thousand items is in the file that its name says, none in two, and the worst 1,000 are listed', () => {
  const { files, overall, read } = made(10_000, 1);
  expect(overall).toMatchObject({ items: 10_000, shards: 3 });
  expect(Object.keys(files).sort()).toEqual([
    ...['accuracy-0.json', 'accuracy-1.json', 'accuracy-2.json'],
    'accuracy.json',
  ]);
  const shards = [0, 1, 2].map((k) => (read(`accuracy-${k}.json`) as Shard).items);
  shards.forEach((items, k) => {
    for (const { item, channels } of items) {
      expect(accuracyShardOf(item, 3)).toBe(k);
      expect(channels[0]?.mase).toBe(Number(item.slice(5)));
    }
  });
  expect(new Set(shards.flat().map(({ item }) => item)).size).toBe(10_000);
  expect(overall.worst.map(({ item }) => item)).toEqual(
    Array.from({ length: 1000 }, (_, i) => `item ${9999 - i}`),
  );
});

test('windows of an item are its own, the oldest first, with the period of their origin', () => {
  const { read } = made(30, 2);
  for (const { item, channels } of (read('accuracy-0.json') as Shard).items) {
    const wrong = Number(item.slice(5));
    expect(channels[0]?.windows).toMatchObject([
      { origin: 107, observed: [8, 9], mean: [8 + wrong, 9 + wrong] },
      { origin: 109, observed: [10, 11], mean: [10 + wrong, 11 + wrong] },
    ]);
    expect(channels[0]?.windows[0]?.quantiles).toEqual(
      [-1, 0, 1].map((by) => [8 + wrong + by, 9 + wrong + by]),
    );
  }
});

test('nothing that could be scored leaves everything null and no shard', () => {
  const { files, overall } = made(0, 1);
  expect(Object.keys(files)).toEqual(['accuracy.json']);
  expect(overall).toMatchObject({ items: 0, shards: 0, worst: [] });
  expect(overall.steps[0]).toMatchObject({ mae: null, baselineMae: null, wql: null });
  expect(overall.residuals).toMatchObject({
    count: 0,
    mean: null,
    deviation: null,
    bound: null,
    histogram: [],
  });
});

test.each<[string, readonly number[], number, number, number]>([
  ['all windows where they fit', [8, 2], 100, 8, 1000],
  ['fewer of each item where not all do', new Array(100).fill(8), 5000, 4, 2_000_000],
  ['none where one each does not fit', new Array(1001).fill(1), 2000, 0, 0],
  ['no more of an item than one answer holds', [8], 30_000, 3, 90_000],
])('kept are %s', (_, counts, size, windows, numbers) => {
  expect(windowsKept(counts, size)).toEqual({ windows, numbers });
});
