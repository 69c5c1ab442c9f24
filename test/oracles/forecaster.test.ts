import { join } from 'node:path';
import { type Bundle, readBundle } from '../../shared/bundle/index.ts';
import { parseConfiguration } from '../../shared/documents/index.ts';
import { forecastItems, type ItemForecast } from '../../shared/forecast/index.ts';
import { openSession } from '../../shared/graph/index.ts';
import { loadPrepared, modelShape, runJob } from '../../shared/jobs/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import { scratch } from '../support/job.ts';
import { runPython } from './python.ts';

const table = 'examples/electricity/electricity.csv';
const known = ['Exogenous1', 'Exogenous2', ...[0, 1, 2, 3, 4, 5, 6].map((day) => `day_${day}`)];
const horizon = 24;
const folder = scratch('oracle');

/** A history of so many rows, ending before a row. */
interface Cut {
  readonly item: string;
  readonly end: number;
  readonly length: number;
}

interface PythonTensor {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly data: readonly number[];
}

interface PythonAnswer {
  readonly complaint: string | null;
  readonly inputs: readonly (readonly [string, string, readonly (string | number)[]])[];
  readonly outputs: PythonAnswer['inputs'];
  readonly runs: readonly Readonly<Record<'quantiles' | 'mean', PythonTensor>>[];
}

const alone: readonly Cut[] = [1, 2, 30, 168, 169, 500, 1600].map((length) => ({
  ...{ item: 'DE', end: 1620, length },
}));
const together: readonly Cut[] = ['BE', 'DE', 'FR', 'NP'].flatMap((item, i) =>
  [40, 400, 1200].map((length) => ({ item, end: 1300 + 7 * i, length })),
);
const batches = [...alone.map((cut) => [cut]), together];

let bundle: Bundle;
let python: PythonAnswer;
let node: readonly (readonly ItemForecast[])[] = [];

beforeAll(async () => {
  const root = folder.root();
  const store = fileStore(root);
  const { job } = await runJob({
    ...{ root, dataset: 'power', files: [table], processes: 2 },
    configuration: parseConfiguration({ members: 2, budget: '40steps', horizon, columns: { known } }),
  });
  const prefix = keys.model('power', job.version ?? '');
  bundle = await readBundle(store, prefix);
  const { series, settings } = await loadPrepared(store, 'power', job.job);
  const model = modelShape(settings);
  const session = await openSession(bundle.forecaster);
  const historyAt = ({ item, end, length }: Cut) => {
    const whole = series.find((one) => one.item === item);
    if (!whole) throw new RangeError(`there is no ${item}`);
    const first = end - length;
    return {
      item,
      start: whole.start + first,
      history: whole.target.subarray(first, end),
      known: whole.known.subarray(first * known.length, (end + horizon) * known.length),
    };
  };
  node = await Promise.all(batches.map((batch) => forecastItems(session, model, batch.map(historyAt))));
  await session.release();
  python = runPython<PythonAnswer>('forecast_csv.py', {
    onnx: join(root, prefix, 'forecaster.onnx'),
    bundle: join(root, prefix, 'bundle.json'),
    columns: { item: 'unique_id', time: 'ds' },
    ...{ table, batches },
  });
}, 180_000);

test("the forecaster of a bundle passes onnx's checker with full shape inference", () => {
  expect(python.complaint).toBeNull();
});

test('it has the inputs and outputs of the contract', () => {
  expect(bundle.description.covariates.known).toEqual(known);
  expect(python.inputs).toEqual([
    ['history', 'tensor(double)', ['batch', 'time', 1]],
    ['start', 'tensor(int64)', ['batch']],
    ['known', 'tensor(double)', ['batch', 'time+horizon', known.length]],
  ]);
  expect(python.outputs.map(([name, type]) => [name, type])).toEqual([
    ['quantiles', 'tensor(double)'],
    ['mean', 'tensor(double)'],
  ]);
  expect(python.runs.at(-1)?.quantiles.shape).toEqual([together.length, horizon, 1, 9]);
  expect(python.runs.at(-1)?.mean.shape).toEqual([together.length, horizon, 1]);
});

/** The largest relative difference of the forecasts of a batch. */
function relative(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  // Quantiles of a series that was never below zero may be zero.
  return Math.max(
    ...found.map((value, i) =>
      value === expected[i] ? 0 : Math.abs(value / (expected[i] ?? Number.NaN) - 1),
    ),
  );
}

const titles = [...alone.map(({ length }) => `a history of ${length} hours`), 'a batch of 12 histories'];

test.each(titles.map((title, i) => [title, i] as const))(
  "fed by Python from the table's raw numbers, %s gives Node's forecast within 1e-5",
  (_, i) => {
    const run = python.runs[i];
    const items = node[i] ?? [];
    const quantiles = items.flatMap((item) => Array.from(item.quantiles));
    const mean = items.flatMap((item) => Array.from(item.mean));
    expect(relative(run?.quantiles.data ?? [], quantiles)).toBeLessThan(1e-5);
    expect(relative(run?.mean.data ?? [], mean)).toBeLessThan(1e-5);
  },
);
