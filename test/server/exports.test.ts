import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createExport, newExport, readExport } from '../../shared/documents/index.ts';
import { localExports } from '../../shared/server/exports.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { observe, publish } from '../api/support.ts';

const root = mkdtempSync(join(tmpdir(), 'tidecast-local-exports-'));
const store = fileStore(root);
const errors: string[] = [];
const open = () => localExports({ store, root, onError: (error) => errors.push(String(error)) });
afterAll(() => rmSync(root, { recursive: true, force: true }));

async function asked(version: string) {
  const document = newExport(
    { model: 'power', version, format: 'parquet', horizon: 3, quantiles: [0.5] },
    new Date(),
  );
  await createExport(store, document);
  return document.export;
}

async function ended(id: string) {
  for (;;) {
    const found = await readExport(store, 'power', id);
    if (found?.status !== 'running') return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

test('exports are carried out by programs of their own; what a server left behind the next one does', async () => {
  const { version } = await publish(store, 'power');
  for (const item of ['a', 'b']) await observe(store, 'power', item);
  const [first, second] = [await asked(version), await asked(version)];

  const server = open();
  await server.start('power', first);
  await server.start('power', second);
  // Ended at once, it has done the first or nothing, and not the second.
  await server.close();
  expect((await readExport(store, 'power', second))?.status).toBe('running');

  const next = open();
  await next.begin();
  for (const id of [first, second]) {
    expect(await ended(id)).toMatchObject({ status: 'done', items: 2, error: null });
    expect(await store.head(keys.exportFile('power', id, 'part-00000.parquet'))).not.toBeNull();
  }
  await next.close();
  expect(errors).toEqual([]);
}, 60_000);

test('a program that breaks is heard of, and the document says that it failed', async () => {
  const { version } = await publish(store, 'power');
  await store.put(keys.shard('power', 'root'), Buffer.from('no shard'));
  const [damaged, strange] = [await asked(version), await asked(version)];
  const server = open();
  await server.start('power', damaged);
  expect(await ended(damaged)).toMatchObject({ status: 'failed', error: { code: 'SERIES' } });
  expect(errors).toEqual([]);
  // A document that no version wrote.
  await store.put(keys.modelFile('power', version, 'forecaster.onnx'), Buffer.from('other'));
  await store.put(keys.modelFile('power', version, 'bundle.json'), Buffer.from('{'));
  await server.start('power', strange);
  expect(await ended(strange)).toMatchObject({ status: 'failed' });
  await server.close();
}, 60_000);
