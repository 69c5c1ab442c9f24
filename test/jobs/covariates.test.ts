import { readBundle, readSeries } from '../../shared/bundle/index.ts';
import { parseConfiguration } from '../../shared/documents/index.ts';
import { forecastItems } from '../../shared/forecast/index.ts';
import { backtest } from '../../shared/jobs/backtest.ts';
import { covariatesOf } from '../../shared/jobs/covariates.ts';
import { loadPrepared, modelShape, runJob } from '../../shared/jobs/index.ts';
import { prepare } from '../../shared/jobs/prepared.ts';
import { createRandom } from '../../shared/random/index.ts';
import { historyOfRecord } from '../../shared/serve/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { movedParameters, openForecaster } from '../support/forecaster.ts';
import { scratch } from '../support/job.ts';

const folder = scratch('covariates');
const root = folder.root();
const store = fileStore(root);

/**
 * Daily random walks that drift up in the north and down in the south, which their noise hides, and that follow the
 * wind of the day before. In the south they are larger.
 */
function table({ items = 10, days = 120 } = {}): string {
  const rows = Array.from({ length: items }, (_, item) => {
    const random = createRandom(item + 1);
    const [region, drift] = item % 2 === 0 ? ['north', 1.5] : ['south', -1.5];
    let [y, wind] = [1000, 0];
    return Array.from({ length: days }, (_row, day) => {
      const time = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
      y += drift + 4 * wind + 3 * random.normal();
      wind = random.normal();
      return `item ${item},${time},${y.toFixed(3)},${wind.toFixed(3)},${(drift > 0 ? 10 : 50) + item},${region},owner ${item}`;
    });
  });
  return `${['item_id,timestamp,target,wind,size,region,owner', ...rows.flat()].join('\n')}\n`;
}

const configuration = parseConfiguration({
  members: 1,
  units: 8,
  budget: '60steps',
  horizon: 7,
  transform: 'identity',
});
let version = '';
let job = '';
beforeAll(async () => {
  const file = folder.table(table());
  const result = await runJob({ root, dataset: 'small', files: [file], configuration, processes: 2 });
  [version, job] = [result.job.version ?? '', result.job.job];
}, 240_000);

test('without a word about them covariates are found, and past ones read where the holdout says that they help', async () => {
  const { description } = await readBundle(store, keys.model('small', version));
  const { known, past, static: statics, unused = [] } = description.covariates;
  expect([known, past]).toEqual([[], ['wind']]);
  expect([...statics.map(({ name }) => name), ...unused].sort()).toEqual(['region', 'size']);
  const { plan } = await loadPrepared(store, 'small', job);
  expect(plan.reasons.covariates).toMatch(
    /^holdout loss of one member: neither past nor static 0\.\d+, past /,
  );
});

test('a plan that reads both makes a forecaster that gives the backtest what it gives a stored item', async () => {
  const { plan, series } = await loadPrepared(store, 'small', job);
  const both = { ...plan, reads: { past: true, statics: true } };
  const { settings } = prepare(both, series);
  expect(covariatesOf(both)).toEqual({
    known: [],
    past: ['wind'],
    static: [
      { name: 'size', kind: 'number' },
      { name: 'region', kind: 'category', values: ['north', 'south'] },
    ],
  });
  const ones = settings.levels.map(() => 1);
  const session = await openForecaster(settings, movedParameters(settings), ones);
  expect(session.inputs).toEqual(['history', 'start', 'past', 'static_number', 'static_category']);
  const record = (await readSeries(store, 'small', ['item 5'])).get('item 5');
  if (!record) throw new Error('it is stored');
  expect(record).toMatchObject({ past: { width: 1 }, statics: { size: 55, region: 'south' } });
  const stored = historyOfRecord(record, modelShape(settings));
  const [served] = await forecastItems(session, modelShape(settings), [stored]);
  const windows = series.filter(({ item }) => item === 'item 5').map((one) => ({ series: one, origin: 119 }));
  const { forecasts } = await backtest(session, modelShape(settings), windows);
  expect(forecasts[0]?.mean).toEqual(served?.mean);
  for (const less of [{ statics: {} }, { past: new Float64Array(120).fill(Number.NaN) }]) {
    const [without] = await forecastItems(session, modelShape(settings), [{ ...stored, ...less }]);
    expect(without?.mean).not.toEqual(served?.mean);
  }
  await session.release();
});

test('a plan that reads neither makes one without such inputs, and says what is unused', async () => {
  const { plan, series } = await loadPrepared(store, 'small', job);
  const none = { ...plan, reads: { past: false, statics: false } };
  const { settings } = prepare(none, series);
  expect([settings.past, settings.statics]).toEqual([0, []]);
  expect(covariatesOf(none)).toEqual({ known: [], past: [], static: [], unused: ['wind', 'size', 'region'] });
});
