import { staticTensors } from '../../shared/forecast/index.ts';
import { openSession, tensor } from '../../shared/graph/index.ts';
import { windowChunks } from '../../shared/jobs/chunks.ts';
import { cropTensors } from '../../shared/jobs/crops.ts';
import {
  type CellName,
  drawParameters,
  exportForecaster,
  type ForecasterSettings,
  type MemberSettings,
  memberLayout,
  rowNames,
  type Transform,
} from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import {
  adam,
  memberTraining,
  onnxruntimeEngine,
  startState,
  type Tensors,
} from '../../shared/train/index.ts';
import { exampleSource, featuresOf, seriesOfRows, trainOn } from '../support/examples.ts';
import { ask, movedParameters, type Rows, seasonal, tinySettings } from '../support/forecaster.ts';

/** A forecaster of one member. */
function single(cell: CellName, options: Partial<ForecasterSettings> = {}) {
  const member: MemberSettings = {
    cell,
    units: 6,
    window: 7,
    scale: 'local',
    theta: true,
    weighting: 0,
    seed: 1,
  };
  return { settings: tinySettings({ members: [member], ...options }), member };
}

/** Noisy seasons, each channel another one. */
const rowsOf = (channels: number, length: number, seed: number): Rows => {
  const all = Array.from({ length: channels }, (_, c) => seasonal(length, seed + 100 * c));
  return Array.from({ length }, (_, t) => all.map((channel) => channel[t] ?? Number.NaN));
};

const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

test.each([
  ['lstm', {}],
  ['gru', {}],
  ['dual', {}],
  ['elman', {}],
  ['lstm', { channels: 2 }],
  ['lstm', { channels: 2, joint: true }],
] as const)(
  'a member of %s cells learns a season that no index takes out, %p: the loss falls by a third',
  async (cell, options) => {
    const { settings, member } = single(cell, { seasons: [], ...options });
    const series = Array.from({ length: 16 }, (_, i) => seriesOfRows(rowsOf(settings.channels, 60, i + 1)));
    const { losses } = await trainOn(settings, { ...member, theta: false }, series, 100, 0.01);
    expect(losses.every(Number.isFinite)).toBe(true);
    expect(meanOf(losses.slice(-10))).toBeLessThan(0.67 * meanOf(losses.slice(0, 3)));
  },
);

/** The way back from z, written again: by the last value and the mean change. */
function backOf(transform: Transform, history: readonly number[]): (z: number) => number {
  const last = history.at(-1) ?? Number.NaN;
  if (transform === 'log') return (z) => last * Math.exp(z);
  const changes = history.slice(1).map((value, i) => Math.abs(value - (history[i] ?? Number.NaN)));
  if (transform === 'identity') return (z) => last + z * meanOf(changes);
  const median = (numbers: readonly number[]) => {
    const sorted = [...numbers].sort((a, b) => a - b);
    const half = Math.floor(sorted.length / 2);
    return sorted.length % 2 ? (sorted[half] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2;
  };
  const middle = median(history);
  const spread = Math.max(
    1.4826 * median(history.map((value) => Math.abs(value - middle))),
    meanOf(changes) / 2,
  );
  return (z) => middle + spread * Math.sinh(z);
}

/** Two past covariates with gaps, a known one, and static ones of which one value is unknown. */
const covered: Partial<ForecasterSettings> = {
  known: 1,
  past: 2,
  statics: [
    { name: 'size', kind: 'number', mean: 10, deviation: 3 },
    { name: 'region', kind: 'category', values: ['north', 'south', 'east'] },
    { name: 'kind', kind: 'category', values: ['x', 'y'] },
    { name: 'age', kind: 'number', mean: -1, deviation: 1e3 },
  ],
};
const described = { size: 14, region: 'south', kind: 'z' };
const manyOf = (count: number, length: number, seed: number): number[][] =>
  Array.from({ length }, (_, t) =>
    Array.from({ length: count }, (_column, k) =>
      (t + k) % 5 === 1 ? Number.NaN : (seasonal(length, seed + k)[t] ?? Number.NaN),
    ),
  );

describe.each(['lstm', 'gru', 'dual', 'elman'] as const)('a member of %s cells', (cell) => {
  test.each([
    ['identity', 40],
    ['identity', 9],
    ['log', 40],
    ['log', 6],
    ['asinh', 40],
    ['identity', 40, covered],
    ['log', 9, covered],
    ['identity', 23, { ...covered, channels: 2, joint: true, transform: 'identity' }],
  ] as const)(
    'forecasts in training what the exported forecaster forecasts: %s, %p periods, within 1e-5',
    async (transform, periods, more: Partial<ForecasterSettings> = {}) => {
      const { settings, member } = single(cell, { transform, gaps: false, ...more });
      const { channels, past, known } = settings;
      const pasts = manyOf(past, periods, 31);
      const knowns = manyOf(known, periods + settings.horizon, 32);
      const parameters = movedParameters(settings)[0] ?? new Float32Array();
      // Below zero too, where the transform allows it: a series that never was is not forecast to be.
      const history = seasonal(periods).map((value) => (transform === 'asinh' ? value - 100 : value));
      const [chunk] = windowChunks(settings, [
        {
          series: seriesOfRows(
            history.map((value) => Array<number>(channels).fill(value)),
            3,
            {
              known: Float64Array.from(knowns.flat()),
              past: Float64Array.from([...pasts, Array<number>(past).fill(1e6)].flat()),
              statics: settings.statics.length > 0 ? described : {},
            },
          ),
          origin: periods - 1,
        },
      ]);
      if (!chunk) throw new RangeError('there is a window');
      const steps = Math.min(settings.steps, Math.floor((periods - settings.first) / settings.stride) + 1);
      const first = settings.context - 1 - settings.stride * (steps - 1);
      const [features] = await featuresOf(settings, [chunk]);
      const trainer = await onnxruntimeEngine().createTrainer(
        memberTraining(settings, member),
        adam,
        startState(parameters),
      );
      const batch = cropTensors(settings, member, [
        { chunk, features: features ?? new Float32Array(), first },
      ]);
      const { quantiles } = await trainer.evaluate(batch, ['quantiles']);
      await trainer.release();
      const width = settings.horizon * settings.levels.length;
      const back = backOf(transform, history);
      const trained = Array.from(quantiles?.data as Float32Array)
        .slice((steps - 1) * width * channels, ((steps - 1) * channels + 1) * width)
        .map(back);

      const session = await openSession(
        await exportForecaster([{ settings, parameters: [parameters] }], [1, 1, 1], {}),
      );
      const all = await ask(session, [history.map((value) => Array<number>(channels).fill(value))], {
        starts: [3],
        ...(known > 0 && { known: [knowns] }),
        ...(past > 0 && { past: [pasts] }),
        statics: staticTensors(settings.statics, [described]),
      });
      // Of the first channel.
      const served = {
        quantiles: all.quantiles.filter((_, i) => Math.floor(i / settings.levels.length) % channels === 0),
      };
      await session.release();
      const spread = Math.max(...served.quantiles) - Math.min(...served.quantiles);
      for (let i = 0; i < width; i += 3) {
        const row = trained.slice(i, i + 3).sort((a, b) => a - b);
        row.forEach((value, j) => {
          expect(Math.abs(value - (served.quantiles[i + j] ?? Number.NaN)) / spread).toBeLessThan(1e-5);
        });
      }
    },
  );
});

test('a past covariate that leads the series by one period is learned: the loss falls below 0.7 of that without it', async () => {
  const series = Array.from({ length: 16 }, (_, i) => {
    const random = createRandom(i + 1);
    const lead = Array.from({ length: 60 }, () => random.normal());
    const rows = lead.map((_value, t) => [3 * (lead[t - 1] ?? 0) + 0.1 * random.normal()]);
    return seriesOfRows(rows, 0, { past: Float64Array.from(lead) });
  });
  const lossWith = async (past: number) => {
    const { settings, member } = single('lstm', { seasons: [], horizon: 1, past });
    const { losses } = await trainOn(settings, { ...member, theta: false }, series, 150, 0.01);
    return meanOf(losses.slice(-10));
  };
  expect(await lossWith(1)).toBeLessThan(0.7 * (await lossWith(0)));
});

test('targets that are missing do not count, and a series that weighs nothing neither', async () => {
  const { settings, member } = single('lstm');
  const parameters = drawParameters(memberLayout(settings, member), 1);
  const trainer = await onnxruntimeEngine().createTrainer(
    memberTraining(settings, member),
    adam,
    startState(parameters),
  );
  const draw = await exampleSource(settings, member, [
    seriesOfRows(rowsOf(1, 60, 1)),
    seriesOfRows(rowsOf(1, 60, 2)),
  ]);
  const batch = draw(2, createRandom(1));
  const names = rowNames(settings);
  const lossWith = async (change: Partial<Tensors>): Promise<number> => {
    const { loss } = await trainer.evaluate({ ...batch, ...change } as Tensors, ['loss']);
    return Number(loss?.data[0]);
  };
  const without = (missing: (i: number) => boolean) => {
    const { shape = [], data } = batch.rows ?? {};
    const numbers = Array.from(data as Float32Array, (value, i) =>
      i % names.length === names.indexOf('target') && missing(i) ? Number.NaN : value,
    );
    return { rows: tensor('float32', shape, numbers) };
  };
  const half = (batch.rows?.data.length ?? 0) / 2;
  const both = await lossWith({});
  const [first, second] = [
    await lossWith({ weight: tensor('float32', [2], [1, 0]) }),
    await lossWith({ weight: tensor('float32', [2], [0, 1]) }),
  ];
  expect(await lossWith(without(() => true))).toBe(0);
  expect(await lossWith(without((i) => i >= half))).toBeCloseTo(first, 5);
  expect(await lossWith(without((i) => i < half))).toBeCloseTo(second, 5);
  expect(both).toBeCloseTo((first + second) / 2, 5);
  await trainer.release();
});
