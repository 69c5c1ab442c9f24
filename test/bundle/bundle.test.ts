import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  listVersions,
  packBundle,
  readBundle,
  readBundleDirectory,
  verifyBundle,
  writeBundle,
} from '../../shared/bundle/index.ts';
import { canonicalJson, fileStore, type Json, keys, type ObjectStore } from '../../shared/store/index.ts';
import { memoryStore, parts } from './support.ts';

const models = keys.models('power');
const bundleError = expect.objectContaining({ code: 'BUNDLE' });

describe('a bundle', () => {
  test('is read as it was written', async () => {
    const { store } = memoryStore();
    const version = await writeBundle(store, models, parts());
    const bundle = await readBundle(store, keys.model('power', version));
    expect(version).toMatch(/^[0-9a-f]{16}$/);
    expect(bundle.version).toBe(version);
    expect(bundle.description).toMatchObject({ formatVersion: 1, ...parts().description });
    expect(Buffer.from(bundle.forecaster).toString()).toBe('graph 0');
    expect([...(await bundle.file('forecasts.parquet'))]).toEqual([1, 2, 3]);
    await expect(bundle.file('toString')).rejects.toThrow(
      'must be one of forecaster.onnx, forecasts.parquet',
    );
    expect(Object.keys((await verifyBundle(store, keys.model('power', version))).files)).toHaveLength(3);
    expect(await listVersions(store, 'power')).toEqual([version]);
  });

  test('is read from a folder by its path alone, wherever it was moved', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tidecast-bundle-'));
    try {
      const version = await writeBundle(fileStore(folder), '', parts());
      expect((await readBundleDirectory(join(folder, version))).version).toBe(version);
      await expect(readBundleDirectory(folder)).rejects.toThrow('a bundle must have bundle.json');
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  test('has a version and bytes that follow from its content, not from the order of its parts', () => {
    const { description, forecaster, files = {} } = parts();
    const reversed = <T extends object>(value: T) =>
      Object.fromEntries(Object.entries(value).reverse()) as unknown as T;
    const packed = packBundle(parts());
    const again = packBundle({ forecaster, description: reversed(description), files: reversed(files) });
    expect(again).toEqual(packed);
    expect([...packed.files.keys()]).toEqual([
      'forecaster.onnx',
      'forecasts.parquet',
      'report.json',
      'bundle.json',
    ]);
    expect(packBundle(parts(1)).version).not.toBe(packed.version);
    expect(packBundle({ forecaster, description }).version).not.toBe(packed.version);
  });

  test('written twice, or by two at once, is written once', async () => {
    const { store, objects } = memoryStore();
    const versions = await Promise.all([
      writeBundle(store, models, parts()),
      writeBundle(store, models, parts()),
    ]);
    const before = new Map(objects);
    versions.push(await writeBundle(store, models, parts()));
    expect(new Set(versions).size).toBe(1);
    expect(objects).toEqual(before);
    expect(objects.size).toBe(4);
  });

  test('whose writer is killed after any file is not seen, and the next writer completes it', async () => {
    for (let survived = 0; survived < 4; survived++) {
      const { store } = memoryStore();
      let left = survived;
      const dying: ObjectStore = {
        ...store,
        put: async (...put) => {
          if (left-- === 0) throw new Error('killed');
          return store.put(...put);
        },
      };
      await expect(writeBundle(dying, models, parts())).rejects.toThrow('killed');
      expect(await listVersions(store, 'power')).toEqual([]);
      const version = await writeBundle(store, models, parts());
      await verifyBundle(store, keys.model('power', version));
      expect(await listVersions(store, 'power')).toEqual([version]);
    }
  });

  test('with any byte flipped in any file is refused', async () => {
    const { store, objects } = memoryStore();
    const folder = keys.model('power', await writeBundle(store, models, parts()));
    for (const [key, bytes] of [...objects]) {
      for (let at = 0; at < bytes.length; at++) {
        const flipped = new Uint8Array(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        objects.set(key, flipped);
        await expect(verifyBundle(store, folder)).rejects.toEqual(bundleError);
      }
      objects.set(key, bytes);
    }
    await verifyBundle(store, folder);
  }, 60_000);

  test('that lost a file says which one, what was expected and what to do', async () => {
    const { store, objects } = memoryStore();
    const folder = keys.model('power', await writeBundle(store, models, parts()));
    objects.delete(`${folder}forecaster.onnx`);
    await expect(readBundle(store, folder)).rejects.toThrow(
      /forecaster\.onnx must be as it was written \(7 bytes with SHA-256 [0-9a-f]{64}\), got no such file: copy/,
    );
  });

  test('of a later format asks for an update', async () => {
    const { store, objects } = memoryStore();
    objects.set('b/bundle.json', Buffer.from(canonicalJson({ formatVersion: 2 })));
    await expect(readBundle(store, 'b')).rejects.toThrow('formatVersion must be 1, got 2: update Tidecast');
    objects.set('b/bundle.json', Buffer.from('null'));
    await expect(readBundle(store, 'b/')).rejects.toEqual(bundleError);
    objects.set('b/bundle.json', Buffer.from('{'));
    await expect(readBundle(store, 'b')).rejects.toEqual(bundleError);
  });

  test.each<[string, Record<string, Json>]>([
    ['levels', { levels: [0.5, 0.5] }],
    ['levels.0', { levels: [0] }],
    ['horizon', { horizon: 1.5 }],
    ['dataset', { dataset: '../x' }],
    ['channels', { channels: ['a', 'a'] }],
    ['metrics.backtest.fit', { metrics: { backtest: { scores: {} } } }],
    ['covariates.static.0.kind', { covariates: { known: [], past: [], static: [{ name: 'a', kind: 'x' }] } }],
    ['the document', { created: '2024-01-01' }],
  ])('is refused where %s breaks the schema', (field, change) => {
    const { description, forecaster } = parts();
    const changed = { ...description, ...change } as typeof description;
    expect(() => packBundle({ forecaster, description: changed })).toThrow(`the description: ${field} must`);
  });

  test.each(['bundle.json', 'forecaster.onnx', 'a/b', '..', ''])('takes no further file named %j', (name) => {
    expect(() => packBundle({ ...parts(), files: { [name]: Buffer.from('x') } })).toThrow(
      'must have a plain name',
    );
  });

  test('does not overwrite a damaged file of its version', async () => {
    const { store, objects } = memoryStore();
    const version = await writeBundle(store, models, parts());
    objects.set(keys.modelFile('power', version, 'report.json'), Buffer.from('damaged'));
    await expect(writeBundle(store, models, parts())).rejects.toThrow("a version's files must never change");
  });
});
