import { cancelJob } from '../../shared/documents/index.ts';
import { retrainDataset, settle } from '../../shared/start/index.ts';
import { scratch } from '../support/job.ts';
import { type World, world } from './world.ts';

const folder = scratch('retrain');
let here: World;
const retrain = () => retrainDataset(here.context, 'd');

/** Settles and ends a job's execution. */
async function end(job: string, name = job) {
  const settled = await settle(here.context, { dataset: 'd', job });
  here.machine.running.set(name, false);
  return settled;
}

/** Uploads that started a job; the clock is at 30. */
async function begun(): Promise<string> {
  await here.upload('a.csv');
  here.at(30);
  return (await here.start()).job ?? '';
}

beforeEach(() => {
  here = world(folder.root());
});

test('what is done is done once more, as another job on the same files, and no upload does it again', async () => {
  const job = await begun();
  await here.note(job, { status: 'done', stage: 'end' });
  await end(job);
  const again = await retrain();
  expect(again).toEqual({ dataset: 'd', kind: 'started', job: here.machine.began[1] });
  expect(again.job).not.toBe(job);
  const [first, second] = [job, again.job].map(async (id) =>
    (await here.jobs()).find((one) => one.job === id),
  );
  expect((await second)?.inputs).toEqual((await first)?.inputs);
  await here.note(again.job ?? '', { status: 'done', stage: 'end' });
  await end(again.job ?? '');
  expect(await here.start()).toEqual({ dataset: 'd', kind: 'done', job: again.job });
  expect((await retrain()).job).not.toBe(again.job);
  expect(here.machine.began).toHaveLength(3);
});

test.each(['failed', 'cancelled'] as const)(
  'what is %s goes on where it was, under the same id',
  async (status) => {
    const job = await begun();
    if (status === 'cancelled') await cancelJob(here.store, 'd', job);
    else await here.note(job, { status });
    await end(job);
    expect(await retrain()).toEqual({ dataset: 'd', kind: 'started', job });
    expect(await here.latest()).toMatchObject({ job, status: 'running', attempt: 2, error: null });
    expect(here.machine.began).toEqual([job, `${job}-2`]);
  },
);

test('of several at once one begins a job', async () => {
  const job = await begun();
  await here.note(job, { status: 'done', stage: 'end' });
  await end(job);
  const kinds = (await Promise.all(Array.from({ length: 6 }, retrain))).map(({ kind }) => kind);
  expect(new Set(here.machine.began).size).toBe(2);
  expect(kinds.filter((kind) => kind === 'started').length).toBeGreaterThan(0);
  for (const kind of kinds) expect(['started', 'lost', 'busy']).toContain(kind);
});

test('without files there is nothing to do; while they come, or a job runs, they are waited for', async () => {
  expect((await retrain()).kind).toBe('empty');
  await here.upload('a.csv');
  expect((await retrain()).kind).toBe('young');
  here.at(30);
  const { job } = await here.start();
  expect(await retrain()).toEqual({ dataset: 'd', kind: 'busy', job });
  expect(here.machine.began).toEqual([job]);
});

test('a job that somebody has stopped begins again neither when it is settled nor by an event', async () => {
  const job = await begun();
  await cancelJob(here.store, 'd', job);
  const settled = await settle(here.context, { dataset: 'd', job, error: { Error: 'CancelledError' } });
  expect(settled).toEqual({
    ...{ dataset: 'd', job, status: 'cancelled' },
    next: { dataset: 'd', kind: 'cancelled', job },
  });
  here.machine.running.set(job, false);
  expect(await here.start()).toEqual({ dataset: 'd', kind: 'cancelled', job });
  await here.upload('b.csv');
  here.at(100);
  expect((await here.start()).kind).toBe('started');
  expect(here.machine.began).toHaveLength(2);
});
