import { everybody, manageApi } from '../../shared/api/index.ts';
import type { Accuracy, ItemAccuracies, ItemAccuracy } from '../../shared/api/routes/accuracy.ts';
import type { RunResult } from '../../shared/jobs/index.ts';
import { runJob } from '../../shared/jobs/index.ts';
import { fileStore } from '../../shared/store/index.ts';
import { ask } from '../api/support.ts';
import { hourlyTable, scratch, smallTask } from '../support/job.ts';

const folder = scratch('accuracy');
const root = folder.root();
const text = hourlyTable();
const store = fileStore(root);
const permitUpload = async () => ({ url: '', headers: {} });
const api = manageApi({ store, permitUpload, authenticate: everybody });
const get = async <T>(path: string): Promise<T> => {
  const { status, body } = await ask(api, 'GET', `/v1/models/small/accuracy${path}`);
  expect([path, status]).toEqual([path, 200]);
  return body as T;
};

/** The table as it was uploaded, by item: the value of each hour. */
const uploaded = new Map<string, number[]>();
for (const line of text.trim().split('\n').slice(1)) {
  const [item = '', , value] = line.split(',');
  uploaded.set(item, [...(uploaded.get(item) ?? []), Number(value)]);
}
const hourOf = (timestamp: string) => (Date.parse(timestamp) - Date.UTC(2024, 0, 1)) / 3_600_000;
const [season, horizon] = [24, 12];

let job: RunResult['job'];
let overall: Accuracy;
let worst: ItemAccuracies;
const items: ItemAccuracy[] = [];

beforeAll(async () => {
  ({ job } = await runJob(smallTask(root, folder.table(text))));
  overall = await get<Accuracy>('');
  worst = await get<ItemAccuracies>('/items');
  for (const item of uploaded.keys()) items.push(await get(`/item?item=${encodeURIComponent(item)}`));
}, 60_000);

type Window = ItemAccuracy['channels'][number]['windows'][number];

const windowsOf = (one: ItemAccuracy): Window[] => one.channels.flatMap(({ windows }) => windows);
const quantile = ({ quantiles }: Window, level: number): number[] =>
  (quantiles.find((one) => one.level === level)?.values ?? []) as number[];

/** Everything of one window that the definitions need, from the table and the stored forecast alone. */
function lookAt(item: string, window: Window) {
  const values = uploaded.get(item) ?? [];
  const origin = hourOf(window.origin);
  let change = 0;
  for (let t = season; t <= origin; t++)
    change += Math.abs((values[t] as number) - (values[t - season] as number));
  const scale = change / (origin + 1 - season);
  const errors: number[] = [];
  const naive: number[] = [];
  const actual: number[] = [];
  for (let step = 0; step < horizon; step++) {
    const y = values[origin + 1 + step] as number;
    actual.push(y);
    errors.push(y - (quantile(window, 0.5)[step] as number));
    naive.push(y - (values[origin + 1 + step - season] as number));
  }
  const size = (list: number[]) => list.reduce((sum, error) => sum + Math.abs(error), 0) / horizon;
  return { scale, errors, naive, actual, mase: size(errors) / scale, naiveMase: size(naive) / scale };
}

const looks = () =>
  items.flatMap((one) => windowsOf(one).map((window) => ({ ...lookAt(one.item, window), window })));
const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;

/** 2·Σρ/Σ|y|, the mean over the levels. @param pick the steps that count */
function wqlOf(some: ReturnType<typeof looks>, pick: (step: number) => boolean = () => true): number {
  let size = 0;
  const losses: number[] = [];
  for (const { actual, window } of some)
    actual.forEach((y, step) => {
      if (!pick(step)) return;
      size += Math.abs(y);
      window.quantiles.forEach(({ level, values }, j) => {
        const error = y - (values[step] as number);
        losses[j] = (losses[j] ?? 0) + (error >= 0 ? level * error : (level - 1) * error);
      });
    });
  return mean(losses.map((loss) => (2 * loss) / size));
}

test('the windows lie one after the other at the end of the data, with what came', () => {
  for (const one of items) {
    const windows = windowsOf(one);
    expect(windows.length).toBeGreaterThan(1);
    windows.forEach((window, w) => {
      const origin = 299 - horizon * (windows.length - w);
      expect(hourOf(window.origin)).toBe(origin);
      expect(window.timestamps.map(hourOf)).toEqual(
        Array.from({ length: horizon }, (_, i) => origin + 1 + i),
      );
      expect(window.observed).toEqual(uploaded.get(one.item)?.slice(origin + 1, origin + 1 + horizon));
      expect(window.mean.every(Number.isFinite)).toBe(true);
    });
  }
});

test('they make up the metrics that the version states', () => {
  const scores = job.metrics?.scores ?? {};
  const baselines = job.metrics?.baselines ?? {};
  const all = looks();
  expect(all.length).toBe(scores.series);
  expect(mean(all.map(({ mase }) => mase))).toBeCloseTo(scores.mase ?? 0, 9);
  expect(wqlOf(all)).toBeCloseTo(scores.wql ?? 0, 9);
  expect(mean(all.map(({ naiveMase }) => naiveMase))).toBeCloseTo(baselines.seasonalNaive?.mase ?? 0, 9);
});

test('scores of items are those of their windows, the worst first', () => {
  const expected = items.map((one) => {
    const own = windowsOf(one).map((window) => ({ ...lookAt(one.item, window), window }));
    return {
      ...{ item: one.item, channel: 'target', windows: own.length },
      mase: expect.closeTo(mean(own.map(({ mase }) => mase)), 9),
      wql: expect.closeTo(wqlOf(own), 9),
      baselineMase: expect.closeTo(mean(own.map(({ naiveMase }) => naiveMase)), 9),
    };
  });
  expect([...worst.items].sort((a, b) => (a.item < b.item ? -1 : 1))).toEqual(expected);
  const order = worst.items.map(({ mase }) => mase ?? 0);
  expect(order).toEqual([...order].sort((a, b) => b - a));
  expect(worst).toMatchObject({ model: 'small', version: job.version, next: null });
  for (const { item, channels } of items) {
    const { windows: _, ...scores } = worst.items.find((one) => one.item === item) ?? { windows: 0 };
    expect({ item, ...channels[0] }).toMatchObject(scores);
  }
});

test('steps ahead, coverage and calibration are shares and means of the same observations', () => {
  const all = looks();
  expect(overall).toMatchObject({
    model: 'small',
    version: job.version,
    frequency: '1h',
    season: 24,
    items: 4,
  });
  expect(overall.steps).toHaveLength(horizon);
  overall.steps.forEach(({ step, mae, baselineMae, wql, coverage }, k) => {
    expect(step).toBe(k + 1);
    expect(mae).toBeCloseTo(mean(all.map(({ errors }) => Math.abs(errors[k] as number))), 9);
    expect(baselineMae).toBeCloseTo(mean(all.map(({ naive }) => Math.abs(naive[k] as number))), 9);
    expect(wql).toBeCloseTo(
      wqlOf(all, (one) => one === k),
      9,
    );
    expect(coverage.map(({ interval }) => interval)).toEqual([0.95, 0.9, 0.8, 0.5]);
    const held = all.filter(({ actual, window }) => {
      const y = actual[k] as number;
      return (quantile(window, 0.1)[k] as number) <= y && y <= (quantile(window, 0.9)[k] as number);
    });
    expect(coverage[2]?.share).toBe(held.length / all.length);
  });
  for (const { level, share } of overall.calibration) {
    const below = all.flatMap(({ actual, window }) =>
      actual.map((y, k): number => (y <= (quantile(window, level)[k] as number) ? 1 : 0)),
    );
    expect(share).toBeCloseTo(mean(below), 12);
  }
  const whole = mean(overall.steps.map(({ coverage }) => coverage[2]?.share ?? Number.NaN));
  expect(whole).toBeCloseTo(job.metrics?.scores.coverage80 ?? 0, 12);
  const shares = items.map(({ channels }) => channels[0]?.coverage[2]?.share ?? Number.NaN);
  expect(mean(shares)).toBeCloseTo(whole, 12);
});

test('residuals are errors over the scale of their series, compared within windows', () => {
  const windows = looks().map(({ errors, scale }) => errors.map((error) => error / scale));
  const all = windows.flat();
  const centre = mean(all);
  const variance = mean(all.map((value) => (value - centre) ** 2));
  const { residuals } = overall;
  expect(residuals.count).toBe(all.length);
  expect(residuals.mean).toBeCloseTo(centre, 9);
  expect(residuals.deviation).toBeCloseTo(Math.sqrt(variance), 9);
  expect(residuals.bound).toBeCloseTo(1.96 / Math.sqrt(all.length), 12);
  expect(residuals.autocorrelation.map(({ lag }) => lag)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
  for (const { lag, value } of residuals.autocorrelation) {
    const products = windows.flatMap((window) =>
      window.slice(lag).map((later, t) => (later - centre) * ((window[t] as number) - centre)),
    );
    expect(value).toBeCloseTo(mean(products) / variance, 9);
  }
  expect(residuals.histogram.reduce((sum, { count }) => sum + count, 0)).toBe(all.length);
  residuals.histogram.slice(1, -1).forEach(({ from, to, count }) => {
    expect(count).toBe(all.filter((value) => value >= from && value < to).length);
  });
});

test('an item that was not scored, a cursor of no list and a version of before are refused', async () => {
  const refusal = async (path: string) => (await ask(api, 'GET', `/v1/models/small/accuracy${path}`)).body;
  expect(await refusal('/item?item=item%209')).toMatchObject({ status: 404, code: 'NOT_SCORED' });
  expect(await refusal('/items?after=4')).toMatchObject({ status: 422, path: 'after' });
  expect(await get('/items?limit=3')).toMatchObject({ items: worst.items.slice(0, 3), next: '3' });
  expect(await get('/items?limit=3&after=3')).toMatchObject({ items: worst.items.slice(3), next: null });
});
