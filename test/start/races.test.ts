import { readLatest } from '../../shared/documents/index.ts';
import { startDataset } from '../../shared/start/index.ts';
import { keys } from '../../shared/store/index.ts';
import { scratch } from '../support/job.ts';
import { type World, world } from './world.ts';

const folder = scratch('start-races');
let here: World;

beforeEach(() => {
  here = world(folder.root());
});

describe('where somebody else is faster or gone', () => {
  test('who loses the compare-and-swap starts nothing', async () => {
    const { context, upload, at, store, machine, jobs } = here;
    await upload('a.csv');
    at(30);
    const rival = { ...store, put: store.put };
    const slow: typeof store.put = async (key, bytes, condition) => {
      if (key === keys.latestJob('d')) await startDataset({ ...context, store: rival }, 'd');
      return store.put(key, bytes, condition);
    };
    const lost = await startDataset({ ...context, store: { ...store, put: slow } }, 'd');
    expect(lost).toEqual({ dataset: 'd', kind: 'lost' });
    expect(machine.began).toHaveLength(1);
    expect(await jobs()).toHaveLength(1);
  });

  const crash = new Error('killed');

  test.each<[string, (here: World) => World['context']]>([
    [
      'before the document',
      ({ context, store }) => ({
        ...context,
        store: {
          ...store,
          put: async (key, bytes, condition) => {
            if (key.startsWith('jobs/d/') && key !== keys.latestJob('d')) throw crash;
            return store.put(key, bytes, condition);
          },
        },
      }),
    ],
    [
      'before the execution',
      ({ context, machine }) => ({
        ...context,
        executions: {
          ...machine,
          start: async () => {
            throw crash;
          },
        },
      }),
    ],
  ])('a start killed after the compare-and-swap, %s, heals when the event comes again', async (_, broken) => {
    await here.upload('a.csv');
    here.at(30);
    await expect(startDataset(broken(here), 'd')).rejects.toBe(crash);
    expect(here.machine.began).toEqual([]);
    const latest = await readLatest(here.store, 'd');
    here.at(60);
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'started', job: latest?.job });
    expect(here.machine.began).toEqual([latest?.job]);
    expect(await here.jobs()).toHaveLength(1);
  });

  test('a job that never began makes way where the data have changed since', async () => {
    await here.upload('a.csv');
    here.at(30);
    const start = async () => {
      throw crash;
    };
    const broken = { ...here.context, executions: { ...here.machine, start } };
    await expect(startDataset(broken, 'd')).rejects.toBe(crash);
    const before = await here.latest();
    await here.upload('b.csv');
    here.at(100);
    const { kind, job } = await here.start();
    expect(kind).toBe('started');
    expect(here.machine.began).toEqual([job]);
    expect((await here.jobs()).find((one) => one.job === before?.job)?.status).toBe('cancelled');
    // Taken back, the first job is begun after all.
    await here.note(job ?? '', { status: 'done' });
    await here.end(job ?? '');
    here.remove('b.csv');
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'started', job: before?.job });
    expect(here.machine.began).toEqual([job, `${before?.job}-2`]);
    expect(await here.latest()).toMatchObject({ job: before?.job, status: 'running', attempt: 2 });
    await here.start();
    expect(here.machine.began).toHaveLength(2);
  });

  test('an execution that was stopped leaves a failed job, which new data follow', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job = '' } = await here.start();
    here.machine.running.set(job, false);
    here.at(60);
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'failed', job });
    const ended = await here.latest();
    expect(ended).toMatchObject({ status: 'failed', error: { code: 'EXECUTION' } });
    expect(ended?.error?.message).toMatch(/stopped/);
    expect(ended?.error?.remedy).toMatch(/tidecast\.yaml/);
    await here.upload('tidecast.yaml', '# again');
    here.at(100);
    expect((await here.start()).kind).toBe('started');
    expect(here.machine.began).toHaveLength(2);
  });

  test('a job that ends well while its execution is asked for stays done', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job = '' } = await here.start();
    const state = async () => {
      await here.note(job, { status: 'done' });
      return 'over' as const;
    };
    const context = { ...here.context, executions: { ...here.machine, state } };
    expect((await startDataset(context, 'd')).kind).toBe('done');
    expect(await here.latest()).toMatchObject({ status: 'done', error: null });
  });

  test('an execution left from a job whose documents were removed does not stand in the way', async () => {
    const job = await here.done();
    await here.store.delete(keys.latestJob('d'));
    await here.store.delete(keys.job('d', job));
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'started', job });
    expect(here.machine.began).toEqual([job, `${job}-2`]);
    await here.start();
    expect(here.machine.began).toHaveLength(2);
  });
});
