import { everybody, manageApi, type PreviewUpload } from '../../shared/api/index.ts';
import { previewInProcess, previewUpload } from '../../shared/jobs/index.ts';
import { type CopyObject, copyThrough, fileStore, keys, type ObjectStore } from '../../shared/store/index.ts';
import { hourlyTable, scratch } from '../support/job.ts';
import { ask } from './support.ts';

const folder = scratch('staging');

/** The API over files, with the real reader of data; an upload arrives where its URL says. */
function staging({ preview, copyObject }: { preview?: PreviewUpload | null; copyObject?: CopyObject } = {}) {
  const root = folder.root();
  const store = fileStore(root);
  const reader: PreviewUpload = (dataset, upload) => previewUpload({ store, dataset, upload });
  const app = manageApi({
    ...{ store, authenticate: everybody, copyObject },
    permitUpload: async (key) => ({ url: `https://bucket/${encodeURIComponent(key)}`, headers: {} }),
    preview: preview === null ? undefined : (preview ?? reader),
  });
  /** Stages a file and sends it. Returns the upload's id. */
  async function stage(file: string, text: string, upload?: string): Promise<string> {
    const body = { file, stage: true, ...(upload !== undefined && { upload }) };
    const answer = await ask(app, 'POST', '/v1/datasets/shop/uploads', { body });
    expect(answer.status).toBe(200);
    const key = decodeURIComponent(new URL(answer.body.url).pathname.slice(1));
    await store.put(key, Buffer.from(text));
    return answer.body.upload;
  }
  const at = (upload: string, place = '') => `/v1/datasets/shop/uploads/${upload}${place}`;
  const look = async (upload: string) => (await ask(app, 'GET', at(upload, '/preview'))).body;
  const commit = (upload: string, body: unknown = {}, headers = {}) =>
    ask(app, 'POST', at(upload, '/commit'), { body, headers });
  return { root, store, app, stage, at, look, commit };
}

const keysIn = async (store: ObjectStore, prefix = ''): Promise<string[]> => {
  const found: string[] = [];
  for await (const { key } of store.list(prefix)) if (!key.startsWith('requests/')) found.push(key);
  return found;
};
const textAt = async (store: ObjectStore, key: string) =>
  Buffer.from((await store.get(key))?.bytes ?? []).toString();
const table = hourlyTable({ items: 2, hours: 100 });
const small = (...rows: string[]) => `${['item,time,y', ...rows].join('\n')}\n`;

test('a staged file lies apart, where nothing is trained, under an id of its own', async () => {
  const { store, stage } = staging();
  const [one, two] = [await stage('1.csv', table), await stage('1.csv', table)];
  expect(one).toMatch(/^[0-9a-f]{16}$/);
  expect(two).not.toBe(one);
  expect(await keysIn(store)).toEqual([one, two].sort().map((id) => `staging/shop/${id}/1.csv`));
});

test('without stage a file is uploaded as before', async () => {
  const { app } = staging();
  const { body } = await ask(app, 'POST', '/v1/datasets/shop/uploads', { body: { file: '1.csv' } });
  expect(body).toMatchObject({ url: `https://bucket/${encodeURIComponent('datasets/shop/1.csv')}` });
  expect(body).not.toHaveProperty('upload');
});

test('a preview says what a training would see: roles and why, frequency, horizon, first rows', async () => {
  const { look, stage } = staging();
  const upload = await stage('1.csv', table);
  const preview = await look(upload);
  expect(preview).toMatchObject({
    ...{ dataset: 'shop', upload, trainable: true, problems: [], horizon: 24 },
    files: [{ file: '1.csv', size: table.length, staged: true }],
    columns: ['item_id', 'timestamp', 'target'],
    report: {
      ...{ items: 2, rows: 200, frequency: '1h', confidence: 1, suggestedHorizon: 24, season: 24 },
      roles: {
        item: { column: 'item_id', because: expect.any(String) },
        time: { column: 'timestamp', because: expect.any(String) },
        target: { column: ['target'], because: expect.any(String) },
      },
    },
  });
  expect(preview.rows).toHaveLength(10);
  expect(preview.rows[0]).toEqual(table.split('\n')[1]?.split(','));
});

test('several parts, those of the dataset among them, are looked at as one table', async () => {
  const { look, stage, store } = staging();
  const [header = '', ...rows] = table.trim().split('\n');
  const part = (from: number, to: number) => `${[header, ...rows.slice(from, to)].join('\n')}\n`;
  await store.put(keys.upload('shop', 'old.csv'), Buffer.from(part(0, 50)));
  await store.put(keys.upload('shop', '2.csv'), Buffer.from('what the upload replaces'));
  const upload = await stage('1.csv', part(50, 120));
  expect(await stage('2.csv', part(120, 200), upload)).toBe(upload);
  const preview = await look(upload);
  expect(preview.files.map(({ file, staged }: { file: string; staged: boolean }) => [file, staged])).toEqual([
    ['1.csv', true],
    ['2.csv', true],
    ['old.csv', false],
  ]);
  expect(preview.report).toMatchObject({ items: 2, rows: 200 });
});

test('files whose names begin with related and items are tables beside the table', async () => {
  const { look, stage } = staging();
  const upload = await stage('1.csv', table);
  const hours = Array.from({ length: 24 }, (_, i) => new Date(Date.UTC(2024, 0, 5, 4 + i)).toISOString());
  const related = ['item 0', 'item 1'].flatMap((item) => hours.map((hour) => `${item},${hour},1`));
  await stage('related/promo.csv', ['item_id,timestamp,promo', ...related].join('\n'), upload);
  await stage('Items.csv', 'item_id,size\nitem 0,1\nitem 1,2\n', upload);
  expect((await look(upload)).report).toMatchObject({
    ...{ items: 2, rows: 200, future: { periods: 24, missing: 0 } },
    roles: { known: ['promo'], static: ['size'] },
  });
  const alone = await stage('related.csv', 'item_id,timestamp,promo\n');
  expect(await look(alone)).toMatchObject({
    trainable: false,
    problems: [{ message: 'there must be data, got no file of the table itself' }],
  });
});

test('it goes by the staged configuration, or else by the dataset’s', async () => {
  const { look, stage, store } = staging();
  await store.put(keys.configuration('shop'), Buffer.from('horizon: 5'));
  const upload = await stage('1.csv', table);
  expect(await look(upload)).toMatchObject({ horizon: 5, trainable: true });
  await stage('tidecast.yaml', 'horizon: 6\nfrequency: 2h', upload);
  expect(await look(upload)).toMatchObject({
    ...{ report: null, trainable: false },
    problems: [{ kind: 'refusal', code: 'DATA' }],
  });
  await stage('tidecast.yaml', 'horizn: 6', upload);
  expect(await look(upload)).toMatchObject({
    problems: [
      {
        ...{ kind: 'refusal', code: 'CONFIGURATION', remedy: 'did you mean horizon?' },
        message: 'the configuration must have known fields only, got "horizn"',
      },
    ],
  });
});

test('what is refused is named with its place; the first rows are shown all the same', async () => {
  const { look, stage } = staging();
  const days = Array.from({ length: 9 }, (_, i) => `a,2024-01-0${i + 1},${i === 4 ? 'much' : i}`);
  const preview = await look(await stage('north/sales.csv', small(...days)));
  expect(preview).toMatchObject({ report: null, horizon: null, trainable: false });
  const [problem] = preview.problems;
  expect(problem).toMatchObject({
    kind: 'refusal',
    code: 'DATA',
    file: 'north/sales.csv',
    line: 6,
    column: 'y',
  });
  expect(problem.message).not.toMatch(/tmp|tidecast-preview/);
  expect(preview.rows[4]).toEqual(['a', '2024-01-05', 'much']);
});

test('data that are too short for the horizon are refused with what else was found', async () => {
  const { look, stage } = staging();
  const rows = [
    'a,2024-01-01,1',
    'a,2024-01-01,1',
    'a,2024-01-02,2',
    'a,2024-01-04,3',
    'b,2024-01-01,7',
    'b,2024-01-02,7',
  ];
  const preview = await look(await stage('1.csv', small(...rows)));
  expect(preview.trainable).toBe(false);
  expect(preview.report).toMatchObject({ items: 2, gaps: 1, duplicatesMerged: 1, constantItems: 1 });
  expect(
    preview.problems.map(({ kind, code, count }: { kind: string; code: string; count: number }) => [
      kind,
      code,
      count,
    ]),
  ).toEqual([
    ['refusal', 'CONFIGURATION', 1],
    ['warning', 'FREQUENCY_UNSURE', 1],
    ['warning', 'DUPLICATES', 1],
    ['warning', 'GAPS', 1],
    ['warning', 'CONSTANT', 1],
  ]);
});

test('what is no table at all, and more than is looked at, is a preview that says so', async () => {
  const { look, stage, store } = staging();
  const upload = await stage('1.csv', '\u0000\u0001\u0002');
  expect(await look(upload)).toMatchObject({
    ...{ columns: [], rows: [], trainable: false },
    problems: [{ kind: 'refusal', code: 'DATA', file: '1.csv' }],
  });
  const large = await previewUpload({ store, dataset: 'shop', upload, largest: 2 });
  expect(large).toMatchObject({ trainable: null, report: null, problems: [{ code: 'PREVIEW_TOO_LARGE' }] });
});

test('a commit moves the files to the dataset, the configuration before them', async () => {
  const moved: string[] = [];
  const copyObject: CopyObject = async (from, to) => {
    moved.push(to);
    return copyThrough(store)(from, to);
  };
  const { store, commit, stage } = staging({ copyObject: (from, to) => copyObject(from, to) });
  const upload = await stage('1.csv', table);
  await stage('a/2.csv', 'two', upload);
  await stage('tidecast.yaml', 'horizon: 7', upload);
  const other = await stage('1.csv', 'of another upload');
  const { status, body } = await commit(upload);
  expect([status, body]).toEqual([
    200,
    { dataset: 'shop', upload, files: ['tidecast.yaml', '1.csv', 'a/2.csv'] },
  ]);
  expect(moved[0]).toBe('datasets/shop/tidecast.yaml');
  expect(await textAt(store, 'datasets/shop/1.csv')).toBe(table);
  expect(await textAt(store, 'datasets/shop/tidecast.yaml')).toBe('horizon: 7');
  expect(await keysIn(store, 'staging/')).toEqual([`staging/shop/${other}/1.csv`]);
});

test('a configuration in the commit is checked before anything is moved, and outdoes a staged one', async () => {
  const { store, commit, stage } = staging();
  const upload = await stage('1.csv', table);
  await stage('tidecast.yaml', 'horizon: 7', upload);
  const wrong = await commit(upload, { configuration: { horizon: 0 } });
  expect([wrong.status, wrong.body.code, wrong.body.path]).toEqual([422, 'CONFIGURATION', 'horizon']);
  expect(await keysIn(store, 'datasets/')).toEqual([]);
  const { body } = await commit(upload, { configuration: { horizon: 8 } });
  expect(body.files).toEqual(['1.csv']);
  expect(await textAt(store, 'datasets/shop/tidecast.yaml')).toBe('horizon: 8\n');
  expect(await keysIn(store, 'staging/')).toEqual([]);
});

test('a commit that is interrupted loses nothing: sent again, it moves the rest', async () => {
  let left = 1;
  const { store, commit, stage } = staging({
    copyObject: async (from, to) => {
      if (left-- === 0) throw new Error('the power is out');
      return copyThrough(store)(from, to);
    },
  });
  const upload = await stage('1.csv', 'one');
  await stage('2.csv', 'two', upload);
  expect((await commit(upload)).status).toBe(500);
  expect(await keysIn(store)).toEqual(['datasets/shop/1.csv', `staging/shop/${upload}/2.csv`]);
  expect((await commit(upload)).body.files).toEqual(['2.csv']);
  expect(await keysIn(store)).toEqual(['datasets/shop/1.csv', 'datasets/shop/2.csv']);
});

test('with a key a commit is done once; without, what is committed is not there any more', async () => {
  const { commit, stage } = staging();
  const upload = await stage('1.csv', table);
  const key = { 'idempotency-key': 'k' };
  const first = await commit(upload, {}, key);
  const again = await commit(upload, {}, key);
  expect([again.status, again.body]).toEqual([200, first.body]);
  expect((await commit(upload)).body.code).toBe('UNKNOWN_UPLOAD');
});

test.each([
  ['GET', '/preview', undefined],
  ['POST', '/commit', {}],
  ['DELETE', '', undefined],
])('an upload without files is not known: %s %s', async (method, place, body) => {
  const { app, at } = staging();
  const answer = await ask(app, method, at('0123456789abcdef', place), { ...(body && { body }) });
  expect([answer.status, answer.body.code, answer.body.path]).toEqual([404, 'UNKNOWN_UPLOAD', 'upload']);
});

test('an upload can be removed, and goes with its dataset', async () => {
  const { app, at, stage, store } = staging();
  const [one, two] = [await stage('1.csv', table), await stage('2.csv', table)];
  const { body } = await ask(app, 'DELETE', at(one));
  expect(body).toEqual({ dataset: 'shop', upload: one, removed: 1 });
  expect(await keysIn(store)).toEqual([`staging/shop/${two}/2.csv`]);
  await store.put(keys.upload('shop', '1.csv'), Buffer.from(table));
  await ask(app, 'DELETE', '/v1/datasets/shop');
  expect(await keysIn(store)).toEqual([]);
});

test('where no data can be read, a preview is answered with what to do instead', async () => {
  const { app, at, stage } = staging({ preview: null });
  const { status, body } = await ask(app, 'GET', at(await stage('1.csv', table), '/preview'));
  expect([status, body.code, body.remedy]).toEqual([
    501,
    'NOT_HERE',
    'commit without a preview, or look at the file with `tidecast inspect`',
  ]);
});

describe('in a process of its own', () => {
  test('a preview is the same', async () => {
    const { root, store, stage } = staging();
    const upload = await stage('1.csv', table);
    const same = await previewUpload({ store, dataset: 'shop', upload });
    expect(await previewInProcess({ root, dataset: 'shop', upload })).toEqual(same);
    expect(await previewInProcess({ root, dataset: 'shop', upload: 'another' })).toBeNull();
  });

  test('one that takes too long is ended and refused, and a fault is one of ours', async () => {
    const { root, stage } = staging();
    const upload = await stage('1.csv', table);
    await expect(previewInProcess({ root, dataset: 'shop', upload, patience: 1 })).rejects.toMatchObject({
      code: 'PREVIEW_TOO_LARGE',
    });
    await expect(previewInProcess({ root, dataset: '../shop', upload })).rejects.toThrow('name of a dataset');
  });
});
