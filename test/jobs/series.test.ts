import { periodsKept, readBundle, readSeries } from '../../shared/bundle/index.ts';
import { forecastItems, shapeOf } from '../../shared/forecast/index.ts';
import { openSession } from '../../shared/graph/index.ts';
import { runJob } from '../../shared/jobs/index.ts';
import { historyOfRecord } from '../../shared/serve/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { hourlyTable, scratch, smallTask } from '../support/job.ts';

const folder = scratch('series');
const root = folder.root();
const store = fileStore(root);

test('a job stores of each item what a forecast reads and three horizons, which change no forecast', async () => {
  const table = hourlyTable({ items: 2, hours: 1600 });
  const { job } = await runJob(smallTask(root, folder.table(table), { members: 1, budget: '10steps' }));
  const { description, forecaster } = await readBundle(store, keys.model('small', job.version ?? ''));
  const { context, horizon } = description;
  const kept = periodsKept(description);
  expect(kept).toBe(context + 3 * horizon);
  const record = (await readSeries(store, 'small', ['item 1'])).get('item 1');
  const observed = table
    .split('\n')
    .filter((line) => line.startsWith('item 1,'))
    .map((line) => Number(line.split(',')[2]));
  expect(observed.length).toBeGreaterThan(kept);
  expect([...(record?.target.data ?? [])]).toEqual(observed.slice(-kept));

  const session = await openSession(forecaster);
  const forecast = async (history: Float64Array, start: number) =>
    forecastItems(session, shapeOf(description), [{ item: 'item 1', start, history }]);
  const last = record?.target.last ?? 0;
  const all = record ? historyOfRecord(record, shapeOf(description)) : null;
  expect(await forecast(all?.history ?? new Float64Array(), all?.start ?? 0)).toEqual(
    await forecast(Float64Array.from(observed.slice(-context)), last - context + 1),
  );
  await session.release();
}, 120_000);
