import {
  type CopyObject,
  copyThrough,
  type ObjectStore,
  s3Copies,
  s3Store,
} from '../../shared/store/index.ts';
import { fakeS3 } from './fake-s3.ts';

const overS3 = (copyOf: (client: ReturnType<typeof fakeS3>['client'], store: ObjectStore) => CopyObject) => {
  const { client, calls } = fakeS3();
  const store = s3Store({ bucket: 'bucket', prefix: 'our', client });
  return { store, calls, copy: copyOf(client, store) };
};
const kinds: [string, () => ReturnType<typeof overS3>][] = [
  ['inside S3', () => overS3((client) => s3Copies({ bucket: 'bucket', prefix: 'our', client }))],
  ['through this process', () => overS3((_, store) => copyThrough(store))],
];

test.each(kinds)('a copy %s has the bytes of the original, over what was there', async (_, make) => {
  const { store, copy } = make();
  await store.put('staging/a/größe (1)+%41.csv', Buffer.from('new'));
  await store.put('datasets/a/1.csv', Buffer.from('old'));
  expect(await copy('staging/a/größe (1)+%41.csv', 'datasets/a/1.csv')).toBe(true);
  const read = async (key: string) => Buffer.from((await store.get(key))?.bytes ?? []).toString();
  expect(await read('datasets/a/1.csv')).toBe('new');
  expect(await read('staging/a/größe (1)+%41.csv')).toBe('new');
});

test.each(kinds)('what is not there is not copied %s', async (_, make) => {
  const { store, copy } = make();
  expect(await copy('staging/a/1.csv', 'datasets/a/1.csv')).toBe(false);
  expect(await store.get('datasets/a/1.csv')).toBeNull();
});

test('inside S3 nothing is read or written by us', async () => {
  const { store, copy, calls } = overS3((client) => s3Copies({ bucket: 'bucket', prefix: 'our', client }));
  await store.put('a', Buffer.from('1'));
  calls.length = 0;
  await copy('a', 'b');
  expect(calls).toEqual(['CopyObjectCommand']);
});

test('another fault of S3 is passed on', async () => {
  const { client } = fakeS3({ bucket: 'another' });
  await expect(s3Copies({ bucket: 'bucket', client })('a', 'b')).rejects.toThrow('NoSuchBucket');
});
