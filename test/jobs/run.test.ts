import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { readBundle, readCurrent, verifyBundle } from '../../shared/bundle/index.ts';
import { cancelJob, type Job, readJob, readLatest } from '../../shared/documents/index.ts';
import { forecastItems } from '../../shared/forecast/index.ts';
import { openSession } from '../../shared/graph/index.ts';
import { localInputs, type RunResult, runJob } from '../../shared/jobs/index.ts';
import { openJob } from '../../shared/jobs/open.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { contentOf, hourlyTable, scratch, smallTask } from '../support/job.ts';

const folder = scratch('run');
const root = folder.root();
const store = fileStore(root);
const file = folder.table(hourlyTable());
const documents: Job[] = [];
let first: RunResult;

beforeAll(async () => {
  first = await runJob({ ...smallTask(root, file), onChange: (job) => documents.push(job) });
}, 60_000);

test('a job goes through plan, train and assemble, and its document says where it is', async () => {
  const stages = documents.map(({ stage }) => stage);
  expect([...new Set(stages)]).toEqual(['plan', 'train', 'assemble', 'end']);
  expect([...stages].sort((a, b) => stages.indexOf(a) - stages.indexOf(b))).toEqual(stages);
  expect(documents.slice(0, -1).every(({ status }) => status === 'running')).toBe(true);
  const steps = documents.flatMap(({ members }) => members.map(({ phase, step }) => `${phase} ${step}`));
  expect(steps).toEqual(expect.arrayContaining(['waiting 0', 'choose 25', 'choose 50']));
  expect(documents.at(-1)).toMatchObject({
    status: 'done',
    error: null,
    members: [{ phase: 'done' }, { phase: 'done' }],
  });
  expect(await readJob(store, 'small', first.job.job)).toEqual(first.job);
  expect(documents.at(-1)).toEqual(first.job);
  expect(first.job.seconds).toBeGreaterThan(0);
  expect(first.job.inputs.objects).toEqual([
    { key: basename(file), etag: createHash('sha256').update(readFileSync(file)).digest('hex') },
  ]);
  expect(await readLatest(store, 'small')).toMatchObject({
    inputs: first.job.inputs.fingerprint,
    job: first.job.job,
  });
});

test('its bundle is whole, says what it was made of, and serves as the first version', async () => {
  const { version } = first.job;
  const { description, file: fileOf } = await readBundle(store, keys.model('small', version ?? ''));
  await verifyBundle(store, keys.model('small', version ?? ''));
  expect(description).toMatchObject({
    dataset: 'small',
    frequency: { unit: 'hour', multiple: 1 },
    season: 24,
    horizon: 12,
    layout: 'long',
    channels: ['target'],
    levels: [0.025, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.975],
    members: [{ seed: 1000 }, { seed: 1001 }],
    data: { items: 4, observations: 1200 },
    metrics: { backtest: { fit: 'before-origins' } },
  });
  const { scores, baselines, beatsBaselines } = description.metrics.backtest ?? {};
  expect(Object.keys(baselines ?? {})).toEqual(['ets', 'naive', 'naive2', 'seasonalNaive', 'theta']);
  expect(Object.values(scores ?? {}).every((score) => Number.isFinite(score))).toBe(true);
  expect(first.job.metrics).toEqual({ scores, baselines, beatsBaselines });
  const report = JSON.parse(Buffer.from(await fileOf('report.json')).toString());
  expect(report.metrics.scores).toEqual(scores);
  const ahead = beatsBaselines ? 'ahead of the baselines' : 'NOT ahead of every baseline';
  expect(first.job).toMatchObject({ promoted: true, reason: `the first version; ${ahead} in MASE and wQL` });
  expect(await readCurrent(store, 'small')).toMatchObject({ version });
});

test('its forecaster, trained for 60 steps, forecasts a series of the kind within its range', async () => {
  const bundle = await readBundle(store, keys.model('small', first.job.version ?? ''));
  const { horizon, context, levels } = bundle.description;
  const session = await openSession(bundle.forecaster);
  const history = Float64Array.from({ length: 200 }, (_, t) => 30 + 3 * Math.sin((2 * Math.PI * t) / 24));
  const [forecast] = await forecastItems(
    session,
    { horizon, context, levels, channels: 1, known: 0, past: 0, statics: [] },
    [{ item: 'new', start: 24 * 19_723, history }],
  );
  await session.release();
  for (const number of [...(forecast?.quantiles ?? []), ...(forecast?.mean ?? [])]) {
    expect(Math.abs(number - 30)).toBeLessThan(10);
  }
});

test('the same data and configuration again do nothing and say so', async () => {
  const changes: Job[] = [];
  const before = contentOf(root);
  const again = await runJob({ ...smallTask(root, file), onChange: (job) => changes.push(job) });
  expect(again).toEqual({ job: first.job, already: true });
  expect(changes).toEqual([]);
  expect(contentOf(root)).toEqual(before);
});

test('data that are refused end the job as failed, with the message and the remedy', async () => {
  const changes: Job[] = [];
  const bad = folder.table(hourlyTable().replace(/^(item 2,2024-01-03 05:00:00),.*$/m, '$1,twelve'));
  const task = { ...smallTask(root, bad), onChange: (job: Job) => changes.push(job) };
  const failure = await runJob(task).then(
    () => new Error('it ran'),
    (error: Error) => error,
  );
  expect(failure.message).toMatch(/twelve/);
  const end = changes.at(-1);
  expect(end).toMatchObject({ status: 'failed', stage: 'plan', version: null, promoted: false });
  expect(end?.error?.message).toBe(failure.message);
  expect(end?.error?.remedy).toMatch(/./);
  expect(await readJob(store, 'small', end?.job ?? '')).toEqual(end);
  await expect(runJob(task)).rejects.toThrow(/twelve/);
  expect(changes.at(-1)).toMatchObject({ job: end?.job, status: 'failed', startedAt: end?.startedAt });
});

test('what a file is called makes no job', async () => {
  const other = folder.root();
  const copies = [folder.table(hourlyTable()), folder.table(hourlyTable())];
  const [one, two] = await Promise.all(
    copies.map((copy) => localInputs({ ...smallTask(other, copy), files: [copy] })),
  );
  expect(one?.fingerprint).toBe(two?.fingerprint);
  expect(one?.fingerprint).toBe(first.job.inputs.fingerprint);
});

test('a runner killed between the pointer and its document begins the same job again', async () => {
  const other = fileStore(folder.root());
  const task = smallTask('', file);
  const job = await openJob(other, task);
  expect(await readJob(other, 'small', job.job)).toBeNull();
  expect(await openJob(other, task)).toMatchObject({ job: job.job, inputs: job.inputs, status: 'running' });
});

test('runners that begin on the same data at one moment get the same job', async () => {
  const other = fileStore(folder.root());
  const jobs = await Promise.all(Array.from({ length: 8 }, () => openJob(other, smallTask('', file))));
  expect(new Set(jobs.map(({ job }) => job)).size).toBe(1);
});

test('a job that is cancelled in its document stops as well, and goes on when it is run again', async () => {
  const other = folder.root();
  const store = fileStore(other);
  let cancelling: Promise<unknown> | undefined;
  const cancelled = await runJob({
    ...smallTask(other, file),
    onChange: ({ job, members }) => {
      if (members.some(({ step }) => step >= 25)) cancelling ??= cancelJob(store, 'small', job);
    },
  });
  await cancelling;
  expect(cancelled.job).toMatchObject({ status: 'cancelled', version: null, error: { code: 'CANCELLED' } });
  expect(await readJob(store, 'small', cancelled.job.job)).toEqual(cancelled.job);
  const resumed = await runJob(smallTask(other, file));
  expect(resumed.job).toMatchObject({ job: cancelled.job.job, status: 'done', error: null });
  expect(contentOf(join(other, 'models'))).toEqual(contentOf(join(root, 'models')));
  // Asked for once more, it is another job.
  expect((await openJob(store, smallTask('', file))).job).toBe(resumed.job.job);
  expect((await openJob(store, smallTask('', file), true)).job).not.toBe(resumed.job.job);
}, 60_000);

test('a job cancelled while it trains goes on later and ends with the bundle of an undisturbed run', async () => {
  const other = folder.root();
  const stop = new AbortController();
  const cancelled = await runJob({
    ...smallTask(other, file),
    signal: stop.signal,
    onChange: ({ members }) => {
      if (members.some(({ step }) => step >= 25)) stop.abort();
    },
  });
  expect(cancelled).toMatchObject({
    job: { status: 'cancelled', stage: 'train', version: null },
    already: false,
  });
  expect(await readJob(fileStore(other), 'small', cancelled.job.job)).toMatchObject({ status: 'cancelled' });
  const changes: Job[] = [];
  const resumed = await runJob({ ...smallTask(other, file), onChange: (job) => changes.push(job) });
  expect(resumed.job).toMatchObject({ job: cancelled.job.job, status: 'done', version: first.job.version });
  expect(contentOf(join(other, 'models'))).toEqual(contentOf(join(root, 'models')));
  // Its progress goes on from there too.
  expect(changes.find(({ stage }) => stage === 'train')?.members).toEqual(cancelled.job.members);
}, 60_000);
