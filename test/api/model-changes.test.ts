import { everybody, manageApi } from '../../shared/api/index.ts';
import { readCurrent } from '../../shared/bundle/index.ts';
import { newJob, writeJob } from '../../shared/documents/index.ts';
import { keys, type ObjectStore, type PermitDownload } from '../../shared/store/index.ts';
import { memoryStore } from '../bundle/support.ts';
import { ask, publish } from './support.ts';

const manageOver = (store: ObjectStore, permitDownload?: PermitDownload) =>
  manageApi({
    store,
    permitUpload: async () => ({ url: '', headers: {} }),
    authenticate: everybody,
    permitDownload,
    now: () => new Date('2024-05-01T12:00:00Z'),
  });

const { store } = memoryStore();
const app = manageOver(store);
let first = '';
let second = '';

beforeAll(async () => {
  first = (await publish(store, 'power', { seed: 1 })).version;
  second = (await publish(store, 'power', { seed: 2 })).version;
});

describe('versions', () => {
  test('say who serves, why, which job made them, and their metrics beside baselines', async () => {
    const job = newJob('power', 'j', { fingerprint: 'f', objects: [], parent: null });
    await writeJob(store, {
      ...{ ...job, status: 'done', version: first, promoted: false },
      reason: 'worse than the champion',
    });
    const { body } = await ask(app, 'GET', '/v1/models/power/versions');
    expect(body).toMatchObject({ model: 'power', next: null });
    const of = (version: string) => body.versions.find((one: { version: string }) => one.version === version);
    expect(of(first)).toEqual({
      ...{ version: first, serving: false, promoted: false, reason: 'worse than the champion', job: 'j' },
      ...{ parent: null, at: expect.stringMatching(/Z$/) },
      metrics: {
        scores: { mase: 0.91, wql: 0.05, smape: null },
        baselines: { 'seasonal naive': { mase: 1.2, wql: 0.08 } },
        beatsBaselines: true,
      },
      files: expect.arrayContaining([{ file: 'forecaster.onnx', size: expect.any(Number) }]),
    });
    // No job is known of it: the pointer remembers.
    expect(of(second)).toMatchObject({ serving: true, promoted: true, reason: 'seed 2', job: null });
  });

  test('come in pages, each once', async () => {
    const one = (await ask(app, 'GET', '/v1/models/power/versions?limit=1')).body;
    const two = (await ask(app, 'GET', `/v1/models/power/versions?limit=1&after=${one.next}`)).body;
    const all = [...one.versions, ...two.versions].map(({ version }: { version: string }) => version);
    expect([all.sort(), two.next]).toEqual([[first, second].sort(), null]);
    expect((await ask(app, 'GET', '/v1/models/power/versions?after=x')).body).toMatchObject({
      ...{ status: 422, code: 'REQUEST', path: 'after' },
    });
    expect((await ask(app, 'GET', '/v1/models/none/versions')).body.code).toBe('UNKNOWN_MODEL');
  });
});

describe('rolling back', () => {
  const rollBack = (body: unknown = {}) => ask(app, 'POST', '/v1/models/power/rollback', { body });

  test('lets the version before serve; done twice, it is undone', async () => {
    expect((await rollBack()).body).toEqual({ model: 'power', version: first, before: second });
    const current = await readCurrent(store, 'power');
    expect([current?.version, current?.history[0]]).toEqual([
      first,
      { version: first, reason: `rolled back from ${second} by hand`, at: '2024-05-01T12:00:00.000Z' },
    ]);
    expect((await rollBack()).body).toEqual({ model: 'power', version: second, before: first });
    expect((await rollBack({ version: first })).body.version).toBe(first);
    expect((await rollBack({ version: second })).body.version).toBe(second);
  });

  test('by many at once to one version loses no move', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => rollBack({ version: first })));
    const statuses = answers.map(({ status }) => status);
    expect(statuses).toContain(200);
    for (const status of statuses) expect([200, 409]).toContain(status);
    expect((await readCurrent(store, 'power'))?.version).toBe(first);
    await rollBack({ version: second });
  });

  test.each([
    [{ version: 'none' }, 404, 'UNKNOWN_VERSION', 'version'],
    [{ version: '../x' }, 422, 'REQUEST', 'version'],
    [{ verson: 'x' }, 422, 'REQUEST', 'verson'],
  ])('to %j is refused', async (body, status, code, path) => {
    expect(await rollBack(body)).toMatchObject({ status, body: { code, path } });
    expect((await readCurrent(store, 'power'))?.version).toBe(second);
  });

  test('of a model with one version is refused', async () => {
    const { store: other } = memoryStore();
    const { version } = await publish(other, 'new');
    expect(
      (await ask(manageOver(other), 'POST', '/v1/models/new/rollback', { body: {} })).body,
    ).toMatchObject({
      code: 'UNKNOWN_VERSION',
      detail: `another version must have served before, got ${version} only`,
    });
    expect((await ask(manageOver(other), 'POST', '/v1/models/no/rollback', { body: {} })).status).toBe(404);
  });
});

describe('the bundle', () => {
  const expected = async (version: string) =>
    (await store.get(keys.modelFile('power', version, 'forecaster.onnx')))?.bytes ?? new Uint8Array(0);

  test('is sent as it is stored: of the version that serves, or of another', async () => {
    for (const [query, version] of [
      ['', second],
      [`?version=${first}`, first],
    ] as const) {
      const answer = await app.request(`/v1/models/power/bundle${query}`);
      expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'application/octet-stream']);
      expect(Buffer.from(await answer.arrayBuffer()).equals(await expected(version))).toBe(true);
    }
  });

  test('is a redirection where it may be got past us', async () => {
    const asked: unknown[] = [];
    const redirecting = manageOver(store, async (key, request) => {
      asked.push([key, request]);
      return `https://bucket/${key}?signature`;
    });
    const answer = await redirecting.request('/v1/models/power/bundle?file=bundle.json');
    const key = `models/power/${second}/bundle.json`;
    expect([answer.status, answer.headers.get('location')]).toEqual([302, `https://bucket/${key}?signature`]);
    expect(asked).toEqual([[key, { seconds: 900, name: `power-${second}-bundle.json` }]]);
  });

  test.each([
    ['?file=none.bin', 404, 'UNKNOWN_FILE'],
    ['?version=none', 404, 'UNKNOWN_VERSION'],
    ['?file=../current.json', 422, 'REQUEST'],
    ['?fil=x', 422, 'REQUEST'],
  ])('%s is refused', async (query, status, code) => {
    expect(await ask(app, 'GET', `/v1/models/power/bundle${query}`)).toMatchObject({
      status,
      body: { code },
    });
  });
});
