import { scratch } from '../support/job.ts';
import { type World, world } from './world.ts';

const folder = scratch('start-running');
let here: World;

beforeEach(() => {
  here = world(folder.root());
});

describe('events', () => {
  test('of ten uploads in a row make one job on all of them', async () => {
    for (let i = 0; i < 10; i++) {
      here.at(5 * i);
      await here.upload(`part ${i}.csv`);
    }
    const kinds: string[] = [];
    for (let i = 0; i < 10; i++) {
      // Each event waits in the queue for the quiet period.
      here.at(5 * i + 30);
      kinds.push((await here.start()).kind);
    }
    expect(kinds).toEqual([...Array(9).fill('young'), 'started']);
    expect(here.machine.began).toHaveLength(1);
    expect((await here.latest())?.inputs.objects).toHaveLength(10);
  });

  test('that are duplicated, delayed or reordered change nothing', async () => {
    await here.upload('a.csv');
    here.at(10);
    await here.upload('b.csv');
    here.at(40);
    // The newer one's event comes first, then the older one's, both twice, one of them hours later.
    const kinds = [(await here.start()).kind, (await here.start()).kind];
    const [job = ''] = here.machine.began;
    here.at(60);
    kinds.push((await here.start()).kind);
    await here.note(job, { status: 'done' });
    await here.end(job);
    here.at(10_000);
    kinds.push((await here.start()).kind);
    expect(kinds).toEqual(['started', 'busy', 'busy', 'done']);
    expect(here.machine.began).toEqual([job]);
    expect(await here.jobs()).toHaveLength(1);
  });

  test('handled at the same time by many start one job', async () => {
    await here.upload('a.csv');
    here.at(30);
    const kinds = (await Promise.all(Array.from({ length: 8 }, here.start))).map(({ kind }) => kind);
    expect(kinds).toContain('started');
    // Who looks a little later finds it begun.
    expect(['started', 'lost', 'busy']).toEqual(expect.arrayContaining(kinds));
    expect(here.machine.began).toHaveLength(1);
  });
});

describe('an upload while a job runs', () => {
  test('waits for its end, and is a job of its own then', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job: first = '' } = await here.start();
    await here.upload('b.csv');
    here.at(70);
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'busy', job: first });
    await here.note(first, { status: 'done' });
    const { status, next } = await here.end(first);
    expect(status).toBe('done');
    expect(next).toEqual({ dataset: 'd', kind: 'started', job: here.machine.began[1] });
    expect((await here.latest())?.inputs.objects).toHaveLength(2);
    await here.note(next.job ?? '', { status: 'done' });
    expect((await here.end(next.job ?? '')).next.kind).toBe('done');
    expect(here.machine.began).toHaveLength(2);
  });

  test('that is young when the job ends is left to its own event', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job: first = '' } = await here.start();
    here.at(60);
    await here.upload('b.csv');
    await here.note(first, { status: 'done' });
    expect((await here.end(first)).next.kind).toBe('young');
    here.at(90);
    expect((await here.start()).kind).toBe('started');
  });
});
