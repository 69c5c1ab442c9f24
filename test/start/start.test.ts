import { promote, writeBundle } from '../../shared/bundle/index.ts';
import { jobId, readLatest } from '../../shared/documents/index.ts';
import { settle, startDataset } from '../../shared/start/index.ts';
import { keys } from '../../shared/store/index.ts';
import { parts } from '../bundle/support.ts';
import { scratch } from '../support/job.ts';
import { type World, world } from './world.ts';

const folder = scratch('start');
let here: World;

beforeEach(() => {
  here = world(folder.root());
});

/** Settles as the last state of an execution does, and ends it after that. */
async function end(job: string, error?: object, name = job) {
  const settled = await settle(here.context, { dataset: 'd', job, ...(error && { error }) });
  here.machine.running.set(name, false);
  return settled;
}

/** A job that was uploaded, started and done; the clock is at 100. */
async function done(): Promise<string> {
  await here.upload('a.csv');
  here.at(30);
  const { job = '' } = await here.start();
  await here.note(job, { status: 'done', stage: 'end', version: 'v1' });
  here.at(100);
  await end(job);
  return job;
}

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
    const before = await done();
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
    const job = await done();
    const version = await writeBundle(here.store, keys.models('d'), parts());
    await promote(here.store, 'd', { version, reason: 'first', from: null });
    await here.upload('a.csv');
    here.at(200);
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'done', job });
    expect(here.machine.began).toEqual([job]);
  });

  test('that takes a part away again makes what was known of the rest count', async () => {
    const job = await done();
    await here.upload('b.csv');
    here.at(200);
    const second = await here.start();
    await here.note(second.job ?? '', { status: 'failed' });
    await end(second.job ?? '');
    here.remove('b.csv');
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'done', job });
    expect((await here.latest())?.job).toBe(job);
    expect(here.machine.began).toHaveLength(2);
  });
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
    await end(job);
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
    const { status, next } = await end(first);
    expect(status).toBe('done');
    expect(next).toEqual({ dataset: 'd', kind: 'started', job: here.machine.began[1] });
    expect((await here.latest())?.inputs.objects).toHaveLength(2);
    await here.note(next.job ?? '', { status: 'done' });
    expect((await end(next.job ?? '')).next.kind).toBe('done');
    expect(here.machine.began).toHaveLength(2);
  });

  test('that is young when the job ends is left to its own event', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job: first = '' } = await here.start();
    here.at(60);
    await here.upload('b.csv');
    await here.note(first, { status: 'done' });
    expect((await end(first)).next.kind).toBe('young');
    here.at(90);
    expect((await here.start()).kind).toBe('started');
  });
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
    await end(job ?? '');
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
    const job = await done();
    await here.store.delete(keys.latestJob('d'));
    await here.store.delete(keys.job('d', job));
    expect(await here.start()).toEqual({ dataset: 'd', kind: 'started', job });
    expect(here.machine.began).toEqual([job, `${job}-2`]);
    await here.start();
    expect(here.machine.began).toHaveLength(2);
  });
});

describe('settling', () => {
  const exception = {
    Error: 'Error',
    Cause: JSON.stringify({ errorType: 'RangeError', errorMessage: 'there is no member 7', trace: [] }),
  };

  test.each([
    ["Lambda's exception", exception, 'RangeError: there is no member 7'],
    ['a time-out', { Error: 'States.Timeout' }, 'States.Timeout: no cause given'],
    ['plain text', { Error: 'Lambda.Unknown', Cause: 'out of memory' }, 'Lambda.Unknown: out of memory'],
  ])(
    'after %s marks the job as failed, in its words, and does not begin it again',
    async (_, error, message) => {
      await here.upload('a.csv');
      here.at(30);
      const { job = '' } = await here.start();
      here.at(75);
      expect(await end(job, error)).toMatchObject({ status: 'failed', next: { kind: 'failed', job } });
      expect(await here.latest()).toMatchObject({
        ...{ status: 'failed', seconds: 45, error: { code: 'EXECUTION', message } },
      });
      here.at(500);
      expect((await here.start()).kind).toBe('failed');
      expect(here.machine.began).toEqual([job]);
    },
  );

  test('leaves the words of a step that said itself what was wrong', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job = '' } = await here.start();
    const error = { code: 'DIVERGED', message: 'the loss', remedy: 'lower the rate' };
    await here.note(job, { status: 'failed', error });
    expect(await end(job, exception)).toMatchObject({ status: 'failed' });
    expect((await here.latest())?.error).toEqual(error);
  });

  test('after a message about a job that is done could not be sent leaves it done', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job = '' } = await here.start();
    await here.note(job, { status: 'done' });
    expect((await end(job, { Error: 'EventBridge.Fault' })).status).toBe('done');
  });

  test('a job without a word marks it as failed, and one without a document is no trouble', async () => {
    await here.upload('a.csv');
    here.at(30);
    const { job = '' } = await here.start();
    expect(await end(job)).toMatchObject({ status: 'failed' });
    expect(await end('gone', exception)).toMatchObject({ status: null, next: { kind: 'failed' } });
  });
});
