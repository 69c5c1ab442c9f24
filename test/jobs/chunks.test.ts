import { firstSteps, type Series, stepsIn, trainingChunks, windowChunks } from '../../shared/jobs/chunks.ts';
import { cropTensors } from '../../shared/jobs/crops.ts';
import { type ForecasterSettings, lookback, rowNames } from '../../shared/model/index.ts';
import { exampleRows } from '../../shared/train/index.ts';
import { featuresOf, seriesOfRows } from '../support/examples.ts';
import { column, tinySettings } from '../support/forecaster.ts';

const settings = tinySettings({ gaps: false, calendar: [] });
const { context, stride, steps, horizon, first } = settings;

/** 0, 1, 2, …: its mean change is 1. */
const line = (rows: number): Series => seriesOfRows(column(Array.from({ length: rows }, (_, t) => t)));

const chunksOf = (rows: number, shape: ForecasterSettings = settings) =>
  trainingChunks(shape, [line(rows)], [rows]);

test('a series as long as the context, or shorter, is one chunk', () => {
  expect(chunksOf(context)).toMatchObject([{ end: context, channel: 0 }]);
  expect(chunksOf(5)).toHaveLength(1);
  expect(chunksOf(1)).toHaveLength(0);
});

test('a longer series is cut so that every period from the first whole context on can be a step’s last one', () => {
  const rows = 200;
  const origins = new Set<number>();
  for (const chunk of chunksOf(rows)) {
    const { from, to } = firstSteps(settings, chunk);
    for (let at = from; at <= to; at++)
      for (let step = 0; step < steps; step++) origins.add(chunk.end - context + at + stride * step);
  }
  for (let row = context - 1; row <= rows - 2; row++) expect([row, origins.has(row)]).toEqual([row, true]);
  expect(origins.has(rows - 1)).toBe(false);
});

test.each([3, 4, 5, 8, 20, 39, 40])(
  'a series of %p periods begins its steps after the first that have enough before them',
  (rows) => {
    const [chunk] = chunksOf(rows);
    if (!chunk) throw new RangeError('there is a chunk');
    const { from, to } = firstSteps(settings, chunk);
    const begin = context - rows;
    expect(from).toBe(Math.min(begin + first - 1, to));
    expect(to).toBeGreaterThanOrEqual(from);
    // The last step has a target, and no step more would have one.
    const made = stepsIn(settings, rows - 1);
    expect(to + stride * (made - 1)).toBe(Math.max(context - 2, begin));
  },
);

test('channels are series of their own, and one of an item in a joint network', () => {
  const wide = seriesOfRows(Array.from({ length: 30 }, (_, t) => [t, 2 * t, 3 * t]));
  const shape = tinySettings({ channels: 3 });
  expect(trainingChunks(shape, [wide], [30]).map(({ channel }) => channel)).toEqual([0, 1, 2]);
  expect(trainingChunks({ ...shape, joint: true }, [wide], [30])).toHaveLength(1);
});

test('a million windows are a few hundred chunks: none is built before it is drawn', () => {
  const long = { ...line(1), rows: 1_000_000 };
  const shape = tinySettings({ stride: 24, steps: 48, context: 3000 });
  const chunks = trainingChunks(shape, [long], [1_000_000]);
  const windows = chunks.reduce((sum, chunk) => {
    const { from, to } = firstSteps(shape, chunk);
    return sum + (to - from + 1) * shape.steps;
  }, 0);
  expect(windows).toBeGreaterThan(1_000_000);
  expect(chunks.length).toBeLessThan(1000);
});

test('an example holds the chunk’s rows around its steps: nothing after the chunk’s end is a target', async () => {
  const [member] = settings.members;
  const [chunk] = chunksOf(20);
  if (!member || !chunk) throw new RangeError('there are a member and a chunk');
  const [features = new Float32Array()] = await featuresOf(settings, [chunk]);
  const { from, to } = firstSteps(settings, chunk);
  const { rows } = cropTensors(settings, member, [{ chunk, features, first: from }]);
  const names = rowNames(settings);
  const targets = Array.from({ length: exampleRows(settings) }, (_, row) =>
    Number(rows?.data[row * names.length + names.indexOf('target')]),
  );
  const origin = lookback(settings);
  expect(targets.slice(origin, origin + 5)).toEqual([2, 3, 4, 5, 6].map((row) => row - 19));
  const latest = cropTensors(settings, member, [{ chunk, features, first: to }]).rows;
  const last = Array.from(
    { length: exampleRows(settings) },
    (_, row) => latest?.data[row * names.length] ?? Number.NaN,
  );
  expect(last.map(Number).filter(Number.isFinite).at(-1)).toBe(0);
});

test('a window to be scored has its targets after the context, and its own last values as centre', async () => {
  const [chunk] = windowChunks(settings, [{ series: line(60), origin: 49 }]);
  if (!chunk) throw new RangeError('there is a window');
  const [features = new Float32Array()] = await featuresOf(settings, [chunk]);
  const names = rowNames(settings);
  const target = (row: number) => features[row * names.length + names.indexOf('target')];
  expect(target(context - 1)).toBe(0);
  const after = Array.from({ length: horizon }, (_, k) => target(context + k));
  expect(after).toEqual([1, 2, 3]);
});
