import { keys } from '../../../shared/store/index.ts';
import { decodeCheckpoint } from '../../../shared/train/index.ts';
import { hourlyTable } from '../../support/job.ts';
import { ended, functionOf, until } from '../support/deployment.ts';
import { killFunction } from '../support/functions.ts';
import { bundleOf, configurations, history, put, type Stage, timed } from './stage.ts';

const dataset = 'killed';

/** A slice that is killed. */
export function describeKill(stage: () => Stage): void {
  test('a slice whose process is killed costs what came after its last checkpoint, and the model is the same', async () => {
    const { cloud, deployment, here } = stage();
    const train = functionOf(deployment, 'train');
    const written = () =>
      cloud.recorder.calls.filter(
        ({ key, action, resource }) =>
          key === train.accessKey &&
          action === 's3:PutObject' &&
          resource.includes(`/runs/${dataset}/`) &&
          resource.endsWith('/choose.checkpoint'),
      ).length;
    await put(stage(), keys.configuration(dataset), configurations.killed);
    await put(stage(), keys.upload(dataset, 'table.csv'), hourlyTable());
    await until('two checkpoints', async () => written() >= 2);
    expect(killFunction(cloud.emulator.group, train)).toBeGreaterThan(0);
    const before = written();

    const job = await timed(stage(), 'a killed slice to model', () => ended(deployment, dataset));
    expect(job).toMatchObject({ status: 'done', error: null });
    expect(await bundleOf(stage(), dataset, job.version)).toEqual(here.killed.files);

    const versions = await history(stage(), keys.memberFile(dataset, job.job, 0, 'choose.checkpoint'));
    const steps = versions.map((bytes) => decodeCheckpoint(bytes).state.step);
    // Had it begun again, the steps would fall back behind the kill; had it not been killed, nothing would be shown.
    expect(steps.slice(before).every((step) => step > (steps[before - 1] ?? 0))).toBe(true);
    expect(steps[0]).toBeGreaterThan(0);
  }, 300_000);
}
