import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { readCurrent } from '../../shared/bundle/index.ts';
import { readJob } from '../../shared/documents/index.ts';
import { keys } from '../../shared/store/index.ts';
import { hourlyTable } from '../support/job.ts';
import { bootstrap, deploy, destroy, type Settings } from './support/cdk.ts';
import { type Cloud, startCloud } from './support/cloud.ts';
import { type Deployment, ended, executions, jobsOf, lookAt, looks, until } from './support/deployment.ts';
import { type LocalModel, trainHere } from './support/local.ts';

const settings: Settings = { stack: 'Proof', context: { quietSeconds: '4', sliceSeconds: '2' } };
const folder = mkdtempSync(join(tmpdir(), 'tidecast-pipeline-'));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const example = 'examples/electricity/electricity.csv';
const configuration =
  'horizon: 24\ncolumns:\n  known: [Exogenous1, Exogenous2]\nmembers: 2\nbudget: 60steps\n';
const small = 'horizon: 12\nmembers: 2\nunits: 8\nbudget: 60steps\n';

let cloud: Cloud;
let deployment: Deployment;
let here: LocalModel;

async function timed<T>(what: string, work: () => Promise<T>): Promise<T> {
  const began = performance.now();
  const result = await work();
  log.push(`${what}: ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return result;
}
const log: string[] = [];

const put = (key: string, body: string | Uint8Array) =>
  new S3Client({}).send(
    new PutObjectCommand({ Bucket: deployment.outputs.BucketName, Key: key, Body: body }),
  );

/** The version's files as the bucket has them, in hexadecimal. */
async function bundleOf(dataset: string, version: string): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  const root = keys.model(dataset, version);
  for await (const { key } of deployment.store.list(root)) {
    const found = await deployment.store.get(key);
    files[key.slice(root.length)] = Buffer.from(found?.bytes ?? []).toString('hex');
  }
  return files;
}

beforeAll(async () => {
  cloud = await startCloud();
  await timed('cdk bootstrap', () => bootstrap(cloud.environment));
  const outputs = await timed('cdk deploy', () => deploy(cloud.environment, settings));
  deployment = await lookAt(cloud, outputs);
  const config = file('electricity.yaml', configuration);
  here = await timed('the same training here', () =>
    trainHere(join(folder, 'here'), 'electricity', config, example),
  );
}, 240_000);

afterAll(async () => {
  console.log(log.join('\n'));
  rmSync(folder, { recursive: true, force: true });
  await cloud?.stop();
});

test('an uploaded table becomes the model that training on one machine makes, byte for byte, in many slices', async () => {
  await put(keys.configuration('electricity'), configuration);
  await put(keys.upload('electricity', 'electricity.csv'), readFileSync(example));
  const job = await timed('upload to promoted model', () => ended(deployment, 'electricity'));
  expect(job).toMatchObject({ status: 'done', promoted: true, error: null });
  expect(await bundleOf('electricity', job.version ?? '')).toEqual(here.files);
  expect((await readCurrent(deployment.store, 'electricity'))?.version).toBe(job.version);
}, 180_000);

test('the same file again is seen and starts no second job', async () => {
  const before = await looks(deployment, 'electricity');
  await put(keys.upload('electricity', 'electricity.csv'), readFileSync(example));
  const after = await until('the event to be handled', async () => {
    const all = await looks(deployment, 'electricity');
    return all.length > before.length && all;
  });
  expect(after.at(-1)).toMatchObject({ kind: 'done' });
  expect(await jobsOf(deployment, 'electricity')).toHaveLength(1);
  expect(Object.keys(await executions(deployment))).toHaveLength(1);
}, 60_000);

test('a table with an error ends in a failed job that says where and what to do, once', async () => {
  await put(
    keys.upload('broken', 'table.csv'),
    'item_id,timestamp,target\na,2024-01-01,1\na,2024-01-02,1\na,2024-01-03,oops\n',
  );
  const job = await timed('a bad file to its failed job', () => ended(deployment, 'broken'));
  expect(job).toMatchObject({ status: 'failed', stage: 'plan', version: null });
  expect(job.error?.message).toMatch(/oops/);
  const status = await until('the execution to end', async () => {
    const state = (await executions(deployment))[job.job];
    return state !== 'RUNNING' && state;
  });
  expect(status).toBe('FAILED');
  expect(await jobsOf(deployment, 'broken')).toHaveLength(1);
  expect(await readCurrent(deployment.store, 'broken')).toBeNull();
}, 60_000);

test('nothing is left in the dead-letter queue, and destroy keeps the data', async () => {
  await timed('cdk destroy', () => destroy(cloud.environment, settings));
  const current = await readCurrent(deployment.store, 'electricity');
  expect(current).not.toBeNull();
}, 120_000);
