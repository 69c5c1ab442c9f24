import { readFileSync } from 'node:fs';
import { readCurrent } from '../../../shared/bundle/index.ts';
import { keys } from '../../../shared/store/index.ts';
import { ended, executionOf, executions, functionOf, jobsOf, looks, until } from '../support/deployment.ts';
import { logLines } from '../support/functions.ts';
import { bundleOf, configurations, put, type Stage, timed } from './stage.ts';

const example = 'examples/electricity/electricity.csv';

/** The first upload, the same again, and one that is refused. */
export function describeUploads(stage: () => Stage): void {
  test('an uploaded table becomes, in many slices, byte for byte the model that one machine makes in one', async () => {
    const { deployment, here } = stage();
    await put(stage(), keys.configuration('electricity'), configurations.electricity);
    await put(stage(), keys.upload('electricity', 'electricity.csv'), readFileSync(example));
    const job = await timed(stage(), 'upload to promoted model', () => ended(deployment, 'electricity'));
    expect(job).toMatchObject({ status: 'done', promoted: true, error: null, inputs: { parent: null } });
    expect(await bundleOf(stage(), 'electricity', job.version)).toEqual(here.electricity.files);
    expect((await readCurrent(deployment.store, 'electricity'))?.version).toBe(job.version);
    const lines = await logLines(functionOf(deployment, 'train'));
    expect(lines.filter((line) => line.includes('slice over')).length).toBeGreaterThan(2);
  }, 300_000);

  test('the same file again is seen, and starts no second job', async () => {
    const { deployment } = stage();
    const before = await looks(deployment, 'electricity');
    await put(stage(), keys.upload('electricity', 'electricity.csv'), readFileSync(example));
    const after = await until('the event to be handled', async () => {
      const all = await looks(deployment, 'electricity');
      return all.length > before.length && all;
    });
    expect(after.at(-1)).toMatchObject({ kind: 'done' });
    expect(await jobsOf(deployment, 'electricity')).toHaveLength(1);
    expect(Object.keys(await executions(deployment))).toHaveLength(1);
  }, 300_000);

  test('a table with an error ends in a failed job that says where and what to do, once', async () => {
    const { deployment } = stage();
    const table = 'item_id,timestamp,target\na,2024-01-01,1\na,2024-01-02,1\na,2024-01-03,oops\n';
    await put(stage(), keys.upload('broken', 'table.csv'), table);
    const job = await timed(stage(), 'bad file to failed job', () => ended(deployment, 'broken'));
    expect(job).toMatchObject({ status: 'failed', stage: 'plan', version: null });
    expect(job.error?.message).toMatch(/got "oops" in line 4 of table\.csv/);
    expect(job.error?.remedy).toBeTruthy();
    expect(await executionOf(deployment, job.job)).toBe('FAILED');
    expect(await jobsOf(deployment, 'broken')).toEqual([job.job]);
    expect(await readCurrent(deployment.store, 'broken')).toBeNull();
  }, 300_000);
}
