import { createToken, forecastApi, manageApi, tokenAccess } from '../../shared/api/index.ts';
import { allRoutes, forecastRoutes, manageRoutes } from '../../shared/api/routes/table.ts';
import { newJob, type Preview, writeJob, writeLatest, writeQuality } from '../../shared/documents/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { keys } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { accuracyOfItem } from '../support/accuracy.ts';
import { ask, observe, publish, putExport, quality } from './support.ts';

/** Everything that a route may need is there for the dataset `mine`, and for `other` too. */
const { store, objects } = memoryStore();
const tokens = new Map<string, string>();
let secret = '';

function token(name: string, datasets: string[], scopes: string[]): void {
  const created = createToken(secret, { datasets, scopes });
  secret = created.secret;
  tokens.set(name, created.text);
}
token('forecast', ['mine'], ['forecast']);
token('upload', ['mine'], ['upload']);
token('both', ['min*'], ['forecast', 'upload']);
token('admin', ['mine'], ['admin']);
token('of another', ['other', 'min', 'mine-*'], ['forecast', 'upload', 'admin']);
tokens.set('wrong', createToken('', { datasets: ['*'], scopes: ['admin'] }).text);

const authenticate = tokenAccess(async () => secret);
const champions = createChampions(store);
const permitUpload = async (key: string) => ({ url: `https://bucket/${key}`, headers: {} });
const emptyPreview: Preview = {
  ...{
    files: [],
    configuration: {},
    columns: [],
    rows: [],
    report: null,
    horizon: null,
    problems: [],
    trainable: false,
  },
};
const apps = {
  forecast: forecastApi({ store, champions, authenticate }),
  manage: manageApi({
    store,
    permitUpload,
    authenticate,
    follow: { interval: 1 },
    startExport: async () => undefined,
    preview: async () => emptyPreview,
    retrain: async () => ({ kind: 'started', job: 'j' }),
  }),
};

beforeAll(async () => {
  for (const dataset of ['mine', 'other']) {
    await publish(store, dataset);
    await publish(store, dataset, { seed: 2, files: accuracyOfItem('item') });
    const job = newJob(dataset, `job-of-${dataset}`, { fingerprint: 'f', objects: [], parent: null });
    await writeJob(store, { ...job, status: 'cancelled' });
    await writeLatest(store, dataset, { inputs: 'f', job: job.job }, null);
    await writeQuality(store, dataset, job.job, quality);
    await observe(store, dataset, 'item');
    await store.put(keys.stagedFile(dataset, 'staged', 'a.csv'), Buffer.from('time,target'));
    await putExport(store, dataset);
  }
  whole = new Map(objects);
});

/** What one cell of the matrix removes is there for the next. */
let whole = new Map<string, Uint8Array>();
beforeEach(() => {
  for (const [key, bytes] of whole) objects.set(key, bytes);
});

/** Each route asked for `mine` in a way that succeeds, and which tokens it takes. */
const series = [{ start: '2024-01-01T00:15:00Z', target: [1, 2, 3] }];
const flat = {
  model: 'mine',
  freq: 'h',
  series: { y: [1, 2, 3], sizes: [3], start_datetime: ['2024-01-01T00:15'] },
};
const requests: Readonly<Record<string, { path: string; body?: unknown; takes: string[] | 'everybody' }>> = {
  getHealth: { path: '/v1/health', takes: 'everybody' },
  getLiveness: { path: '/v1/health/live', takes: 'everybody' },
  getReadiness: { path: '/v1/health/ready', takes: 'everybody' },
  getDocs: { path: '/docs', takes: 'everybody' },
  getDocument: { path: '/openapi.json', takes: 'everybody' },
  createUpload: {
    path: '/v1/datasets/mine/uploads',
    body: { file: 'a.csv' },
    takes: ['upload', 'both', 'admin'],
  },
  previewUpload: { path: '/v1/datasets/mine/uploads/staged/preview', takes: ['upload', 'both', 'admin'] },
  commitUpload: {
    path: '/v1/datasets/mine/uploads/staged/commit',
    body: {},
    takes: ['upload', 'both', 'admin'],
  },
  discardUpload: { path: '/v1/datasets/mine/uploads/staged', takes: ['upload', 'both', 'admin'] },
  listJobs: { path: '/v1/jobs?dataset=mine', takes: ['upload', 'both', 'admin'] },
  getJob: { path: '/v1/jobs/job-of-mine?dataset=mine', takes: ['upload', 'both', 'admin'] },
  getCurves: { path: '/v1/jobs/job-of-mine/curves?dataset=mine', takes: ['upload', 'both', 'admin'] },
  followJob: { path: '/v1/jobs/job-of-mine/events?dataset=mine', takes: ['upload', 'both', 'admin'] },
  listModels: { path: '/v1/models', takes: ['forecast', 'upload', 'both', 'admin', 'of another'] },
  getModel: { path: '/v1/models/mine', takes: ['forecast', 'upload', 'both', 'admin'] },
  createExport: { path: '/v1/models/mine/exports', body: {}, takes: ['forecast', 'both', 'admin'] },
  listExports: { path: '/v1/models/mine/exports', takes: ['forecast', 'both', 'admin'] },
  getExport: { path: '/v1/models/mine/exports/export-of-mine', takes: ['forecast', 'both', 'admin'] },
  getExportFile: {
    path: '/v1/models/mine/exports/export-of-mine/files/part-00000.csv',
    takes: ['forecast', 'both', 'admin'],
  },
  deleteExport: { path: '/v1/models/mine/exports/export-of-mine', takes: ['forecast', 'both', 'admin'] },
  listDatasets: { path: '/v1/datasets', takes: ['upload', 'both', 'admin', 'of another'] },
  getDataset: { path: '/v1/datasets/mine', takes: ['upload', 'both', 'admin'] },
  getDatasetReport: { path: '/v1/datasets/mine/report', takes: ['upload', 'both', 'admin'] },
  getConfiguration: { path: '/v1/datasets/mine/configuration', takes: ['upload', 'both', 'admin'] },
  putConfiguration: {
    path: '/v1/datasets/mine/configuration',
    body: { horizon: 3 },
    takes: ['upload', 'both', 'admin'],
  },
  retrainDataset: { path: '/v1/datasets/mine/retrain', takes: ['upload', 'both', 'admin'] },
  deleteDataset: { path: '/v1/datasets/mine', takes: ['admin'] },
  cancelJob: { path: '/v1/jobs/job-of-mine/cancel?dataset=mine', takes: ['upload', 'both', 'admin'] },
  listVersions: { path: '/v1/models/mine/versions', takes: ['forecast', 'upload', 'both', 'admin'] },
  rollBackModel: { path: '/v1/models/mine/rollback', body: {}, takes: ['admin'] },
  getBundle: {
    path: '/v1/models/mine/bundle?file=bundle.json',
    takes: ['forecast', 'upload', 'both', 'admin'],
  },
  getAccuracy: { path: '/v1/models/mine/accuracy', takes: ['forecast', 'upload', 'both', 'admin'] },
  listItemAccuracies: {
    path: '/v1/models/mine/accuracy/items',
    takes: ['forecast', 'upload', 'both', 'admin'],
  },
  getItemAccuracy: {
    path: '/v1/models/mine/accuracy/item?item=item',
    takes: ['forecast', 'upload', 'both', 'admin'],
  },
  listItems: { path: '/v1/models/mine/items', takes: ['forecast', 'upload', 'both', 'admin'] },
  getItemHistory: {
    path: '/v1/models/mine/items/history?item=item',
    takes: ['forecast', 'upload', 'both', 'admin'],
  },
  backtestItem: { path: '/v1/models/mine/items/backtest?item=item', takes: ['forecast', 'both', 'admin'] },
  addObservations: {
    path: '/v1/models/mine/observations',
    body: { series: [{ item: 'item', start: '2024-10-04T01:15:00Z', target: [1] }] },
    takes: ['upload', 'both', 'admin'],
  },
  findAnomalies: {
    path: '/v1/models/mine/anomalies',
    body: { series },
    takes: ['forecast', 'both', 'admin'],
  },
  deleteModel: { path: '/v1/models/mine', takes: ['admin'] },
  createForecast: {
    path: '/v1/models/mine/forecast',
    body: { series },
    takes: ['forecast', 'both', 'admin'],
  },
  invokeModel: {
    path: '/v1/models/mine/invocations',
    body: { instances: series },
    takes: ['forecast', 'both', 'admin'],
  },
  nixtlaForecast: {
    path: '/v2/forecast',
    body: { ...flat, h: 1 },
    takes: ['forecast', 'both', 'admin'],
  },
  nixtlaCrossValidation: {
    path: '/v2/cross_validation',
    body: { ...flat, h: 1 },
    takes: ['forecast', 'both', 'admin'],
  },
  nixtlaAnomalyDetection: {
    path: '/v2/anomaly_detection',
    body: { ...flat, level: 80 },
    takes: ['forecast', 'both', 'admin'],
  },
  nixtlaOnlineAnomalyDetection: {
    path: '/v2/online_anomaly_detection',
    body: { ...flat, h: 1, level: 80, detection_size: 1 },
    takes: ['forecast', 'both', 'admin'],
  },
  nixtlaModels: { path: '/v2/models', takes: ['forecast', 'upload', 'both', 'admin', 'of another'] },
  nixtlaModelParameters: {
    path: '/model_params?model=mine&freq=h',
    takes: ['forecast', 'upload', 'both', 'admin'],
  },
  nixtlaValidateKey: {
    path: '/validate_api_key',
    takes: ['forecast', 'upload', 'both', 'admin', 'of another'],
  },
};

const matrix = allRoutes.flatMap(({ definition: { operationId = '', method } }) =>
  ['nobody', ...tokens.keys()].map((holder) => {
    const takes = requests[operationId]?.takes ?? [];
    const unknown = holder === 'nobody' || holder === 'wrong';
    const status = takes === 'everybody' || takes.includes(holder) ? 200 : unknown ? 401 : 403;
    return [operationId, holder, status, method] as const;
  }),
);

test.each(matrix)('%s with the token "%s": %i', async (operation, holder, expected, method) => {
  const { path = '', body } = requests[operation] ?? {};
  const app = forecastRoutes.some(({ definition }) => definition.operationId === operation)
    ? apps.forecast
    : apps.manage;
  const text = tokens.get(holder);
  const answer = await ask(app, method.toUpperCase(), path, {
    body,
    ...(text !== undefined && { token: text }),
  });
  expect(answer.status).toBe(expected);
  const code = { 200: undefined, 401: 'UNAUTHENTICATED', 403: 'FORBIDDEN' }[expected];
  expect(answer.body.code).toBe(code);
  expect(answer.headers.get('www-authenticate')).toBe(expected === 401 ? 'Bearer realm="tidecast"' : null);
});

test('the apps have no route that is not in the table, and each that is needs a token or says that it does not', () => {
  const handlers = (app: (typeof apps)['manage']) => [
    ...new Set(
      app.routes.filter(({ method }) => method !== 'ALL').map(({ method, path }) => `${method} ${path}`),
    ),
  ];
  const listed = (routes: typeof allRoutes) =>
    routes.map(
      ({ definition: { method, path } }) => `${method.toUpperCase()} ${path.replaceAll(/{(.+?)}/g, ':$1')}`,
    );
  expect(handlers(apps.forecast).sort()).toEqual(listed(forecastRoutes).sort());
  expect(handlers(apps.manage).sort()).toEqual(listed(manageRoutes).sort());
  expect(Object.keys(requests).sort()).toEqual(
    allRoutes.map(({ definition }) => definition.operationId).sort(),
  );
});

test.each(['%6dine', 'mine%2F..%2Fother', 'mine%00', 'other%2Fforecast%3F', '..%2fmine'])(
  'a dataset written as %s is the one it means, or none',
  async (written) => {
    const answer = await ask(apps.manage, 'GET', `/v1/models/${written}`, {
      token: tokens.get('forecast') ?? '',
    });
    expect(answer.status).toBe(written === '%6dine' ? 200 : 403);
  },
);

test('lists and searches show only what the token covers', async () => {
  const get = async (path: string, holder: string) =>
    (await ask(apps.manage, 'GET', path, { token: tokens.get(holder) ?? '' })).body;
  expect((await get('/v1/models', 'both')).models).toMatchObject([{ model: 'mine' }]);
  expect((await get('/v1/models', 'of another')).models).toMatchObject([{ model: 'other' }]);
  expect((await get('/v1/jobs', 'both')).jobs).toMatchObject([{ job: 'job-of-mine' }]);
  expect(await get('/v1/jobs/job-of-mine', 'both')).toMatchObject({ dataset: 'mine' });
  expect(await get('/v1/jobs/job-of-mine', 'upload')).toMatchObject({ dataset: 'mine' });
  expect(await get('/v1/jobs/job-of-mine', 'of another')).toMatchObject({ status: 404, code: 'UNKNOWN_JOB' });
});

test('a secret that cannot be read is a fault of ours that says nothing of it', async () => {
  const errors: unknown[] = [];
  const app = manageApi({
    store,
    permitUpload,
    authenticate: tokenAccess(() => Promise.reject(new Error('arn:aws:secret is locked'))),
    onError: (error) => errors.push(error),
  });
  const { status, headers, body } = await ask(app, 'GET', '/v1/models', { token: tokens.get('admin') ?? '' });
  expect([status, body.code, headers.get('retry-after')]).toEqual([503, 'ACCESS', '5']);
  expect(JSON.stringify(body)).not.toContain('arn:');
  expect(errors).toHaveLength(1);
});
