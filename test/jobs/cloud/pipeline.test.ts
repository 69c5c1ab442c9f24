import { createHash } from 'node:crypto';
import { cpSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readBundle, readCurrent } from '../../../shared/bundle/index.ts';
import {
  CancelledError,
  cancelJob,
  costOf,
  listJobs,
  readCurves,
  readJob,
} from '../../../shared/documents/index.ts';
import { assembleStep, decodeParameters, planStep, runJob, trainStep } from '../../../shared/jobs/index.ts';
import { loadPrepared } from '../../../shared/jobs/prepared.ts';
import { retrainDataset, startDataset } from '../../../shared/start/index.ts';
import { fileStore, keys, type ObjectStore } from '../../../shared/store/index.ts';
import { type World, world } from '../../start/world.ts';
import { contentOf, hourlyTable, scratch, smallConfiguration, smallTask } from '../../support/job.ts';
import { countedSlice, execute, tickingContext } from './pipeline.ts';

const folder = scratch('cloud');
const table = folder.table(hourlyTable());
const local = folder.root();
const configuration = JSON.stringify(smallConfiguration);
const task = (job: string) => ({ dataset: 'd', job });

/** A world in which a table was uploaded and its job begun. */
async function begun(text = readFileSync(table, 'utf8'), settings = configuration) {
  const here = world(folder.root());
  await here.upload('table.csv', text);
  await here.upload('tidecast.yaml', settings);
  here.at(30);
  const { job = '' } = await here.start();
  return { here, job };
}

/** Hashes of what a job leaves for serving, by file. Not the list of items, whose pages have names by chance. */
/** The pointer remembers when it was moved, in the cloud alone. */
const timeless = (hex: string): string =>
  Buffer.from(
    Buffer.from(hex, 'hex')
      .toString('latin1')
      .replace(/ *"at": "[^"]*",\n/, ''),
    'latin1',
  ).toString('hex');

const made = (root: string) =>
  Object.fromEntries(
    ['models', 'series'].flatMap((part) =>
      Object.entries(contentOf(join(root, part)))
        .filter(([file]) => !file.startsWith('d/index/'))
        .map(([file, hex]) => [`${part}/${file}`, timeless(hex)])
        .map(([file, hex = '']) => [file, createHash('sha256').update(hex).digest('hex')]),
    ),
  );

/** What the one job of a store keeps of its members' losses. */
async function curvesIn(store: ObjectStore) {
  const [one] = await listJobs(store, 'd');
  return readCurves(store, { dataset: 'd', job: one ?? '' }, 2);
}

beforeAll(async () => {
  await runJob({ ...smallTask(local, table), dataset: 'd' });
}, 60_000);

describe('a job in the cloud', () => {
  let here: World;
  let job: string;
  let executed: Awaited<ReturnType<typeof execute>>;

  beforeAll(async () => {
    ({ here, job } = await begun());
    executed = await execute(here, job);
  }, 60_000);

  test("ends with the local runner's bundle, pointer and stored series, byte for byte", () => {
    expect(made(here.root)).toEqual(made(local));
    expect(Object.keys(made(here.root))).toHaveLength(8);
  });

  test('tells how it ended, in its document and to whoever listens', async () => {
    const document = await readJob(here.store, 'd', job);
    const { description } = await readBundle(here.store, keys.model('d', executed.finished?.version ?? ''));
    const { scores, baselines, beatsBaselines } = description.metrics.backtest ?? {};
    expect(executed.finished).toEqual({
      ...{ dataset: 'd', job, promoted: true, reason: expect.stringMatching(/^the first version/) },
      version: document?.version,
      metrics: { scores, baselines, beatsBaselines },
      seconds: document?.seconds,
      cost: document?.cost,
    });
    expect(document).toMatchObject({
      ...{ status: 'done', stage: 'end', error: null, promoted: true, reason: executed.finished?.reason },
      members: [{ phase: 'done' }, { phase: 'done' }],
      metrics: executed.finished?.metrics,
    });
    expect(document?.members.every(({ loss, step }) => Number.isFinite(loss) && step > 0)).toBe(true);
  });

  test('adds up the memory and the duration of its steps', async () => {
    const { gigabyteSeconds = 0, seconds = 0, cost } = (await readJob(here.store, 'd', job)) ?? {};
    // Plan, two slices and assembling, each at least a second of the clock at 2 GB.
    expect(gigabyteSeconds).toBeGreaterThanOrEqual(8);
    expect(gigabyteSeconds % 2).toBe(0);
    expect(cost).toBe(costOf(gigabyteSeconds));
    expect(seconds).toBeGreaterThan(0);
  });

  test('does nothing when its data are looked at again', async () => {
    const before = contentOf(here.root);
    here.at(1000);
    expect((await here.start()).kind).toBe('done');
    expect(contentOf(here.root)).toEqual(before);
    expect(here.machine.began).toEqual([job]);
  });

  test('assembled again tells the same story and changes nothing', async () => {
    const before = contentOf(here.root);
    expect(await assembleStep(tickingContext(here), task(job))).toEqual(executed.finished);
    expect(contentOf(here.root)).toEqual(before);
  });

  test("with new data starts from the champion's weights, as it does on a laptop", async () => {
    const newer = hourlyTable({ hours: 301 });
    await here.upload('table.csv', newer);
    here.at(2000);
    const { job: second = '' } = await here.start();
    const { finished } = await execute(here, second);
    const { description } = await readBundle(here.store, keys.model('d', finished?.version ?? ''));
    expect((await readJob(here.store, 'd', second))?.inputs.parent).toBe(executed.finished?.version);
    expect(description.parent).toBe(executed.finished?.version);
    const laptop = folder.root();
    cpSync(local, laptop, { recursive: true });
    await runJob({ ...smallTask(laptop, folder.table(newer)), dataset: 'd' });
    expect(made(here.root)).toEqual(made(laptop));
  }, 60_000);
});

test('related and items tables beside the table are planned with', async () => {
  const here = world(folder.root());
  await here.upload('table.csv', readFileSync(table, 'utf8'));
  await here.upload('tidecast.yaml', configuration);
  const hour = (i: number) => new Date(Date.UTC(2024, 0, 1, i)).toISOString();
  const rows = Array.from({ length: 320 }, (_, i) => `item 0,${hour(i)},${i % 5}`);
  await here.upload('related.csv', ['item_id,timestamp,promo', ...rows].join('\n'));
  await here.upload('items.csv', 'item_id,size\nitem 0,1\nitem 1,2\n');
  here.at(30);
  const { job = '' } = await here.start();
  await planStep(tickingContext(here), task(job));
  const { plan, series } = await loadPrepared(here.store, 'd', job);
  expect(plan.knownNames).toEqual(['promo']);
  expect(series.map(({ statics }) => statics.size)).toEqual([1, 2, null, null]);
}, 60_000);

test('the pointer says when the version began to serve', async () => {
  const { here, job } = await begun();
  await execute(here, job);
  const current = await readCurrent(here.store, 'd');
  expect(current?.history.map(({ at }) => at)).toEqual([expect.stringMatching(/^20\d\d-.*Z$/)]);
}, 60_000);

test('many slices end with the bundle of one, and cost what each of them took', async () => {
  const { here, job } = await begun();
  const whole = await curvesIn(fileStore(local));
  const { slices } = await execute(here, job, { slice: () => countedSlice(17) });
  expect(await curvesIn(here.store)).toEqual(whole);
  expect(slices).toBeGreaterThan(8);
  expect(made(here.root)).toEqual(made(local));
  const { gigabyteSeconds = 0 } = (await readJob(here.store, 'd', job)) ?? {};
  expect(gigabyteSeconds).toBeGreaterThanOrEqual(2 * (slices + 2));
}, 60_000);

test('a slice that is over goes on from where it was, and says how far that is', async () => {
  const { here, job } = await begun();
  const steps = tickingContext(here);
  await planStep(steps, task(job));
  expect((await readJob(here.store, 'd', job))?.members).toEqual(
    Array(2).fill({ phase: 'waiting', step: 0, steps: 0, loss: null }),
  );
  const sliced = await trainStep(steps, { ...task(job), index: 1, phase: 'choose' }, countedSlice(7));
  expect(sliced).toEqual({ ...task(job), index: 1, phase: 'choose', done: false, loss: expect.any(Number) });
  const again = await trainStep(steps, { ...task(job), index: 1, phase: 'choose' }, countedSlice(7));
  expect(again.done).toBe(false);
  expect(await readJob(here.store, 'd', job)).toMatchObject({
    ...{ status: 'running', stage: 'train' },
    members: [{ phase: 'waiting' }, { phase: 'choose', step: 14, steps: 60, loss: again.loss }],
  });
}, 60_000);

test('a slice that is killed costs what came after its last checkpoint, and the bundle is the same', async () => {
  const { here, job } = await begun();
  const steps = tickingContext(here);
  await planStep(steps, task(job));
  const lost = new Error('the sandbox was lost');
  let writes = 0;
  const put: typeof here.store.put = async (key, bytes, condition) => {
    if (key.endsWith('choose.checkpoint') && ++writes === 2) throw lost;
    return here.store.put(key, bytes, condition);
  };
  const broken = { ...steps, store: { ...here.store, put } };
  await expect(
    trainStep(broken, { ...task(job), index: 0, phase: 'choose' }, countedSlice(1000)),
  ).rejects.toBe(lost);
  expect(await readJob(here.store, 'd', job)).toMatchObject({ status: 'running', error: null });
  const seen: number[] = [];
  const slice = countedSlice(1000);
  await trainStep(
    steps,
    { ...task(job), index: 0, phase: 'choose' },
    { ...slice, stepped: () => seen.push(1) },
  );
  // 60 steps at most to choose by, 25 of them before the kill.
  expect(seen.length).toBeLessThanOrEqual(35);
  await execute(here, job);
  expect(made(here.root)).toEqual(made(local));
}, 60_000);

test('while it trains, the document tells now and then how far it is', async () => {
  const { here, job } = await begun();
  const steps = tickingContext(here);
  await planStep(steps, task(job));
  const seen = new Set<number>();
  const put: typeof here.store.put = async (key, bytes, condition) => {
    if (key === keys.job('d', job)) seen.add(JSON.parse(Buffer.from(bytes).toString()).members[0].step);
    return here.store.put(key, bytes, condition);
  };
  await trainStep(
    { ...steps, store: { ...here.store, put } },
    { ...task(job), index: 0, phase: 'choose' },
    countedSlice(40),
  );
  // The clock ticks at least once a step: a note about every ten steps, not one for each.
  expect(seen.size).toBeGreaterThanOrEqual(3);
  expect(seen.size).toBeLessThanOrEqual(8);
}, 60_000);

describe('what is refused', () => {
  const bad = hourlyTable().replace(/^(item 2,2024-01-03 05:00:00),.*$/m, '$1,twelve');

  test.each<[string, string, string, RegExp, string]>([
    ['a bad cell', bad, configuration, /twelve.* of table\.csv/s, 'DATA'],
    ['too short a history', hourlyTable({ hours: 14 }), configuration, /longest item/, 'CONFIGURATION'],
    ['a mistyped field', hourlyTable(), 'horizn: 3', /did you mean horizon/, 'CONFIGURATION'],
    [
      'a configuration that is no YAML',
      hourlyTable(),
      'a: [',
      /datasets\/d\/tidecast\.yaml must be YAML/,
      'CONFIGURATION',
    ],
  ])('%s ends in a failed document that says what to mend, and is not tried again', async (...given) => {
    const [, text, settings, message, code] = given;
    const { here, job } = await begun(text, settings);
    const { finished } = await execute(here, job);
    expect(finished).toBeNull();
    const ended = await readJob(here.store, 'd', job);
    expect(ended).toMatchObject({ status: 'failed', stage: 'plan', version: null, error: { code } });
    expect(ended?.error?.message).toMatch(message);
    expect(ended?.error?.message).not.toMatch(/tidecast-plan-/);
    expect(ended?.error?.remedy).toMatch(/./);
    expect(ended?.gigabyteSeconds).toBeGreaterThan(0);
    // The same files again, with a later time.
    here.at(500);
    await here.upload('table.csv', text);
    here.at(600);
    expect((await here.start()).kind).toBe('failed');
    expect(here.machine.began).toEqual([job]);
    await here.upload('table.csv', hourlyTable({ hours: 200 }));
    here.at(700);
    expect((await here.start()).kind).toBe('started');
  });

  test('a fault of the store is no fault of the data', async () => {
    const { here, job } = await begun();
    const fault = Object.assign(new Error('Slow down'), { name: 'SlowDown' });
    const get: typeof here.store.get = async (key) => {
      if (key.endsWith('.csv')) throw fault;
      return here.store.get(key);
    };
    const steps = { ...tickingContext(here), store: { ...here.store, get } };
    await expect(planStep(steps, task(job))).rejects.toBe(fault);
    expect(await readJob(here.store, 'd', job)).toMatchObject({ status: 'running', error: null });
  });

  test('a member that cannot be trained ends in its own words, which settling leaves', async () => {
    const { here, job } = await begun();
    await planStep(tickingContext(here), task(job));
    await here.store.put(keys.memberFile('d', job, 1, 'choose.checkpoint'), Buffer.from('damaged'));
    await execute(here, job);
    expect(await here.latest()).toMatchObject({
      ...{ status: 'failed', error: { code: 'CHECKPOINT' } },
    });
  }, 60_000);
});

describe('inputs that change before the plan has read them', () => {
  test('cancel the job, and a job on what is there now follows by itself', async () => {
    const { here, job } = await begun();
    await here.upload('table.csv', hourlyTable({ hours: 200 }));
    here.at(100);
    const { finished } = await execute(here, job);
    expect(finished).toBeNull();
    expect(await readJob(here.store, 'd', job)).toMatchObject({
      ...{ status: 'cancelled', error: { code: 'INPUTS_CHANGED' } },
    });
    expect(here.machine.began).toHaveLength(2);
    expect(await here.latest()).toMatchObject({ job: here.machine.began[1], status: 'running' });
  });

  test('are no matter once it is planned', async () => {
    const { here, job } = await begun();
    const steps = tickingContext(here);
    const planned = await planStep(steps, task(job));
    expect(planned).toEqual({ ...task(job), status: 'planned', members: [0, 1] });
    here.remove('table.csv');
    expect(await planStep(steps, task(job))).toEqual(planned);
  });
});

test('a job of several parts in folders reads them all', async () => {
  const [head = '', ...rows] = hourlyTable({ items: 2 }).trim().split('\n');
  const here = world(folder.root());
  const store = fileStore(here.root);
  const halves = [rows.slice(0, 400), rows.slice(400)];
  for (const [i, half] of halves.entries()) {
    await store.put(keys.upload('d', `year ${i}/part.csv`), Buffer.from([head, ...half].join('\n')));
  }
  await store.put(
    keys.configuration('d'),
    Buffer.from(JSON.stringify({ ...smallConfiguration, budget: '5steps' })),
  );
  const context = { ...here.context, clock: () => Date.now() + 60_000 };
  const { job = '' } = await startDataset(context, 'd');
  const { finished } = await execute(here, job);
  const { description, file } = await readBundle(store, keys.model('d', finished?.version ?? ''));
  expect(description.data).toMatchObject({ items: 2, observations: 600 });
  expect(decodeParameters(await file('parameters.bin'))).toHaveLength(2);
}, 60_000);

describe('a job that somebody has stopped', () => {
  const goOn = async (here: World, job: string) => {
    await retrainDataset(here.context, 'd');
    return execute(here, job);
  };

  test('ends at its next checkpoint, and later goes on to the bundle of an undisturbed run', async () => {
    const { here, job } = await begun();
    const steps = tickingContext(here);
    await planStep(steps, task(job));
    let stopped: Promise<unknown> | undefined;
    const slice = countedSlice(1000);
    const stopping = {
      ...slice,
      stepped: () => {
        stopped ??= cancelJob(here.store, 'd', job);
      },
    };
    await expect(trainStep(steps, { ...task(job), index: 0, phase: 'choose' }, stopping)).rejects.toThrow(
      CancelledError,
    );
    await stopped;
    const ended = await readJob(here.store, 'd', job);
    expect(ended).toMatchObject({ status: 'cancelled', error: { code: 'CANCELLED' } });
    const { step = 0 } = ended?.members[0] ?? {};
    expect(step).toBeGreaterThan(0);
    expect(step).toBeLessThan(60);
    here.machine.running.set(job, false);
    const { finished } = await goOn(here, job);
    expect(finished?.promoted).toBe(true);
    expect(made(here.root)).toEqual(made(local));
  }, 60_000);

  test('is planned, trained and assembled no more', async () => {
    const { here, job } = await begun();
    const steps = tickingContext(here);
    await cancelJob(here.store, 'd', job);
    for (const work of [
      planStep(steps, task(job)),
      trainStep(steps, { ...task(job), index: 0, phase: 'choose' }, countedSlice(5)),
      assembleStep(steps, task(job)),
    ]) {
      await expect(work).rejects.toThrow(CancelledError);
    }
    expect(await readJob(here.store, 'd', job)).toMatchObject({ status: 'cancelled', members: [] });
  });
});
