import { HeadBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { readCurrent } from '../../../shared/bundle/index.ts';
import { destroy } from '../support/cdk.ts';
import { jobsOf } from '../support/deployment.ts';
import { run } from '../support/local.ts';
import { type Stage, settings, timed } from './stage.ts';

/** The commands of docs/operations.md. */
export function describeOperations(stage: () => Stage): void {
  const npm = (script: string, ...options: readonly string[]) =>
    run(`scripts/${script}.ts`, [...options, '--stack', settings.stack], stage().cloud.environment);

  test('a model is rolled back to the version that served before', async () => {
    const { store } = stage().deployment;
    const before = await readCurrent(store, 'parts');
    const [, earlier] = before?.history ?? [];
    expect(earlier?.version).toBeDefined();
    await npm('rollback', '--model', 'parts');
    const after = await readCurrent(store, 'parts');
    expect(after?.version).toBe(earlier?.version);
    expect(after?.history).toHaveLength((before?.history.length ?? 0) + 1);
  }, 300_000);

  test('a token is listed without its text, and gone once it is revoked', async () => {
    const text = (await npm('token', 'create', '--datasets', 'other', '--scopes', 'forecast')).trim();
    const listed = await npm('token', 'list');
    const [, id = ''] = /^(\w+) {2}other {2}forecast$/m.exec(listed) ?? [];
    expect(id).not.toBe('');
    expect(listed).not.toContain(text);
    await npm('token', 'revoke', id);
    expect(await npm('token', 'list')).not.toContain(id);
  }, 300_000);

  test('destroy removes the stack and keeps the data, until it is told to delete them', async () => {
    const { cloud, deployment } = stage();
    const Bucket = deployment.outputs.BucketName;
    await timed(stage(), 'destroy', () => destroy(cloud.environment, settings));
    expect(await readCurrent(deployment.store, 'electricity')).not.toBeNull();
    expect(await jobsOf(deployment, 'parts')).toHaveLength(3);
    await expect(npm('token', 'list')).rejects.toThrow('--stack must name a stack of Tidecast, got Proof');

    await timed(stage(), 'destroy --delete-data', () =>
      destroy(cloud.environment, settings, '--delete-data', '--bucket', Bucket),
    );
    await expect(new S3Client({}).send(new HeadBucketCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NotFound',
    });
  }, 300_000);
}
