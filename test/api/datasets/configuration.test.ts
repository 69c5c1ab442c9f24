import { keys, type ObjectStore } from '../../../shared/store/index.ts';
import { memoryStore } from '../../bundle/support.ts';
import { ask } from '../support.ts';
import { manageOver, upload } from './support.ts';

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
