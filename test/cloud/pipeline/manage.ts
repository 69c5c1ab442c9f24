import { readCurrent } from '../../../shared/bundle/index.ts';
import { newJob, writeCurve, writeJob } from '../../../shared/documents/index.ts';
import { keys } from '../../../shared/store/index.ts';
import { type Asked, ask, createToken } from '../support/ask.ts';
import { ended, executionOf, jobsOf } from '../support/deployment.ts';
import { type Stage, settings, timed } from './stage.ts';

/** The dataset of the presigned uploads. */
const dataset = 'by-url';

/** What can be done to a dataset and its model over the API: changed, trained again, rolled back, removed. */
export function describeManage(stage: () => Stage): void {
  let token = '';
  let first = '';
  let second = '';
  const send = (path: string, asked?: Asked) => ask(stage().deployment, path, token, asked);
  const serving = async () => (await readCurrent(stage().deployment.store, dataset))?.version;

  beforeAll(async () => {
    token = await createToken(stage().cloud, settings.stack, 'forecast,upload,admin', 'by-*');
  }, 300_000);

  test('a configuration is replaced by whoever has read the present one, and a training begins', async () => {
    const { deployment } = stage();
    [first = ''] = await jobsOf(deployment, dataset);
    const path = `/v1/datasets/${dataset}/configuration`;
    const read = await send(path);
    const { configuration } = await read.json();
    expect(configuration).toEqual({ horizon: 12, members: 2, units: 8, budget: '60steps' });
    const replace = (condition: string, body: unknown) =>
      send(path, { method: 'PUT', headers: { 'if-match': condition }, body });
    expect((await replace('"stale"', configuration)).status).toBe(412);
    const changed = { ...configuration, budget: '80steps' };
    expect((await replace(read.headers.get('etag') ?? '', changed)).status).toBe(200);
    const job = await timed(stage(), 'new configuration to model', () => ended(deployment, dataset, first));
    expect(job).toMatchObject({ status: 'done' });
    second = job.job;
  }, 300_000);

  test('a job is started again once for a key, and stopped', async () => {
    const { deployment } = stage();
    const again = () =>
      send(`/v1/datasets/${dataset}/retrain`, { method: 'POST', headers: { 'idempotency-key': 'again' } });
    const [begun, repeated] = [await again(), await again()];
    expect(begun.status).toBe(200);
    const { job } = await begun.json();
    expect(await repeated.json()).toEqual({ dataset, job });
    const another = await send(`/v1/datasets/${dataset}/retrain`, { method: 'POST' });
    expect(await another.json()).toMatchObject({ status: 409, code: 'JOB_RUNNING' });
    expect(new Set(await jobsOf(deployment, dataset))).toEqual(new Set([first, second, job]));
    const cancelled = await send(`/v1/jobs/${job}/cancel`, { method: 'POST' });
    expect(await cancelled.json()).toMatchObject({ job, status: 'cancelled' });
    // Where it was not yet the end of it: the execution sees to it that nothing is made.
    await executionOf(deployment, job);
    expect(await (await send(`/v1/jobs/${job}`)).json()).toMatchObject({
      status: 'cancelled',
      version: null,
    });
  }, 300_000);

  test('the losses of a job that trains are told while it does', async () => {
    const { store } = stage().deployment;
    const training = { phase: 'choose', step: 25, steps: 60, loss: 0.4 } as const;
    const inputs = { fingerprint: '0', objects: [], parent: null };
    await writeJob(store, { ...newJob(dataset, 'followed', inputs), members: [training] });
    const points = [{ step: 25, training: 0.4, validation: null }];
    const { phase, steps } = training;
    await writeCurve(store, { dataset, job: 'followed' }, { member: 0, phase, steps, points });
    const answer = await (await send('/v1/jobs/followed/curves')).json();
    expect(answer).toMatchObject({ job: 'followed', members: [{ member: 0, phase: 'choose', points }] });
    await store.delete(keys.job(dataset, 'followed'));
  });

  test('another version serves by a rollback, and its graph can be fetched', async () => {
    const { store } = stage().deployment;
    const { versions } = await (await send(`/v1/models/${dataset}/versions`)).json();
    expect(versions).toHaveLength(2);
    const other = versions.find(({ serving }: { serving: boolean }) => !serving);
    const rolled = await send(`/v1/models/${dataset}/rollback`, { body: { version: other.version } });
    expect(await rolled.json()).toMatchObject({ version: other.version });
    expect(await serving()).toBe(other.version);
    const there = await send(`/v1/models/${dataset}/bundle`);
    expect(there.status).toBe(302);
    const fetched = await fetch(there.headers.get('location') ?? '');
    const stored = await store.get(`${keys.model(dataset, other.version)}forecaster.onnx`);
    expect(Buffer.from(await fetched.arrayBuffer())).toEqual(Buffer.from(stored?.bytes ?? []));
  }, 300_000);

  test('an upload that is staged is looked at, and is nothing of the dataset until it is committed', async () => {
    const { store } = stage().deployment;
    const uploads = '/v1/datasets/by-stage/uploads';
    const put = async (file: string, text: string, to = uploads) => {
      const { upload, url } = await (await send(to, { body: { file, stage: true } })).json();
      expect((await fetch(url, { method: 'PUT', body: text })).status).toBe(200);
      return upload;
    };
    const days = Array.from({ length: 28 }, (_, i) => `2024-02-${String(i + 1).padStart(2, '0')},${i % 7}`);
    const table = await put('sales.csv', `${['date,sales', ...days].join('\n')}\n`);
    const preview = await timed(stage(), 'preview of a staged upload', async () =>
      (await send(`${uploads}/${table}/preview`)).json(),
    );
    expect(preview).toMatchObject({
      ...{ trainable: true, columns: ['date', 'sales'], horizon: 14 },
      report: { frequency: '1d', roles: { time: { column: 'date' }, target: { column: ['sales'] } } },
    });
    expect(await (await send(`${uploads}/${table}`, { method: 'DELETE' })).json()).toMatchObject({
      removed: 1,
    });
    // A staged configuration is looked at with the table that is there.
    const other = `/v1/datasets/${dataset}/uploads`;
    const shorter = await put('tidecast.yaml', 'horizon: 6', other);
    expect(await (await send(`${other}/${shorter}/preview`)).json()).toMatchObject({
      ...{ trainable: true, horizon: 6 },
      report: { frequency: '1h' },
    });
    await send(`${other}/${shorter}`, { method: 'DELETE' });
    // Without a table no training begins.
    const configuration = await put('tidecast.yaml', 'horizon: 3');
    const done = await (await send(`${uploads}/${configuration}/commit`, { body: {} })).json();
    expect(done).toMatchObject({ files: ['tidecast.yaml'] });
    const moved = await store.get(keys.configuration('by-stage'));
    expect(Buffer.from(moved?.bytes ?? []).toString()).toBe('horizon: 3');
    for await (const { key } of store.list(keys.staging('by-stage'))) throw new Error(`${key} is left`);
    expect(await jobsOf(stage().deployment, 'by-stage')).toEqual([]);
  }, 300_000);

  test('a dataset is removed with all that came of it', async () => {
    const { store } = stage().deployment;
    const removed = await send(`/v1/datasets/${dataset}`, { method: 'DELETE' });
    expect(await removed.json()).toMatchObject({ dataset, complete: true });
    expect((await send(`/v1/datasets/${dataset}`)).status).toBe(404);
    for (const prefix of [keys.datasets(dataset), keys.jobs(dataset), keys.models(dataset)]) {
      for await (const { key } of store.list(prefix)) throw new Error(`${key} is left`);
    }
  }, 300_000);
}
