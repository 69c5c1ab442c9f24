import { readJob, writeQuality } from '../../../shared/documents/index.ts';
import { keys, type ObjectStore } from '../../../shared/store/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { ask, observe, publish, quality } from '../support.ts';
import { job, manageOver, upload } from './support.ts';

describe('retraining', () => {
  const retrain = (kind: string, id?: string) =>
    ask(
      manageOver(memoryStore().store, { retrain: async () => ({ kind, job: id }) }),
      'POST',
      '/v1/datasets/d/retrain',
    );

  test('names the job that has begun', async () => {
    expect(await retrain('started', 'j')).toMatchObject({ status: 200, body: { dataset: 'd', job: 'j' } });
  });

  test.each([
    ['empty', 404, 'UNKNOWN_DATASET'],
    ['busy', 409, 'JOB_RUNNING'],
    ['young', 409, 'UPLOADS_COMING'],
    ['lost', 409, 'STORE_CONFLICT'],
  ])('of a dataset that is %s is refused: %i %s', async (kind, status, code) => {
    expect(await retrain(kind)).toMatchObject({ status, body: { code } });
  });

  test('where nothing can train says what to do instead', async () => {
    const { store } = memoryStore();
    const { status, body } = await ask(manageOver(store), 'POST', '/v1/datasets/d/retrain');
    expect([status, body.code, body.remedy]).toEqual([
      501,
      'NOT_HERE',
      'train with `tidecast train`, or upload a file to a deployed stack',
    ]);
  });
});

describe('removal', () => {
  /** Everything that a dataset can have. */
  async function filled(store: ObjectStore, dataset: string, status: 'done' | 'running'): Promise<void> {
    await upload(store, dataset, 'north/1.csv');
    await upload(store, dataset, 'tidecast.yaml', 'horizon: 1');
    await publish(store, dataset);
    await observe(store, dataset, 'item');
    await store.put(keys.panel(dataset, 'j'), Buffer.from('panel'));
    await job(store, dataset, 'j', { status });
    await writeQuality(store, dataset, 'j', quality);
  }

  test('takes all of a dataset and nothing of those whose names begin like it', async () => {
    const { store, objects } = memoryStore();
    for (const dataset of ['d', 'd-2', 'de']) await filled(store, dataset, 'done');
    const of = (dataset: string) => [...objects.keys()].filter((key) => key.split('/')[1] === dataset);
    const [before, others] = [of('d'), [...of('d-2'), ...of('de')]];
    const { status, body } = await ask(manageOver(store), 'DELETE', '/v1/datasets/d');
    // The pointer goes before the others are counted.
    expect([status, body]).toEqual([200, { dataset: 'd', removed: before.length - 1, complete: true }]);
    expect(of('d')).toEqual([]);
    expect([...of('d-2'), ...of('de')]).toEqual(others);
    expect((await ask(manageOver(store), 'DELETE', '/v1/datasets/d')).status).toBe(404);
  });

  test('of a model takes its versions, and leaves data, jobs and observations', async () => {
    const { store, objects } = memoryStore();
    await filled(store, 'd', 'done');
    const { status } = await ask(manageOver(store), 'DELETE', '/v1/models/d');
    expect(status).toBe(200);
    const roots = new Set([...objects.keys()].map((key) => key.split('/')[0]));
    expect([...roots].sort()).toEqual(['datasets', 'jobs', 'runs', 'series']);
    expect((await ask(manageOver(store), 'DELETE', '/v1/models/d')).body.code).toBe('UNKNOWN_MODEL');
  });

  test.each(['/v1/datasets/d', '/v1/models/d'])('%s is refused while a job runs', async (path) => {
    const { store, objects } = memoryStore();
    await filled(store, 'd', 'running');
    const before = objects.size;
    const { status, body } = await ask(manageOver(store), 'DELETE', path);
    expect([status, body]).toEqual([
      409,
      {
        type: 'urn:tidecast:problem:job-running',
        title: 'A job is running',
        status: 409,
        detail: 'no job of d may be running, got job j',
        code: 'JOB_RUNNING',
        remedy: 'wait for its end, or POST /v1/jobs/j/cancel',
        requestId: expect.any(String),
      },
    ]);
    expect(objects.size).toBe(before);
  });
});

describe('cancelling', () => {
  const cancel = (store: ObjectStore, id = 'j') => ask(manageOver(store), 'POST', `/v1/jobs/${id}/cancel`);

  test('stops a job that runs, once and for all', async () => {
    const { store } = memoryStore();
    await job(store, 'd', 'j');
    for (const { status, body } of [await cancel(store), await cancel(store)]) {
      expect([status, body.status, body.error.code]).toEqual([200, 'cancelled', 'CANCELLED']);
    }
    expect(await readJob(store, 'd', 'j')).toMatchObject({ status: 'cancelled', stage: 'plan' });
  });

  test.each(['done', 'failed'] as const)('leaves a job that is %s as it is', async (status) => {
    const { store } = memoryStore();
    await job(store, 'd', 'j', { status });
    expect(await cancel(store)).toMatchObject({
      status: 409,
      body: {
        code: 'JOB_ENDED',
        path: 'job',
        detail: `a job must be running to be cancelled, got one that is ${status}`,
      },
    });
    expect(await readJob(store, 'd', 'j')).toMatchObject({ status, error: null });
  });

  test('finds no job that is not there', async () => {
    const { store } = memoryStore();
    await job(store, 'd', 'j');
    expect(await cancel(store, 'k')).toMatchObject({ status: 404, body: { code: 'UNKNOWN_JOB' } });
  });
});
