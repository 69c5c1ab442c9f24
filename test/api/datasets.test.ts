import { type Authenticate, everybody, manageApi, type Retrain } from '../../shared/api/index.ts';
import { newJob, readJob, writeJob, writeLatest, writeQuality } from '../../shared/documents/index.ts';
import { keys, type ObjectStore } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask, observe, publish, quality } from './support.ts';

const inputs = { fingerprint: 'f00d', objects: [], parent: null };

interface Options {
  readonly datasets?: string[];
  readonly retrain?: Retrain;
}

const manageOver = (store: ObjectStore, { datasets, retrain }: Options = {}) => {
  const holder: Authenticate = async () => ({ id: 'test', datasets: datasets ?? [], scopes: ['admin'] });
  return manageApi({
    store,
    permitUpload: async () => ({ url: '', headers: {} }),
    authenticate: datasets ? holder : everybody,
    retrain,
  });
};

const upload = (store: ObjectStore, dataset: string, file: string, text = file) =>
  store.put(keys.upload(dataset, file), Buffer.from(text));

/** A dataset's newest job. */
async function job(store: ObjectStore, dataset: string, id: string, change = {}): Promise<void> {
  await writeJob(store, { ...newJob(dataset, id, inputs), ...change });
  await writeLatest(store, dataset, { inputs: 'f00d', job: id }, null);
}

describe('the list', () => {
  const { store } = memoryStore();
  beforeAll(async () => {
    await upload(store, 'b', '1.csv');
    await upload(store, 'a-1', '1.csv');
    await job(store, 'a', 'of-a', { status: 'failed' });
    await job(store, 'b', 'of-b');
    await store.put('models/no-data/0123/bundle.json', Buffer.from('{}'));
  });
  const pagesOf = async (limit: number, datasets?: string[]) => {
    const pages: string[][] = [];
    for (let after: string | null = ''; after !== null; ) {
      const path: string = `/v1/datasets?limit=${limit}${after && `&after=${after}`}`;
      const { body }: Awaited<ReturnType<typeof ask>> = await ask(
        manageOver(store, datasets ? { datasets } : {}),
        'GET',
        path,
      );
      pages.push(body.datasets.map(({ dataset }: { dataset: string }) => dataset));
      after = body.next;
    }
    return pages;
  };

  test('has those with files and those with jobs, each once, in pages that follow one another', async () => {
    expect(await pagesOf(10)).toEqual([['a-1', 'a', 'b']]);
    expect(await pagesOf(1)).toEqual([['a-1'], ['a'], ['b']]);
    expect(await pagesOf(10, ['b', 'none', 'a'])).toEqual([['a', 'b']]);
    expect(await pagesOf(10, ['a-*'])).toEqual([['a-1']]);
  });

  test('says how far the newest job is', async () => {
    const { body } = await ask(manageOver(store), 'GET', '/v1/datasets');
    expect(body.datasets).toEqual([
      { dataset: 'a-1', job: null, version: null },
      { dataset: 'a', job: { job: 'of-a', status: 'failed', stage: 'plan' }, version: null },
      { dataset: 'b', job: { job: 'of-b', status: 'running', stage: 'plan' }, version: null },
    ]);
  });
});

describe('one dataset', () => {
  test('has its files without the configuration, which is shown beside them', async () => {
    const { store } = memoryStore();
    const etag = await upload(store, 'd', 'north/1.csv', 'abc');
    await upload(store, 'd', 'tidecast.yaml', 'horizon: 7 # a week');
    const { version } = await publish(store, 'd');
    const { status, body } = await ask(manageOver(store), 'GET', '/v1/datasets/d');
    expect([status, body]).toEqual([
      200,
      {
        dataset: 'd',
        job: null,
        version,
        files: [{ file: 'north/1.csv', size: 3, etag, modified: expect.stringMatching(/Z$/) }],
        configuration: { horizon: 7 },
      },
    ]);
    await upload(store, 'd', 'tidecast.yaml', 'horizon: [');
    expect((await ask(manageOver(store), 'GET', '/v1/datasets/d')).body.configuration).toBeNull();
  });

  test.each([
    ['GET', ''],
    ['GET', '/report'],
    ['GET', '/configuration'],
    ['DELETE', ''],
  ])('that is not there is not found: %s %s', async (method, path) => {
    const { store } = memoryStore();
    await upload(store, 'de', '1.csv');
    const { status, body } = await ask(manageOver(store), method, `/v1/datasets/d${path}`);
    expect([status, body]).toEqual([
      404,
      {
        type: 'urn:tidecast:problem:unknown-dataset',
        title: 'There is no such dataset',
        status: 404,
        detail: 'a dataset must have files or jobs, got d',
        code: 'UNKNOWN_DATASET',
        remedy: 'GET /v1/datasets lists them',
        path: 'dataset',
        requestId: expect.any(String),
      },
    ]);
  });
});

describe('the report', () => {
  test('is what the newest job has found; before that there is none', async () => {
    const { store } = memoryStore();
    await job(store, 'd', 'j');
    const get = () => ask(manageOver(store), 'GET', '/v1/datasets/d/report');
    expect(await get()).toMatchObject({
      status: 404,
      body: {
        code: 'UNKNOWN_REPORT',
        detail: 'a report must have been made by the newest job, got job j, which has not read the data',
      },
    });
    await writeQuality(store, 'd', 'j', quality);
    expect((await get()).body).toEqual({ dataset: 'd', job: 'j', error: null, report: quality });
  });

  test('of refused data is the refusal', async () => {
    const { store } = memoryStore();
    const error = { code: 'DATA', message: 'row 7 of 1.csv', remedy: 'mend it' };
    await job(store, 'd', 'j', { status: 'failed', error });
    expect((await ask(manageOver(store), 'GET', '/v1/datasets/d/report')).body).toEqual({
      ...{ dataset: 'd', job: 'j', error, report: null },
    });
  });
});

describe('the configuration', () => {
  const path = '/v1/datasets/d/configuration';
  const put = (store: ObjectStore, body: unknown, headers = {}) =>
    ask(manageOver(store), 'PUT', path, { body, headers });

  test('is kept as it was said, without defaults, and read with the etag that a change may name', async () => {
    const { store } = memoryStore();
    await upload(store, 'd', '1.csv');
    const none = await ask(manageOver(store), 'GET', path);
    expect(none.body).toEqual({ dataset: 'd', configuration: {} });
    const said = { horizon: 12, columns: { target: ['x', 'y'] } };
    const first = await put(store, said, { 'if-none-match': '*' });
    expect([first.status, first.body]).toEqual([200, { dataset: 'd', configuration: said }]);
    const text = Buffer.from((await store.get(keys.configuration('d')))?.bytes ?? []).toString();
    expect(text).toBe('horizon: 12\ncolumns:\n  target:\n    - x\n    - y\n');
    const read = await ask(manageOver(store), 'GET', path);
    expect(read.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(read.body.configuration).toEqual(said);
    const same = await ask(manageOver(store), 'GET', path, {
      headers: { 'if-none-match': first.headers.get('etag') ?? '' },
    });
    expect([same.status, same.body]).toEqual([304, null]);
  });

  test.each([
    ['moved', '"something else"', undefined, 'another one'],
    ['gone', '"any"', undefined, 'none'],
    ['there already', undefined, '*', 'one where there must be none'],
  ])('that has %s is left as it is', async (case_, ifMatch, ifNoneMatch, received) => {
    const { store } = memoryStore();
    if (case_ !== 'gone') await upload(store, 'd', 'tidecast.yaml', 'horizon: 1');
    const headers = { ...(ifMatch && { 'if-match': ifMatch }), ...(ifNoneMatch && { 'if-none-match': '*' }) };
    const { status, body } = await put(store, { horizon: 2 }, headers);
    expect([status, body]).toEqual([
      412,
      {
        type: 'urn:tidecast:problem:precondition',
        title: 'It is not what the request expects',
        status: 412,
        detail: `the configuration must be the one that the request expects, got ${received}`,
        code: 'PRECONDITION',
        remedy: 'read it again and decide anew',
        requestId: expect.any(String),
      },
    ]);
    expect((await store.get(keys.configuration('d')))?.bytes.length).toBe(
      case_ === 'gone' ? undefined : 'horizon: 1'.length,
    );
  });

  test('changed by many at once from one state is changed by one', async () => {
    const { store } = memoryStore();
    const first = await put(store, { horizon: 1 });
    const headers = { 'if-match': first.headers.get('etag') ?? '' };
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, i) => put(store, { horizon: 10 + i }, headers)),
    );
    const statuses = answers.map(({ status }) => status).sort();
    expect(statuses).toEqual([200, ...Array(7).fill(412)]);
    const winner = answers.findIndex(({ status }) => status === 200);
    expect((await ask(manageOver(store), 'GET', path)).body.configuration).toEqual({ horizon: 10 + winner });
  });

  test.each([
    [{ horizn: 3 }, 'CONFIGURATION', 'did you mean horizon?'],
    [{ horizon: 0 }, 'CONFIGURATION', 'mend horizon; docs/tidecast.schema.json lists all fields'],
    [{ cell: 'lstn' }, 'CONFIGURATION', 'did you mean lstm?'],
    [{ frequency: 'often' }, 'FREQUENCY', expect.any(String)],
    [[], 'REQUEST', expect.any(String)],
    ['{', 'MALFORMED', expect.any(String)],
  ])('%j is refused', async (body, code, remedy) => {
    const { store, objects } = memoryStore();
    expect((await put(store, body)).body).toMatchObject({ code, remedy });
    expect(objects.size).toBe(0);
  });

  test('If-Match without quotes is refused', async () => {
    const { status, body } = await put(memoryStore().store, {}, { 'if-match': 'abc' });
    expect([status, body]).toEqual([
      422,
      {
        type: 'urn:tidecast:problem:request',
        title: 'The request cannot be answered',
        status: 422,
        detail: 'If-Match must be an ETag in quotes, or *, got abc',
        code: 'REQUEST',
        remedy: 'send what the ETag header of the answer was',
        path: 'If-Match',
        requestId: expect.any(String),
      },
    ]);
  });

  test('that somebody uploaded and that is wrong says what', async () => {
    const { store } = memoryStore();
    await upload(store, 'd', 'tidecast.yaml', 'horizon: [');
    expect((await ask(manageOver(store), 'GET', path)).body).toMatchObject({
      status: 422,
      code: 'CONFIGURATION',
    });
    expect((await put(store, { horizon: 2 })).status).toBe(200);
  });
});

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
