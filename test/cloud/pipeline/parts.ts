import { setTimeout as sleep } from 'node:timers/promises';
import { readBundle, readCurrent } from '../../../shared/bundle/index.ts';
import type { Job } from '../../../shared/documents/index.ts';
import { keys } from '../../../shared/store/index.ts';
import { hourlyTable } from '../../support/job.ts';
import { ended, executionOf, jobsOf, looks } from '../support/deployment.ts';
import { configurations, put, type Stage, timed } from './stage.ts';

const dataset = 'parts';
const table = hourlyTable({ items: 5, hours: 1000 });
/** An item that the first parts do not have. */
const newItem = 'item 4';
const name = (part: number): string => `part-${String(part).padStart(2, '0')}.csv`;

/** The rows of some hours. */
function rowsOf(from: number, to: number, without?: string): string {
  const [header, ...rows] = table.trim().split('\n');
  const wanted = rows.filter((row) => {
    if (without !== undefined && row.startsWith(`${without},`)) return false;
    const hour = (Date.parse(`${row.split(',')[1]}Z`) - Date.UTC(2024, 0, 1)) / 3_600_000;
    return hour >= from && hour < to;
  });
  return `${[header, ...wanted].join('\n')}\n`;
}

/** The small configuration with another budget. */
const trainedFor = (steps: number): string => configurations.small.replace('60steps', `${steps}steps`);

/** A table in parts: all at once, one more, and a configuration that makes a worse model. */
export function describeParts(stage: () => Stage): void {
  let first: Job;
  let second: Job;

  test('ten parts uploaded in a row become one job on all ten', async () => {
    const { deployment } = stage();
    await put(stage(), keys.configuration(dataset), trainedFor(5));
    // Out of order, and for longer than the tolerance of the quiet period.
    for (const part of [3, 9, 0, 5, 1, 8, 2, 7, 6, 4]) {
      await put(stage(), keys.upload(dataset, name(part)), rowsOf(60 * part, 60 * part + 60, newItem));
      await sleep(300);
    }
    first = await timed(stage(), 'ten parts to model', () => ended(deployment, dataset));
    expect(first).toMatchObject({ status: 'done', promoted: true });
    const parts = first.inputs.objects.map(({ key }) => key);
    const files = Array.from({ length: 10 }, (_, part) => keys.upload(dataset, name(part)));
    expect(parts).toEqual([...files, keys.configuration(dataset)]);
    expect(await jobsOf(deployment, dataset)).toEqual([first.job]);
    const said = await looks(deployment, dataset);
    expect(said.filter(({ kind }) => kind === 'started')).toHaveLength(1);
    expect(said.reduce((sum, { messages }) => sum + messages, 0)).toBeGreaterThanOrEqual(5);
  }, 300_000);

  test('a new part, with an item more, makes a version that starts from the weights of the one that serves', async () => {
    const { deployment } = stage();
    const { store } = deployment;
    await put(stage(), keys.configuration(dataset), trainedFor(60));
    await put(stage(), keys.upload(dataset, name(10)), rowsOf(600, 1000));
    second = await timed(stage(), 'a new part to model', () => ended(deployment, dataset, first.job));
    expect(second).toMatchObject({ status: 'done', inputs: { parent: first.version } });
    const handedDown = await store.get(keys.parentParameters(dataset, second.job));
    const parent = await readBundle(store, keys.model(dataset, first.version ?? ''));
    expect(handedDown?.bytes).toEqual(await parent.file('parameters.bin'));
    const { description } = await readBundle(store, keys.model(dataset, second.version ?? ''));
    expect(description.parent).toBe(first.version);
    // It was trained for longer, so it wins on what neither has seen.
    expect(second).toMatchObject({ promoted: true, reason: expect.stringContaining('new windows') });
    const current = await readCurrent(store, dataset);
    expect(current?.history.map(({ version }) => version)).toEqual([second.version, first.version]);
  }, 300_000);

  test('a version that forecasts worse than the one that serves is kept, and does not serve', async () => {
    const { deployment } = stage();
    const before = await readCurrent(deployment.store, dataset);
    // Another width: it cannot start from the weights of the one that serves.
    await put(stage(), keys.configuration(dataset), trainedFor(1).replace('units: 8', 'units: 4'));
    const third = await timed(stage(), 'a worse version', () => ended(deployment, dataset, second.job));
    expect(third).toMatchObject({ status: 'done', promoted: false });
    expect(third.version).not.toBe(before?.version);
    expect(await readCurrent(deployment.store, dataset)).toEqual(before);
    expect(await executionOf(deployment, third.job)).toBe('SUCCEEDED');
  }, 300_000);
}
