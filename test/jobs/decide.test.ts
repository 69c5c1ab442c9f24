import { readBundle } from '../../shared/bundle/index.ts';
import { parseConfiguration } from '../../shared/documents/index.ts';
import { loadPrepared, plan, runJob } from '../../shared/jobs/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { hourlyTable, scratch, smallTask } from '../support/job.ts';

const folder = scratch('decide');

/** A plan within so much time, with nothing said of members and transforms. */
async function planned(budget: string, table: string, more: object = {}) {
  const store = fileStore(folder.root());
  const configuration = parseConfiguration({ units: 8, horizon: 12, budget, ...more });
  const task = { store, dataset: 'd', job: 'j', files: [folder.table(table)], configuration, parent: null };
  await plan({ ...task, processes: 2 });
  return loadPrepared(store, 'd', 'j');
}

test('a second is too short: one member, nothing tried, and the reasons say so', async () => {
  const { plan: document, views, steps } = await planned('1s', hourlyTable());
  expect(document.configuration.members).toBe(1);
  expect(views.map(({ members }) => members.length)).toEqual([1]);
  expect(steps).toBeGreaterThanOrEqual(20);
  expect(document.reasons).toEqual({
    transform: 'log: by rule, there is no time to try others',
    seasons: '24: by rule, there is no time to try others',
    budget: expect.stringMatching(
      /^1 member of at most \d+ steps, no time to try shapes: .* 1 s are too short for this data/,
    ),
  });
});

test('a series without a window to be judged by is planned all the same, with the members that are said', async () => {
  const { plan: document } = await planned('1s', hourlyTable({ items: 1, hours: 16 }), { members: 3 });
  expect(document.windows).toEqual([{ fit: 16, calibrate: [], report: [] }]);
  expect(document.configuration.members).toBe(3);
  expect(document.reasons.budget).toMatch(/^3 members of at most \d+ steps/);
});

test('a job of five seconds is planned once; going on trains as it says, and bundle and report say it too', async () => {
  const task = smallTask(folder.root(), folder.table(hourlyTable()), { budget: '5s', members: undefined });
  const store = fileStore(task.root);
  const stopped = await runJob({ ...task, signal: AbortSignal.abort() });
  expect(stopped.job.status).toBe('cancelled');
  const { plan: document, steps } = await loadPrepared(store, 'small', stopped.job.job);
  const { job } = await runJob(task);
  const { description, file } = await readBundle(store, keys.model('small', job.version ?? ''));
  expect(description.configuration).toMatchObject({ budget: '5s', members: document.configuration.members });
  expect(description.members).toHaveLength(document.configuration.members);
  expect(description.members[0]?.steps).toBeLessThanOrEqual(steps);
  expect(description.reasons).toMatchObject(document.reasons);
  const report = JSON.parse(Buffer.from(await file('report.json')).toString());
  expect(report.reasons).toEqual(description.reasons);
}, 60_000);
