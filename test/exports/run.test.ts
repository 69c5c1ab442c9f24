import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { emptyBlock, updateSeries } from '../../shared/bundle/index.ts';
import {
  createExport,
  type Export,
  type ExportRequest,
  newExport,
  readExport,
} from '../../shared/documents/index.ts';
import { runExport } from '../../shared/exports/index.ts';
import { keys, type ObjectStore } from '../../shared/store/index.ts';
import { ask, forecasting, observe, publish } from '../api/support.ts';
import { memoryStore } from '../bundle/support.ts';
import { seasonal } from '../support/forecaster.ts';

const folder = mkdtempSync(join(tmpdir(), 'tidecast-exports-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const never = new AbortController().signal;
const now = () => new Date('2026-05-01T12:00:00Z');
const names = Array.from({ length: 40 }, (_, i) => `item ${String(i).padStart(2, '0')}`);

/** Forty items in many small shards. */
async function world() {
  const { store, objects } = memoryStore();
  const { version } = await publish(store, 'power');
  const records = names.map((item, i) => ({
    item,
    target: { last: 480_000, width: 1, data: Float64Array.from(seasonal(20, i)) },
    ...{ past: emptyBlock, known: emptyBlock, statics: {} },
  }));
  await updateSeries(store, 'power', records, { context: 100, limits: { records: 4, bytes: 1e6 } });
  return { store, objects, version };
}

async function begin(store: ObjectStore, version: string, more: Partial<ExportRequest> = {}) {
  const asked = { model: 'power', version, format: 'csv' as const, horizon: 2, quantiles: [0.1, 0.3, 0.9] };
  const document = newExport({ ...asked, ...more }, now());
  await createExport(store, document);
  return { dataset: document.model, export: document.export };
}

const told = async (store: ObjectStore, task: { dataset: string; export: string }): Promise<Export> => {
  const found = await readExport(store, task.dataset, task.export);
  if (!found) throw new Error('there is no such export');
  return found;
};

/** The rows of all files; each has the header. */
async function linesOf(store: ObjectStore, document: Export) {
  const lines: string[] = [];
  for (const { file } of document.files) {
    const found = await store.get(keys.exportFile(document.model, document.export, file));
    const [header, ...rows] = Buffer.from(found?.bytes ?? [])
      .toString()
      .trimEnd()
      .split('\n');
    expect(header).toBe('item_id,timestamp,mean,p10,p30,p90');
    lines.push(...rows);
  }
  return lines;
}

test('every stored item is in it, with the numbers that the API answers', async () => {
  const { store, version } = await world();
  const task = await begin(store, version);
  expect(await runExport({ store, now, rowsPerFile: 30 }, task, never)).toBe(true);
  const document = await told(store, task);
  expect(document).toMatchObject({ status: 'done', progress: 1, items: 40, skipped: null, error: null });
  expect(document.files.length).toBeGreaterThan(1);
  expect(document.files.reduce((sum, { items }) => sum + items, 0)).toBe(40);

  const body = { items: names, horizon: 2, quantiles: [0.1, 0.3, 0.9] };
  const answer = await ask(forecasting(store), 'POST', '/v1/models/power/forecast', { body });
  type Forecast = { item: string; timestamps: string[]; mean: number[]; quantiles: { values: number[] }[] };
  const expected = (answer.body.forecasts as Forecast[]).flatMap(({ item, timestamps, mean, quantiles }) =>
    timestamps.map((timestamp, step) =>
      [
        item,
        timestamp.replace('T', ' ').replace('Z', ''),
        mean[step],
        ...quantiles.map(({ values }) => values[step]),
      ].join(),
    ),
  );
  // One item alone in a run differs from one among others in the last digits of a Float32.
  const rounded = (line: string) =>
    line
      .split(',')
      .map((cell, i) => (i < 2 ? cell : Number(cell).toPrecision(7)))
      .join();
  expect((await linesOf(store, document)).map(rounded).sort()).toEqual(expected.map(rounded).sort());
});

test('Parquet has the same rows, as a reader that we did not write reads them', async () => {
  const { store, version } = await world();
  const [csv, parquet] = [await begin(store, version), await begin(store, version, { format: 'parquet' })];
  for (const task of [csv, parquet]) await runExport({ store, now }, task, never);
  const document = await told(store, parquet);
  const [file] = document.files;
  const found = await store.get(keys.exportFile('power', parquet.export, file?.file ?? ''));
  const path = join(folder, 'all.parquet');
  writeFileSync(path, found?.bytes ?? '');
  const connection = await (await DuckDBInstance.create()).connect();
  const described = await connection.runAndReadAll(`DESCRIBE SELECT * FROM '${path}'`);
  expect(described.getRows().map(([name, type]) => `${name} ${type}`)).toEqual([
    'item_id VARCHAR',
    'timestamp TIMESTAMP',
    ...['mean', 'p10', 'p30', 'p90'].map((name) => `${name} DOUBLE`),
  ]);
  const rows = await connection.runAndReadAll(`SELECT *, timestamp::VARCHAR AS text FROM '${path}'`);
  const lines = rows
    .getRowsJS()
    .map(([item, , mean, low, middle, high, text]) => [item, text, mean, low, middle, high].join());
  connection.closeSync();
  expect(lines.sort()).toEqual((await linesOf(store, await told(store, csv))).sort());
});

test('several threads write the files that one writes', async () => {
  const { store, version } = await world();
  const [alone, together] = [await begin(store, version), await begin(store, version)];
  await runExport({ store, now, rowsPerFile: 30 }, alone, never);
  await runExport({ store, now, rowsPerFile: 30, threads: 2 }, together, never);
  const [one, other] = [await told(store, alone), await told(store, together)];
  expect(other).toMatchObject({ status: 'done', items: 40, files: one.files });
  expect(await linesOf(store, other)).toEqual(await linesOf(store, one));
});

test('broken off behind every shard it goes on, and leaves the rows of one that was not', async () => {
  const { store, version } = await world();
  const [whole, broken] = [await begin(store, version), await begin(store, version)];
  await runExport({ store, now }, whole, never);
  let slices = 1;
  const seen: number[] = [];
  while (!(await runExport({ store, now }, broken, AbortSignal.abort()))) {
    slices++;
    seen.push((await told(store, broken)).progress);
  }
  expect(slices).toBeGreaterThan(5);
  expect(seen).toEqual([...seen].sort((a, b) => a - b));
  const [one, other] = [await told(store, whole), await told(store, broken)];
  expect(other).toMatchObject({ status: 'done', items: 40 });
  expect(await linesOf(store, other)).toEqual(await linesOf(store, one));
});

test('a writer that died between a file and the document writes the file again', async () => {
  const { store, version } = await world();
  const task = await begin(store, version);
  const documents = keys.export('power', task.export);
  const dying: ObjectStore = {
    ...store,
    put: (key, ...more) => {
      if (key === documents) throw new Error('killed');
      return store.put(key, ...more);
    },
  };
  await expect(runExport({ store: dying, now, rowsPerFile: 20 }, task, never)).rejects.toThrow('killed');
  expect((await told(store, task)).files).toEqual([]);
  await runExport({ store, now, rowsPerFile: 20 }, task, never);
  const document = await told(store, task);
  expect(new Set(await linesOf(store, document)).size).toBe(80);
});

test('one that is removed meanwhile ends, and leaves nothing', async () => {
  const { store, objects, version } = await world();
  const task = await begin(store, version);
  const removing: ObjectStore = {
    ...store,
    put: async (key, ...more) => {
      if (key.includes('/files/')) await store.delete(keys.export('power', task.export));
      return store.put(key, ...more);
    },
  };
  expect(await runExport({ store: removing, now, rowsPerFile: 20 }, task, never)).toBe(true);
  expect([...objects.keys()].filter((key) => key.startsWith('exports/'))).toEqual([]);
});

test('several channels have a column, and an export of nothing has a file with the header', async () => {
  const { store } = memoryStore();
  const { version } = await publish(store, 'wide', { channels: ['a', 'b'], joint: true });
  const asked = { model: 'wide', horizon: 1, quantiles: [0.5] };
  const textOf = async () => {
    const task = await begin(store, version, asked);
    await runExport({ store, now }, task, never);
    const document = await told(store, task);
    expect(document.status).toBe('done');
    const found = await store.get(keys.exportFile('wide', task.export, 'part-00000.csv'));
    return Buffer.from(found?.bytes ?? []).toString();
  };
  expect(await textOf()).toBe('item_id,channel,timestamp,mean,p50\n');
  const target = { last: 480_000, width: 2, data: Float64Array.from(seasonal(40, 1)) };
  const record = { item: 'a, "b"', target, past: emptyBlock, known: emptyBlock, statics: {} };
  await updateSeries(store, 'wide', [record], { context: 100 });
  expect(await textOf()).toMatch(
    /^item_id,channel,timestamp,mean,p50\n"a, ""b""",a,[^,]+,[^,]+,[^,]+\n"a, ""b""",b,[^,]+,[^,]+,[^,]+\n$/,
  );
});

test('items without what the model must know are counted; where there are no others, it fails and says why', async () => {
  const { store } = memoryStore();
  const { version } = await publish(store, 'known', { known: ['price'] });
  await observe(store, 'known', 'bare');
  const run = async () => {
    const task = await begin(store, version, { model: 'known' });
    await runExport({ store, now }, task, never);
    return told(store, task);
  };
  expect(await run()).toMatchObject({
    ...{ status: 'failed', files: [] },
    error: { code: 'REQUEST', remedy: 'upload rows that have them' },
  });
  await observe(store, 'known', 'whole', { known: seasonal(24, 1) });
  expect(await run()).toMatchObject({
    ...{ status: 'done', items: 1, error: null },
    skipped: {
      ...{ items: 1, item: 'bare' },
      reason:
        'the known covariates price must be there for 3 periods after the end, got 0 of 3 values for item "bare"',
    },
  });
});

test('a version that is gone is told by the document', async () => {
  const { store } = await world();
  const task = await begin(store, 'f'.repeat(16));
  expect(await runExport({ store, now }, task, never)).toBe(true);
  expect(await told(store, task)).toMatchObject({ status: 'failed', error: { code: 'BUNDLE' } });
});
