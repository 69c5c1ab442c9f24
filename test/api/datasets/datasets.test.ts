import { writeQuality } from '../../../shared/documents/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { ask, publish, quality } from '../support.ts';
import { job, manageOver, upload } from './support.ts';

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
