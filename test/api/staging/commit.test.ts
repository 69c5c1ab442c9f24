import { type CopyObject, copyThrough, keys, type ObjectStore } from '../../../shared/store/index.ts';
import { scratch } from '../../support/job.ts';
import { ask } from '../support.ts';
import { keysIn, type StagingOptions, staging as stagingIn, table, textAt } from './world.ts';

const folder = scratch('staging-commit');
const staging = (options?: StagingOptions) => stagingIn(folder.root(), options);

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

/** Says of one file that it is larger than what training can read: such a file would not fit into a test. */
const grown =
  (file: string) =>
  (store: ObjectStore): ObjectStore => ({
    ...store,
    async *list(prefix, options) {
      for await (const object of store.list(prefix, options)) {
        yield object.key.endsWith(`/${file}`) ? { ...object, size: 2 * 2 ** 30 + 1 } : object;
      }
    },
  });

test('a file that is too large to be trained on is refused at commit, before anything is moved or configured', async () => {
  const { store, commit, stage } = staging({ over: grown('2.csv') });
  const upload = await stage('1.csv', table);
  await stage('2.csv', table, upload);
  const { status, body } = await commit(upload, { configuration: { horizon: 8 } });
  expect([status, body]).toEqual([
    422,
    {
      ...{ type: 'urn:tidecast:problem:request', title: 'The request cannot be answered', status: 422 },
      ...{ code: 'REQUEST', path: 'upload', requestId: body.requestId },
      detail: 'a file must have at most 2147483648 bytes to be trained on, got 2147483649 in 2.csv',
      remedy: 'upload it in several parts, or as Parquet',
    },
  ]);
  expect(await keysIn(store)).toEqual([`staging/shop/${upload}/1.csv`, `staging/shop/${upload}/2.csv`]);
});
