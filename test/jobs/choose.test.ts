import { keepChoices, readChoices } from '../../shared/jobs/choose/index.ts';
import { encodeLook, lookSteps, meanLook } from '../../shared/jobs/choose/look.ts';
import type { Series } from '../../shared/jobs/chunks.ts';
import { memoryStore } from '../bundle/support.ts';
import { seriesOfRows } from '../support/examples.ts';
import { column, tinySettings } from '../support/forecaster.ts';

const [one] = tinySettings().members;
const settings = tinySettings({
  members: one ? [one, { ...one, seed: 2 }] : [],
  gaps: false,
  transform: 'identity',
});
const { horizon, levels } = settings;
const steps = 45;

/** A line up by 1: with identity z is the distance from the last value, and the last value is 0. */
const line = (): number[] => Array.from({ length: 60 }, (_, t) => 10 + t);
const windows = [{ fit: 48, calibrate: [47, 50], report: [53, 56] }];

/** Forecasts of all four windows: at each step so far beside the truth, in z, with a spread of two. */
const beside = (by: readonly number[]): Float32Array =>
  Float32Array.from(
    by.flatMap((error) =>
      Array.from({ length: horizon }, (_, step) =>
        levels.map((__, j) => step + 1 + error + 2 * (j - 1)),
      ).flat(),
    ),
  );

/** A task whose two members have left looks: at each number of steps, the errors in the four windows. */
async function looked(errors: Readonly<Record<number, readonly number[]>>, values = line()) {
  const { store } = memoryStore();
  const series: Series[] = [seriesOfRows(column(values))];
  const task = {
    ...{ store, dataset: 'd', job: 'j', views: [settings], series, windows, steps, season: 1 },
    key: (index: number, file: string) => `members/${index}/${file}`,
  };
  for (const [at, by] of Object.entries(errors)) {
    for (const index of [0, 1]) {
      const look = { parameters: new Float32Array([Number(at)]), quantiles: beside(by) };
      await store.put(task.key(index, `look-${at}`), encodeLook(look));
    }
  }
  return task;
}

test('the number of steps is the best of all windows, and of each half for what is reported on the other', async () => {
  const task = await looked({ 20: [0, 0, 9, 9], 30: [9, 9, 0, 0], 45: [2, 2, 2, 2] });
  const { served, calibrate, report } = await readChoices(task);
  expect([served.steps, calibrate.steps, report.steps]).toEqual([45, 20, 30]);
  expect(served.scores.map((score) => score.steps)).toEqual([20, 30, 45]);
});

test('what comes in one half decides nothing about what is reported on it', async () => {
  const errors = { 20: [0, 0, 9, 9], 30: [9, 9, 0, 0], 45: [2, 2, 2, 2] };
  const before = await readChoices(await looked(errors));
  const other = line();
  for (let t = 54; t < 60; t++) other[t] = -1e4; // the targets of both windows of the half `report`
  const after = await readChoices(await looked(errors, other));
  expect(after.calibrate).toEqual(before.calibrate);
  expect(after.report).not.toEqual(before.report);
});

test('a network that is far off is mixed with a baseline that is not; one that is right is served alone', async () => {
  const far = await readChoices(await looked({ 20: [20, 20, 20, 20] }));
  expect(far.served.mixture?.weight).toBeGreaterThan(0.5);
  expect(far.served.score).toBeLessThan(far.served.scores[0]?.score ?? 0);
  const right = await readChoices(await looked({ 20: [0, 0, 0, 0] }));
  expect(right.served.mixture).toBeNull();
});

test('only what all members have got to can be chosen', async () => {
  const task = await looked({ 20: [3, 3, 3, 3], 30: [0, 0, 0, 0] });
  await task.store.delete(task.key(1, 'look-30'));
  expect((await readChoices(task)).served.steps).toBe(20);
  await task.store.delete(task.key(1, 'look-20'));
  await expect(readChoices(task)).rejects.toMatchObject({ code: 'MEMBER_MISSING' });
});

test('without a window to choose by a rough number of steps is taken, and nothing mixed', async () => {
  const task = { ...(await looked({})), windows: [{ fit: 60, calibrate: [], report: [] }], steps: 800 };
  const { served } = await readChoices(task);
  expect(served).toEqual({ steps: 150, mixture: null, scores: [], score: null });
});

test('what was kept is what is read', async () => {
  const task = await looked({ 20: [0, 0, 0, 0] });
  const kept = await keepChoices(task);
  await task.store.delete(task.key(0, 'look-20'));
  expect(await readChoices(task)).toEqual(kept);
});

test('looks are taken more often early, and after the last step', () => {
  expect(lookSteps(100)).toEqual([20, 30, 45, 65, 100]);
  expect(lookSteps(2000)).toEqual([20, 30, 45, 65, 100, 150, 220, 330, 500, 800, 1200, 1800, 2000]);
});

test('the mean of members has rising quantiles', () => {
  const look = (values: readonly number[]) => ({
    parameters: new Float32Array(),
    quantiles: Float32Array.from(values),
  });
  expect([...meanLook([look([3, 1, 2]), look([5, 1, 0])], 3)]).toEqual([1, 1, 4]);
});
