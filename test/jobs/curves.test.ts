import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { everybody, manageApi } from '../../shared/api/index.ts';
import type { Curves } from '../../shared/api/routes/curves.ts';
import { runJob } from '../../shared/jobs/index.ts';
import { fileStore, type ObjectStore } from '../../shared/store/index.ts';
import { emptyCurve, extended } from '../../shared/train/curve.ts';
import { ask } from '../api/support.ts';
import { hourlyTable, scratch, smallTask } from '../support/job.ts';

const folder = scratch('curves');

async function curvesOf(store: ObjectStore, job: string): Promise<Curves> {
  const api = manageApi({
    ...{ store, authenticate: everybody },
    permitUpload: async () => ({ url: '', headers: {} }),
  });
  const { status, body } = await ask(api, 'GET', `/v1/jobs/${job}/curves?dataset=small`);
  expect(status).toBe(200);
  return body;
}

test('a job shows the losses of its members while they train, and still when its run is gone', async () => {
  const root = folder.root();
  const store = fileStore(root);
  const during: Promise<Curves>[] = [];
  const { job } = await runJob({
    ...smallTask(root, folder.table(hourlyTable())),
    onChange({ job: id, members }) {
      if (during.length === 0 && members.some(({ step }) => step > 25)) during.push(curvesOf(store, id));
    },
  });
  const partial = await during[0];
  const end = await curvesOf(store, job.job);
  expect(end).toMatchObject({ job: job.job, dataset: 'small' });
  expect(end.members.map(({ member, phase }) => `${member} ${phase}`)).toEqual([
    ...['0 choose', '0 refit'],
    ...['1 choose', '1 refit'],
  ]);
  for (const { phase, steps, points } of end.members) {
    const looks = points.filter(({ validation }) => validation !== null).map(({ step }) => step);
    expect(looks).toEqual(phase === 'choose' ? [20, 30, 45, 60] : []);
    expect(points.at(-1)?.step).toBe(steps);
    expect(points.every(({ training }) => Number.isFinite(training))).toBe(true);
  }
  for (const { member, phase, points } of partial?.members ?? []) {
    const whole = end.members.find((one) => one.member === member && one.phase === phase);
    expect(points.length).toBeGreaterThan(0);
    expect(whole?.points.slice(0, points.length)).toEqual(points);
  }
  expect(partial?.members.length).toBeGreaterThan(0);
  rmSync(join(root, 'runs'), { recursive: true });
  expect(await curvesOf(store, job.job)).toEqual(end);
}, 60_000);

test('a long fit has few points, each the mean of the losses since the one before', () => {
  const steps = 10_007;
  const loss = (step: number) => 1 / step + (step % 7) / 10;
  const looks = [20, 30, 45, 65, 100, 9999];
  let curve = emptyCurve;
  for (let step = 1; step <= steps; step++)
    curve = extended(curve, { step, steps, loss: loss(step), score: looks.includes(step) ? 5 : undefined });
  const { points } = curve;
  expect(points.length).toBeLessThanOrEqual(200);
  expect(points.length).toBeGreaterThan(100);
  expect(points.filter(({ validation }) => validation === 5).map(({ step }) => step)).toEqual(looks);
  expect(points.at(-1)?.step).toBe(steps);
  points.forEach(({ step, training }, i) => {
    const from = points[i - 1]?.step ?? 0;
    let sum = 0;
    for (let one = from + 1; one <= step; one++) sum += loss(one);
    expect(training).toBeCloseTo(sum / (step - from), 12);
  });
});

test('a score that is no number is none', () => {
  const { points } = extended(emptyCurve, { step: 1, steps: 900, loss: 2, score: Number.NaN });
  expect(points).toEqual([{ step: 1, training: 2, validation: null }]);
});
