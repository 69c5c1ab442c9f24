import {
  type JobInputs,
  listJobs,
  newJob,
  readJob,
  readLatest,
  updateJob,
  writeJob,
  writeLatest,
} from '../../shared/documents/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('documents');
const conflict = expect.objectContaining({ code: 'STORE_CONFLICT' });
const inputs: JobInputs = {
  fingerprint: 'f1',
  objects: [{ key: 'datasets/d/a.csv', etag: 'e' }],
  parent: 'v1',
};
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

test('a job document is read as it was written, with the time of its last change', async () => {
  const store = fileStore(folder.root());
  expect(await readJob(store, 'd', 'one')).toBeNull();
  const job = newJob('d', 'one', inputs, at(0));
  const written = await writeJob(store, { ...job, stage: 'train' }, at(5));
  expect(written).toEqual({ ...job, stage: 'train', updatedAt: '2026-01-01T00:00:05.000Z' });
  expect(await readJob(store, 'd', 'one')).toEqual(written);
});

test('of steps side by side that update a job none is lost', async () => {
  const store = fileStore(folder.root());
  await writeJob(store, newJob('d', 'one', inputs));
  const add = () =>
    updateJob(store, 'd', 'one', ({ gigabyteSeconds }) => ({ gigabyteSeconds: gigabyteSeconds + 1 }));
  await Promise.all(Array.from({ length: 8 }, add));
  expect(await readJob(store, 'd', 'one')).toMatchObject({ gigabyteSeconds: 8 });
});

test('an update that changes nothing writes nothing, and no update makes a job', async () => {
  const store = fileStore(folder.root());
  const job = await writeJob(store, newJob('d', 'one', inputs), at(0));
  expect(await updateJob(store, 'd', 'one', () => null, at(9))).toEqual(job);
  expect(await readJob(store, 'd', 'one')).toEqual(job);
  expect(await updateJob(store, 'd', 'two', () => ({ stage: 'end' }))).toBeNull();
  expect(await readJob(store, 'd', 'two')).toBeNull();
});

test('the list of jobs has neither the pointer to the newest nor jobs of a dataset with a longer name', async () => {
  const store = fileStore(folder.root());
  for (const [dataset, id] of [
    ['d', 'b'],
    ['d', 'a'],
    ['d-2', 'c'],
  ] as const) {
    await writeJob(store, newJob(dataset, id, inputs));
  }
  await writeLatest(store, 'd', { inputs: 'f1', job: 'b' }, null);
  await store.put(`${keys.jobs('d')}notes.txt`, Buffer.from('x'));
  expect(await listJobs(store, 'd')).toEqual(['a', 'b']);
});

test('the newest job moves by compare-and-swap', async () => {
  const store = fileStore(folder.root());
  expect(await readLatest(store, 'd')).toBeNull();
  await writeLatest(store, 'd', { inputs: 'f1', job: 'one' }, null);
  const first = await readLatest(store, 'd');
  expect(first).toMatchObject({ inputs: 'f1', job: 'one' });
  await expect(writeLatest(store, 'd', { inputs: 'f2', job: 'two' }, null)).rejects.toEqual(conflict);
  await writeLatest(store, 'd', { inputs: 'f2', job: 'two' }, first);
  await expect(writeLatest(store, 'd', { inputs: 'f3', job: 'three' }, first)).rejects.toEqual(conflict);
  expect(await readLatest(store, 'd')).toMatchObject({ inputs: 'f2', job: 'two' });
});
