import { promote, writeBundle } from '../../shared/bundle/index.ts';
import { jobId, readLatest } from '../../shared/documents/index.ts';
import { keys } from '../../shared/store/index.ts';
import { parts } from '../bundle/support.ts';
import { scratch } from '../support/job.ts';
import { type World, world } from './world.ts';

const folder = scratch('start');
let here: World;

beforeEach(() => {
  here = world(folder.root());
});

describe('an upload', () => {
  test('starts a job when it has come to rest, with what it is made of', async () => {
    await here.upload('b.csv');
    await here.upload('a.csv');
    await here.upload('tidecast.yaml', 'members: 1');
    here.at(30);
    const started = await here.start();
    expect(started).toEqual({ dataset: 'd', kind: 'started', job: here.machine.began[0] });
    const job = await here.latest();
    expect(job).toMatchObject({
      ...{ job: started.job, dataset: 'd', status: 'running', stage: 'plan', attempt: 1 },
      startedAt: '2026-01-01T00:00:30.000Z',
      inputs: { parent: null },
    });
    expect(job?.inputs.objects).toEqual(
      await Promise.all(
        ['a.csv', 'b.csv', 'tidecast.yaml'].map(async (file) => ({
          key: `datasets/d/${file}`,
          etag: (await here.store.head(`datasets/d/${file}`))?.etag,
        })),
      ),
    );
    expect(job?.job).toBe(jobId(job?.inputs.fingerprint ?? '', null));
    expect(await readLatest(here.store, 'd')).toMatchObject({
      inputs: job?.inputs.fingerprint,
      job: job?.job,
    });
  });

  test('that has not come to rest waits for its own event; two seconds are forgiven', async () => {
    await here.upload('a.csv');
    here.at(27);
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'young' });
    expect(await here.jobs()).toEqual([]);
    here.at(28);
    expect((await here.start()).kind).toBe('started');
  });

  test('is as young as its newest object, whichever that is called', async () => {
    await here.upload('z.csv');
    here.at(20);
    await here.upload('a.csv');
    here.at(40);
    expect((await here.start()).kind).toBe('young');
    here.at(50);
    expect((await here.start()).kind).toBe('started');
  });

  test('of related and items tables starts nothing until there is a table for them', async () => {
    const here = world(folder.root());
    for (const file of ['related.csv', 'items-2024.csv', 'related/north.csv']) await here.upload(file);
    here.at(30);
    expect(await here.start()).toMatchObject({ kind: 'empty' });
    await here.upload('itemsales.csv');
    here.at(60);
    expect(await here.start()).toMatchObject({ kind: 'started' });
  });

  test('of a configuration alone, or the removal of all parts, starts nothing', async () => {
    await here.upload('tidecast.yaml', 'members: 1');
    here.at(60);
    expect((await here.start()).kind).toBe('empty');
    await here.upload('a.csv');
    here.remove('a.csv');
    here.at(120);
    expect((await here.start()).kind).toBe('empty');
  });

  test.each([
    ['another part', 'b.csv', 'b'],
    ['a part with other content', 'a.csv', 'other'],
    ['another configuration', 'tidecast.yaml', 'members: 2'],
  ])('of %s after a job is another job, whose parent is the champion', async (_, file, text) => {
    const before = await here.done();
    const version = await writeBundle(here.store, keys.models('d'), parts());
    await promote(here.store, 'd', { version, reason: 'first', from: null });
    await here.upload(file, text);
    here.at(200);
    const { kind, job } = await here.start();
    expect(kind).toBe('started');
    expect(job).not.toBe(before);
    expect(here.machine.began).toEqual([before, job]);
    expect((await here.latest())?.inputs.parent).toBe(version);
  });

  test('of the same content again is no job, even though the champion has changed', async () => {
    const job = await here.done();
    const version = await writeBundle(here.store, keys.models('d'), parts());
    await promote(here.store, 'd', { version, reason: 'first', from: null });
    await here.upload('a.csv');
    here.at(200);
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'done', job });
    expect(here.machine.began).toEqual([job]);
  });

  test('that takes a part away again makes what was known of the rest count', async () => {
    const job = await here.done();
    await here.upload('b.csv');
    here.at(200);
    const second = await here.start();
    await here.note(second.job ?? '', { status: 'failed' });
    await here.end(second.job ?? '');
    here.remove('b.csv');
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'done', job });
    expect((await here.latest())?.job).toBe(job);
    expect(here.machine.began).toHaveLength(2);
  });
});
