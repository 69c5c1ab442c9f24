import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { newJob, writeJob, writeLatest } from '../../../shared/documents/index.ts';
import { fileStore, keys, type ObjectStore } from '../../../shared/store/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { scratch } from '../../support/job.ts';
import { ask } from '../support.ts';
import { holder, manageOver } from './support.ts';

const folder = scratch('api-manage');
const inputs = {
  fingerprint: 'f00d',
  objects: [{ key: 'datasets/a/1.csv', etag: 'e' }],
  parent: null,
};

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
