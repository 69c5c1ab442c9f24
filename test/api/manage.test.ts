import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { type Authenticate, everybody, manageApi } from '../../shared/api/index.ts';
import { newJob, writeJob, writeLatest } from '../../shared/documents/index.ts';
import { fileStore, keys, type ObjectStore } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { scratch } from '../support/job.ts';
import { ask, publish } from './support.ts';

const folder = scratch('api-manage');
const inputs = { fingerprint: 'f00d', objects: [{ key: 'datasets/a/1.csv', etag: 'e' }], parent: null };

const manageOver = (store: ObjectStore, authenticate: Authenticate = everybody) =>
  manageApi({ store, permitUpload: async () => ({ url: '', headers: {} }), authenticate });

/** Everything of these datasets. */
const holder =
  (...datasets: string[]): Authenticate =>
  async () => ({ id: 'test', datasets, scopes: ['admin'] });

describe('jobs', () => {
  const root = folder.root();
  const store = fileStore(root);
  const all = manageOver(store);
  const get = (path: string, app = all) => ask(app, 'GET', path);
  const idsOf = async (path: string, app = all): Promise<string[]> =>
    (await get(path, app)).body.jobs.map(({ job }: { job: string }) => job);

  beforeAll(async () => {
    // Changed in another order than that of their names.
    for (const [i, name] of ['a/m', 'b/z', 'a/c', 'b/a', 'a-1/x'].entries()) {
      const [dataset = '', job = ''] = name.split('/');
      await writeJob(store, {
        ...newJob(dataset, job, inputs),
        members: [{ phase: 'done', step: 1, steps: 1, loss: 0.5 }],
      });
      await utimes(join(root, keys.job(dataset, job)), 0, 1_700_000_000 + 60 * i);
    }
    await writeLatest(store, 'a', { inputs: 'f00d', job: 'c' }, null);
    await store.put('jobs/b/notes.txt', Buffer.from('not a job'));
  });

  test('the last changed come first, of all datasets or of one, without what only one job needs', async () => {
    expect(await idsOf('/v1/jobs')).toEqual(['x', 'a', 'c', 'z', 'm']);
    expect(await idsOf('/v1/jobs?dataset=a')).toEqual(['c', 'm']);
    expect(await idsOf('/v1/jobs?dataset=none')).toEqual([]);
    const { body } = await get('/v1/jobs?limit=1');
    expect(body.jobs[0]).toMatchObject({ job: 'x', dataset: 'a-1', status: 'running', stage: 'plan' });
    expect(Object.keys(body.jobs[0])).not.toEqual(expect.arrayContaining(['inputs']));
    expect(Object.keys(body.jobs[0])).not.toEqual(expect.arrayContaining(['members']));
  });

  test('pages follow one another, each job once', async () => {
    const pages: string[][] = [];
    for (let after: string | null = ''; after !== null; ) {
      const { body }: Awaited<ReturnType<typeof get>> = await get(
        `/v1/jobs?limit=2${after && `&after=${after}`}`,
      );
      pages.push(body.jobs.map(({ job }: { job: string }) => job));
      after = body.next;
    }
    expect(pages).toEqual([['x', 'a'], ['c', 'z'], ['m']]);
  });

  test('a document of another version of Tidecast hides no other', async () => {
    const { store: other } = memoryStore();
    await writeJob(other, newJob('a', 'new', inputs));
    await other.put(keys.job('a', 'old'), Buffer.from('{"formatVersion": 0}'));
    await other.put(keys.job('a', 'broken'), Buffer.from('{'));
    expect(await idsOf('/v1/jobs', manageOver(other))).toEqual(['new']);
  });

  test('one job is found by its id alone, or in its dataset', async () => {
    const { status, body } = await get('/v1/jobs/z');
    expect([status, body]).toEqual([200, expect.objectContaining({ job: 'z', dataset: 'b', inputs })]);
    expect(body.members).toEqual([{ phase: 'done', step: 1, steps: 1, loss: 0.5 }]);
    expect((await get('/v1/jobs/z?dataset=b')).body.dataset).toBe('b');
    for (const path of [
      '/v1/jobs/z?dataset=a',
      '/v1/jobs/nothing',
      '/v1/jobs/latest?dataset=a',
      '/v1/jobs/latest',
    ]) {
      expect(await get(path)).toMatchObject({ status: 404, body: { code: 'UNKNOWN_JOB', path: 'job' } });
    }
  });

  test('only datasets that the token covers are looked at, named or by pattern', async () => {
    expect(await idsOf('/v1/jobs', manageOver(store, holder('b', 'none')))).toEqual(['a', 'z']);
    expect(await idsOf('/v1/jobs', manageOver(store, holder('a-*')))).toEqual(['x']);
    expect(await idsOf('/v1/jobs', manageOver(store, holder('a-*', 'b')))).toEqual(['x', 'a', 'z']);
    expect(await get('/v1/jobs/z', manageOver(store, holder('a*')))).toMatchObject({ status: 404 });
  });

  test('finding a job costs one look for each dataset, however many jobs there are', async () => {
    const { store: memory } = memoryStore();
    let lists = 0;
    const counting: ObjectStore = {
      ...memory,
      list: (...asked) => {
        lists++;
        return memory.list(...asked);
      },
    };
    for (let i = 0; i < 120; i++) await writeJob(memory, newJob(`d-${i % 3}`, `job-${i}`, inputs));
    expect((await get('/v1/jobs/job-77', manageOver(counting))).body).toMatchObject({ dataset: 'd-2' });
    expect(lists).toBe(4);
  });

  test('of more than 200 datasets one must be named', async () => {
    const { store: memory } = memoryStore();
    await Promise.all(
      Array.from({ length: 201 }, (_, i) => writeJob(memory, newJob(`d-${i}`, 'job', inputs))),
    );
    const app = manageOver(memory);
    const refused = {
      status: 422,
      body: { code: 'REQUEST', path: 'dataset', remedy: 'name the dataset: ?dataset=NAME' },
    };
    expect(await get('/v1/jobs/job', app)).toMatchObject(refused);
    expect(await get('/v1/jobs', app)).toMatchObject(refused);
    expect(await get('/v1/jobs/job?dataset=d-200', app)).toMatchObject({ status: 200 });
    expect(await get('/v1/jobs/job', manageOver(memory, holder('d-19*')))).toMatchObject({ status: 200 });
  });

  test.each([
    ['/v1/jobs?limit=0', 'limit'],
    ['/v1/jobs?limit=101', 'limit'],
    ['/v1/jobs?limit=many', 'limit'],
    ['/v1/jobs?after=x', 'after'],
    ['/v1/jobs?after=W10', 'after'],
    ['/v1/jobs?datset=a', 'datset'],
    ['/v1/jobs?dataset=a/b', 'dataset'],
    ['/v1/jobs?dataset=a&dataset=b', 'dataset'],
    ['/v1/jobs/a%20b', 'job'],
    ['/v1/jobs/..%2Fb', 'job'],
  ])('%s is refused', async (path, field) => {
    expect(await get(path)).toMatchObject({ status: 422, body: { code: 'REQUEST', path: field } });
  });
});

describe('models', () => {
  const { store, objects } = memoryStore();
  const app = manageOver(store);
  const get = (path: string, of = app) => ask(of, 'GET', path);
  let versions: string[] = [];
  let context = 0;

  beforeAll(async () => {
    const first = await publish(store, 'power', { seed: 1 });
    const second = await publish(store, 'power', { seed: 2 });
    versions = [first.version, second.version];
    context = second.context;
    await publish(store, 'sales-b', { channels: ['x', 'y'], known: ['price'] });
    await publish(store, 'sales-a');
    // Versions without a champion, as a job leaves them that was not promoted.
    await store.put('models/quiet/0123/bundle.json', Buffer.from('{}'));
  });

  test('those that serve are listed by name, page by page', async () => {
    const { body } = await get('/v1/models');
    expect(body.next).toBeNull();
    expect(body.models[0]).toEqual({
      model: 'power',
      version: versions[1],
      frequency: '1h',
      horizon: 3,
      channels: ['target'],
      quantiles: [0.1, 0.5, 0.9],
    });
    const names = ({ models }: { models: { model: string }[] }) => models.map(({ model }) => model);
    expect(names(body)).toEqual(['power', 'sales-a', 'sales-b']);
    const first = (await get('/v1/models?limit=2')).body;
    expect([names(first), first.next]).toEqual([['power', 'sales-a'], 'sales-a']);
    const second = (await get(`/v1/models?limit=2&after=${first.next}`)).body;
    expect([names(second), second.next]).toEqual([['sales-b'], null]);
    expect((await get('/v1/models?limit=3')).body.next).toBeNull();
    for (const [datasets, expected] of [
      [['sales-*'], ['sales-a', 'sales-b']],
      [
        ['sales-b', 'none', 'power'],
        ['power', 'sales-b'],
      ],
    ] as const) {
      expect(names((await get('/v1/models', manageOver(store, holder(...datasets)))).body)).toEqual(expected);
    }
  });

  test('names that a token has and names that its patterns find come in one order, so that pages fit', async () => {
    const { store: other } = memoryStore();
    for (const name of ['a', 'a-b', 'a.c', 'ab']) await publish(other, name);
    const pagesOf = async (...datasets: string[]) => {
      const pages: string[][] = [];
      for (let after: string | null = ''; after !== null; ) {
        const path: string = `/v1/models?limit=1${after && `&after=${after}`}`;
        const { body }: Awaited<ReturnType<typeof get>> = await get(
          path,
          manageOver(other, holder(...datasets)),
        );
        pages.push(body.models.map(({ model }: { model: string }) => model));
        after = body.next;
      }
      return pages;
    };
    const expected = [['a-b'], ['a.c'], ['a'], ['ab']];
    expect(await pagesOf('ab', 'a', 'a.c', 'a-b')).toEqual(expected);
    expect(await pagesOf('a*')).toEqual(expected);
    expect(await pagesOf('a*', 'ab')).toEqual(expected);
  });

  test('one says what it reads, how good it is beside baselines, and which versions served and why', async () => {
    const { status, body } = await get('/v1/models/power');
    expect(status).toBe(200);
    expect(body).toMatchObject({
      model: 'power',
      version: versions[1],
      season: 24,
      context,
      layout: 'long',
      covariates: { known: [], past: [], static: [] },
      items: 3,
      observations: null,
      lastPeriod: '2024-10-04T00:15:00Z',
      metrics: {
        scores: { mase: 0.91, wql: 0.05, smape: null },
        baselines: { 'seasonal naive': { mase: 1.2, wql: 0.08 } },
        beatsBaselines: true,
      },
      history: [
        { version: versions[1], reason: 'seed 2', at: null },
        { version: versions[0], reason: 'seed 1', at: null },
      ],
    });
    expect((await get('/v1/models/sales-b')).body).toMatchObject({
      channels: ['x', 'y'],
      layout: 'wide',
      covariates: { known: ['price'] },
    });
  });

  test('one that does not serve is not found; one that is damaged hides no other', async () => {
    for (const name of ['quiet', 'none']) {
      expect(await get(`/v1/models/${name}`)).toMatchObject({ status: 404, body: { code: 'UNKNOWN_MODEL' } });
    }
    const key = [...objects.keys()].find(
      (name) => name.startsWith('models/sales-a/') && name.endsWith('bundle.json'),
    );
    objects.delete(key ?? '');
    expect((await get('/v1/models')).body.models).toHaveLength(2);
  });
});

describe('uploads', () => {
  const asked: unknown[] = [];
  const app = manageApi({
    store: memoryStore().store,
    authenticate: everybody,
    now: () => new Date('2024-05-01T12:00:00Z'),
    permitUpload: async (key, request) => {
      asked.push([key, request]);
      return {
        url: `https://bucket/${key}?signature`,
        headers: { 'content-type': request.contentType ?? '' },
      };
    },
  });
  const upload = (body: unknown, dataset = 'power') =>
    ask(app, 'POST', `/v1/datasets/${dataset}/uploads`, { body });

  test('a file gets a URL for a quarter of an hour, in its dataset’s folder', async () => {
    const { status, body } = await upload({ file: 'north/2024 (1).csv', contentType: 'text/csv', size: 123 });
    expect(asked.at(-1)).toEqual([
      'datasets/power/north/2024 (1).csv',
      { seconds: 900, contentType: 'text/csv', size: 123 },
    ]);
    expect([status, body]).toEqual([
      200,
      {
        dataset: 'power',
        file: 'north/2024 (1).csv',
        method: 'PUT',
        url: 'https://bucket/datasets/power/north/2024 (1).csv?signature',
        headers: { 'content-type': 'text/csv' },
        expires: '2024-05-01T12:15:00.000Z',
        maxBytes: 2_147_483_648,
      },
    ]);
  });

  test.each([
    [{}, 'file'],
    [{ file: '' }, 'file'],
    [{ file: '../other/a.csv' }, 'file'],
    [{ file: '/a.csv' }, 'file'],
    [{ file: 'a//b.csv' }, 'file'],
    [{ file: 'a\u0000.csv' }, 'file'],
    [{ file: '.tidecast-lock' }, 'file'],
    [{ file: 'a.csv', size: 2_147_483_649 }, 'size'],
    [{ file: 'a.csv', size: 0 }, 'size'],
    [{ file: 'a.csv', contentType: 'text/csv\r\nx-evil: 1' }, 'contentType'],
    [{ file: 'a.csv', contenttype: 'text/csv' }, 'contenttype'],
  ])('the upload %j is refused', async (body, path) => {
    const before = asked.length;
    expect(await upload(body)).toMatchObject({ status: 422, body: { path } });
    expect(asked).toHaveLength(before);
  });

  test('a dataset must have a name that can stand in a URL', async () => {
    expect(await upload({ file: 'a.csv' }, 'a%2Fb')).toMatchObject({
      status: 422,
      body: { path: 'dataset' },
    });
  });
});
