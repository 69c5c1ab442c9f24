import { everybody, manageApi } from '../../shared/api/index.ts';
import { readExport } from '../../shared/documents/index.ts';
import { runExport } from '../../shared/exports/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask, observe, publish, putExport } from './support.ts';

const { store, objects } = memoryStore();
const permitUpload = async () => ({ url: '', headers: {} });
const started: string[] = [];
const api = { store, authenticate: everybody, permitUpload };
const now = () => new Date('2026-05-01T12:00:00.123Z');
const app = manageApi({
  ...api,
  now,
  startExport: async (dataset, id) => void started.push(`${dataset} ${id}`),
});
const path = '/v1/models/power/exports';
const post = (body: unknown, headers = {}) => ask(app, 'POST', path, { body, headers });
let version = '';

beforeAll(async () => {
  version = (await publish(store, 'power')).version;
  await observe(store, 'power', 'item');
});

test('one is begun with the defaults of the version that serves, carried out, read and removed', async () => {
  const { status, body } = await post({});
  expect(status).toBe(200);
  expect(body).toEqual({
    export: expect.stringMatching(/^20260501T120000Z-[0-9a-f]{12}$/),
    ...{ model: 'power', version, format: 'csv', horizon: 3, quantiles: [0.1, 0.5, 0.9] },
    ...{ status: 'running', progress: 0, items: 0, skipped: null, files: [], error: null },
    ...{ startedAt: '2026-05-01T12:00:00.123Z', updatedAt: '2026-05-01T12:00:00.123Z' },
  });
  expect(started).toEqual([`power ${body.export}`]);

  await runExport({ store, now }, { dataset: 'power', export: body.export }, new AbortController().signal);
  const one = `${path}/${body.export}`;
  const read = await ask(app, 'GET', one);
  expect(read.body).toMatchObject({
    status: 'done',
    items: 1,
    files: [{ file: 'part-00000.csv', items: 1 }],
  });
  const file = await ask(app, 'GET', `${one}/files/part-00000.csv`);
  expect([file.status, file.headers.get('content-disposition')]).toEqual([
    200,
    'attachment; filename="part-00000.csv"',
  ]);
  expect(file.body).toMatch(/^item_id,timestamp,mean,p10,p50,p90\nitem,2024-10-04 01:15:00,/);
  expect(Buffer.byteLength(file.body)).toBe(read.body.files[0].size);

  const gone = await ask(app, 'DELETE', one);
  expect(gone.body).toEqual({ model: 'power', export: body.export, removed: 2 });
  expect([...objects.keys()].filter((key) => key.startsWith('exports/'))).toEqual([]);
  expect((await ask(app, 'GET', one)).status).toBe(404);
});

test('a repetition with the same key begins nothing anew', async () => {
  const before = started.length;
  const headers = { 'idempotency-key': 'one' };
  const [first, second] = [await post({}, headers), await post({}, headers)];
  expect(second.body).toEqual(first.body);
  expect(started).toHaveLength(before + 1);
});

test('they are listed with the newest first, page by page', async () => {
  await publish(store, 'listed');
  const ids = ['20260101T000000Z-a', '20260102T000000Z-b', '20260103T000000Z-c'];
  for (const id of ids) await putExport(store, 'listed', { export: id });
  const seen: string[] = [];
  for (let next: string | null = ''; next !== null; ) {
    const query: string = next === '' ? '' : `&after=${next}`;
    const { body } = await ask(app, 'GET', `/v1/models/listed/exports?limit=2${query}`);
    seen.push(...body.exports.map((one: { export: string }) => one.export));
    next = body.next;
  }
  expect(seen).toEqual([...ids].reverse());
});

test('a file is at its URL where the store gives one', async () => {
  await putExport(store, 'power', { export: '2026-url' });
  const permitDownload = async (key: string, { name }: { name: string }) =>
    `https://bucket/${key}?as=${name}`;
  const { status, headers } = await ask(
    manageApi({ ...api, permitDownload }),
    'GET',
    `${path}/2026-url/files/part-00000.csv`,
  );
  expect([status, headers.get('location')]).toEqual([
    302,
    'https://bucket/exports/power/files/2026-url/part-00000.csv?as=power-2026-url-part-00000.csv',
  ]);
});

test('what cannot be begun leaves nothing', async () => {
  const failing = manageApi({
    ...api,
    startExport: async () => {
      throw new Error('no machine');
    },
  });
  const before = objects.size;
  expect((await ask(failing, 'POST', path, { body: {} })).status).toBe(500);
  expect(objects.size).toBe(before);
  const { status, body } = await ask(manageApi(api), 'POST', path, { body: {} });
  expect([status, body.code]).toEqual([501, 'NOT_HERE']);
});

test.each<[string, string, string, unknown, number, object]>([
  ['a longer horizon', 'POST', path, { horizon: 9 }, 422, { code: 'REQUEST', path: 'horizon' }],
  ['a level beyond the trained', 'POST', path, { quantiles: [0.99] }, 422, { path: 'quantiles' }],
  ['another format', 'POST', path, { format: 'xlsx' }, 422, { path: 'format' }],
  ['a field that is none', 'POST', path, { item: 'a' }, 422, { code: 'REQUEST' }],
  ['no such model', 'POST', '/v1/models/none/exports', {}, 404, { code: 'UNKNOWN_MODEL' }],
  ['the list of no such model', 'GET', '/v1/models/none/exports', undefined, 404, { code: 'UNKNOWN_MODEL' }],
  ['no such export', 'GET', `${path}/none`, undefined, 404, { code: 'UNKNOWN_EXPORT', path: 'export' }],
  ['removing no such export', 'DELETE', `${path}/none`, undefined, 404, { code: 'UNKNOWN_EXPORT' }],
  ['no such file', 'GET', `${path}/known/files/part-9.csv`, undefined, 404, { code: 'UNKNOWN_FILE' }],
  ['a file of another place', 'GET', `${path}/known/files/..%2F..%2Fx`, undefined, 422, { path: 'file' }],
])('refused: %s', async (_, method, where, body, status, problem) => {
  if (!(await readExport(store, 'power', 'known'))) await putExport(store, 'power', { export: 'known' });
  const answer = await ask(app, method, where, { body });
  expect(answer.status).toBe(status);
  expect(answer.body).toMatchObject(problem);
});
