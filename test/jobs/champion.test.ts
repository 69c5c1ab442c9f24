import { promote, readBundle, readCurrent, readSeries, writeBundle } from '../../shared/bundle/index.ts';
import { decide } from '../../shared/jobs/champion.ts';
import { runJob } from '../../shared/jobs/index.ts';
import type { Plan } from '../../shared/jobs/plan-document.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { memoryStore, parts } from '../bundle/support.ts';
import { hourlyTable, scratch, smallTask } from '../support/job.ts';

const folder = scratch('champion');
const root = folder.root();
const store = fileStore(root);
const file = folder.table(hourlyTable());

/** Jobs in the order of this file, each deciding about the champion that the one before left. */
const run = async (table: string, seed: number) => {
  const before = await readCurrent(store, 'small');
  const { job } = await runJob({ ...smallTask(root, table, { seed, members: 1, budget: '25steps' }) });
  const wql = async (version = '') =>
    (await readBundle(store, keys.model('small', version))).description.metrics.backtest?.scores.wql ?? 0;
  return { job, before, after: await readCurrent(store, 'small'), wql };
};

test('another seed is another job; without newer data the stated backtests decide', async () => {
  const { job: first } = await run(file, 1);
  const { job, before, after, wql } = await run(file, 2);
  expect(job.job).not.toBe(first.job);
  expect(job.version).not.toBe(first.version);
  const [ours, theirs] = [await wql(job.version ?? ''), await wql(first.version ?? '')];
  const better = ours <= theirs;
  expect(job.promoted).toBe(better);
  expect(job.reason).toBe(
    `${better ? 'at least as good as' : 'worse than'} the champion on the backtests stated by each, without newer data: ` +
      `wQL ${ours.toPrecision(4)} against ${theirs.toPrecision(4)}`,
  );
  expect(before?.version).toBe(first.version);
  expect(after?.version).toBe(better ? job.version : first.version);
}, 60_000);

test('with newer data champion and challenger meet on the windows that neither has seen', async () => {
  const { job, before, after } = await run(folder.table(hourlyTable({ hours: 340 })), 1);
  const [, windows, ours, theirs] =
    /^(?:at least as good as|worse than) the champion on (\d+) new windows: wQL (\S+) against (\S+)$/.exec(
      job.reason ?? '',
    ) ?? [];
  expect(Number(windows)).toBeGreaterThanOrEqual(4);
  expect(job.promoted).toBe(Number(ours) <= Number(theirs));
  expect(after?.version).toBe(job.promoted ? job.version : before?.version);
}, 60_000);

test('the newest observations are kept beside the versions, whichever serves', async () => {
  const target = (await readSeries(store, 'small', ['item 3'])).get('item 3')?.target;
  const hour = Date.UTC(2024, 0, 1) / 3_600_000;
  expect(target?.last).toBe(hour + 339);
  expect(target?.data.at(-1)).toBeCloseTo(Number(hourlyTable({ hours: 340 }).trim().split(',').at(-1)));
});

test('where another version is promoted meanwhile, the decision is made again with that one as the champion', async () => {
  const { store } = memoryStore();
  const write = (seed: number, wql: number) => {
    const { description, ...rest } = parts(seed);
    const backtest = { fit: 'before-origins', scores: { wql } };
    return writeBundle(store, keys.models('power'), {
      ...rest,
      description: { ...description, metrics: { backtest } },
    });
  };
  const [mine, other] = [await write(1, 0.3), await write(2, 0.2)];
  let disturbed = false;
  const put: typeof store.put = async (key, bytes, condition) => {
    if (!disturbed) {
      disturbed = true;
      await promote(store, 'power', { version: other, reason: 'faster', from: null });
    }
    return store.put(key, bytes, condition);
  };
  const verdict = await decide(
    { store: { ...store, put }, plan: { dataset: 'power', knownNames: ['temperature'] } as Plan },
    { horizon: 24, context: 168, channels: 1, known: 1, past: 0, statics: [], levels: [0.1, 0.5, 0.9] },
    {
      ...{ version: mine, windows: [], report: { forecasts: [], outcomes: [] } },
      metrics: { fit: 'before-origins', scores: { wql: 0.3 } },
    },
  );
  expect(verdict).toEqual({
    promoted: false,
    reason:
      'worse than the champion on the backtests stated by each, without newer data: wQL 0.3000 against 0.2000',
  });
  expect(await readCurrent(store, 'power')).toMatchObject({ version: other });
});
