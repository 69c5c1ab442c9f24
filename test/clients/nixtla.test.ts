import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createToken, forecastApi, manageApi, tokenAccess } from '../../shared/api/index.ts';
import { readBundle } from '../../shared/bundle/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { publish } from '../api/support.ts';
import { seasonal } from '../support/forecaster.ts';
import { scratch } from '../support/job.ts';
import { serve } from './serve.ts';

/** What nixtla_client.py found out. */
interface Report {
  readonly compared: Readonly<Record<string, Readonly<Record<string, Pair<number>>>>>;
  readonly times: readonly string[];
  readonly cutoffs: Pair<string>;
  readonly anomalies: number;
  readonly refusals: Readonly<Record<string, readonly [number, string, string | null, string] | null>>;
  readonly models: readonly string[];
  readonly keys: readonly boolean[];
}

interface Pair<T> {
  readonly found: readonly T[];
  readonly expected: readonly T[];
}

const folder = scratch('clients');
let report: Report;
/** Encodings of the bodies that arrived. */
const encodings = new Set<string | null>();

beforeAll(async () => {
  const root = folder.root();
  const store = fileStore(root);
  const { version } = await publish(store, 'power');
  await publish(store, 'hidden');
  const { description, forecaster } = await readBundle(store, keys.model('power', version));
  const onnx = join(folder.base, 'forecaster.onnx');
  writeFileSync(onnx, forecaster);

  const token = createToken('', { datasets: ['power'], scopes: ['forecast'] });
  const authenticate = tokenAccess(async () => token.secret);
  const forecast = forecastApi({ store, champions: createChampions(store), authenticate });
  const permitUpload = async () => ({ url: '', headers: {} });
  const manage = manageApi({ store, permitUpload, authenticate });
  const server = await serve((request) => {
    if (request.method === 'POST') encodings.add(request.headers.get('content-encoding'));
    return (request.method === 'POST' ? forecast : manage).fetch(request);
  });
  try {
    report = await askClient({
      ...{ url: server.url, token: token.text, model: 'power', onnx },
      ...{ context: description.context, levels: description.levels },
      lastPeriod: description.data.lastPeriod,
      // Eighths, which float32 holds as they are; the first series ends behind the training data.
      series: [90, 50].map((length, i) => seasonal(length, i + 1).map((value) => Math.round(8 * value) / 8)),
      starts: [480_000 - 85, 480_000 - 60],
    });
  } finally {
    await server.close();
  }
}, 600_000);

function askClient(question: object): Promise<Report> {
  const python = process.env.TIDECAST_PYTHON;
  if (!python) throw new Error('TIDECAST_PYTHON must name a Python with nixtla: use `npm run test:clients`');
  const script = fileURLToPath(new URL('nixtla_client.py', import.meta.url));
  return new Promise((resolve, reject) => {
    const child = execFile(python, [script], { maxBuffer: 2 ** 28 }, (error, output) =>
      error ? reject(error) : resolve(JSON.parse(output) as Report),
    );
    child.stdin?.end(JSON.stringify(question));
  });
}

test.each([
  ['forecast', 6],
  ['forecast in partitions', 6],
  ['quantiles, frequency inferred', 4],
  ['forecast with history', 66 + 24 + 6],
  ['cross-validation', 12],
  ['anomalies', 66 + 26],
  ['anomalies online', 12],
  ['a compressed body', 3],
])('%s: the client’s table holds what ONNX Runtime for Python makes of the bundle', (name, rows) => {
  const columns = Object.values(report.compared[name] ?? {});
  expect(columns.length).toBeGreaterThanOrEqual(3);
  for (const { found, expected } of columns) {
    expect([found.length, expected.length]).toEqual([rows, rows]);
    found.forEach((value, i) => {
      expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4);
    });
  }
});

test('forecasts begin one period after the end, cutoffs are the last periods that a window has seen', () => {
  expect(report.times.slice(0, 3)).toEqual(
    [5, 6, 7].map((hours) =>
      new Date((480_000 + hours) * 3_600_000 + 900_000).toISOString().slice(0, 19).replace('T', ' '),
    ),
  );
  expect(report.cutoffs.found).toEqual(report.cutoffs.expected);
});

test('some observations are unusual, and some windows lie in the training data, but not all', () => {
  expect(report.anomalies).toBeGreaterThan(0);
  expect(report.anomalies).toBeLessThan(92);
  const marks = report.compared['cross-validation']?.['TimeGPT-in-training']?.found;
  expect(new Set(marks)).toEqual(new Set([0, 1]));
});

test('what a model cannot do reaches the client’s user as a problem document', () => {
  expect(report.refusals).toMatchObject({
    'unknown model': [403, 'FORBIDDEN', null, expect.stringContaining('token')],
    horizon: [422, 'REQUEST', 'h', expect.stringContaining('at most 3')],
    level: [422, 'REQUEST', 'level', expect.stringContaining('at most 80')],
    finetuning: [422, 'REQUEST', 'finetune_steps', expect.stringContaining('leave it out')],
    covariates: [422, 'REQUEST', 'series.X_future', expect.stringContaining('date_features')],
  });
});

test('the token is the key, and the models are those it is for', () => {
  expect(report.keys).toEqual([true, false]);
  expect(report.models).toEqual(['power']);
});

test('a large body arrives in zstd', () => {
  expect(encodings).toEqual(new Set([null, 'zstd']));
});
