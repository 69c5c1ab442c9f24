import { openSession, tensor } from '../../shared/graph/index.ts';
import {
  type CellName,
  contextLength,
  drawParameters,
  exportForecaster,
  type ForecasterSettings,
  memberLayout,
} from '../../shared/model/index.ts';
import * as train from '../../shared/train/index.ts';
import {
  adam,
  memberTraining,
  onnxruntimeEngine,
  startState,
  type Tensors,
} from '../../shared/train/index.ts';
import { ask, movedParameters, type Rows, seasonal, tinySettings } from '../support/forecaster.ts';

/** A forecaster of one member. */
function single(cell: CellName, options: Partial<ForecasterSettings> = {}): ForecasterSettings {
  const members = [{ cell, units: 6, window: 7, scale: 'local', seed: 1 }] as const;
  return tinySettings({ members, ...options });
}

const rowsOf = (settings: ForecasterSettings): number => contextLength(settings) + settings.horizon;

/** Cuttings of noisy seasons, each channel another one. */
function batchOf(settings: ForecasterSettings, size: number, from = 0): Tensors {
  const rows = rowsOf(settings);
  const items = Array.from({ length: size }, (_, i): Rows => {
    const channels = Array.from({ length: settings.channels }, (_c, c) =>
      seasonal(rows, 1 + from + i + 100 * c),
    );
    return Array.from({ length: rows }, (_r, t) => channels.map((channel) => channel[t] ?? Number.NaN));
  });
  return {
    values: tensor('float64', [size, rows, settings.channels], items.flat(2)),
    start: tensor('int64', [size], Array(size).fill(0)),
  };
}

async function lossesOf(settings: ForecasterSettings, steps: number): Promise<number[]> {
  const [member] = settings.members;
  if (!member) throw new RangeError('there is a member');
  const losses: number[] = [];
  await train.fit({
    engine: onnxruntimeEngine(),
    graph: memberTraining(settings, member),
    parameters: drawParameters(memberLayout(settings, member), member.seed),
    examples: 32,
    settings: {
      steps,
      batchSize: 16,
      seed: 1,
      optimiser: { ...adam, clipNorm: 1 },
      schedule: { kind: 'constant', rate: 0.01 },
    },
    batch: (examples) => batchOf(settings, examples.length, examples[0]),
    onProgress: ({ loss }) => losses.push(loss),
  });
  return losses;
}

const meanOf = (numbers: readonly number[]): number =>
  numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

test.each([
  ['lstm', {}],
  ['gru', {}],
  ['dual', {}],
  ['elman', {}],
  ['lstm', { channels: 2 }],
  ['lstm', { channels: 2, joint: true }],
] as const)('a member of %s cells learns a season, %p: the loss halves', async (cell, options) => {
  const losses = await lossesOf(single(cell, options), 80);
  expect(losses.every(Number.isFinite)).toBe(true);
  expect(meanOf(losses.slice(-10))).toBeLessThan(0.5 * meanOf(losses.slice(0, 3)));
});

/** Twice the pinball loss, averaged over levels and steps, in units of the history's mean change. */
function scoreOf(quantiles: Float64Array, actual: readonly number[], history: readonly number[]): number {
  const changes = history.slice(1).map((value, i) => Math.abs(value - (history[i] ?? Number.NaN)));
  const levels = [0.1, 0.5, 0.9];
  const losses = actual.flatMap((value, step) =>
    levels.map((level, i) => {
      const error = value - (quantiles[3 * step + i] ?? Number.NaN);
      return 2 * Math.max(level * error, (level - 1) * error);
    }),
  );
  return meanOf(losses) / meanOf(changes);
}

test.each(['lstm', 'gru', 'dual', 'elman'] as const)(
  'the score that training sees of a member of %s cells is that of the exported forecaster, within 1e-5',
  async (cell) => {
    const settings = single(cell);
    const [member] = settings.members;
    if (!member) throw new RangeError('there is a member');
    // Drawn parameters with the read-out's bias moved would cross; sorting is the export's own.
    const parameters = drawParameters(memberLayout(settings, member), member.seed);
    for (const { part, name, offset, size } of memberLayout(settings, member)) {
      if (part !== 'quantiles' || name !== 'bias') continue;
      for (let i = 0; i < size; i++) parameters[offset + i] = (i % 3) - 1.1;
    }
    const batch = batchOf(settings, 1);
    const all = Array.from(batch.values?.data as Float64Array);
    const length = contextLength(settings);
    const trainer = await onnxruntimeEngine().createTrainer(
      memberTraining(settings, member),
      adam,
      startState(parameters),
    );
    const { score } = await trainer.evaluate(batch, ['score']);
    await trainer.release();
    const session = await openSession(await exportForecaster(settings, [parameters], [1, 1, 1], {}));
    const history = all.slice(0, length);
    const { quantiles } = await ask(session, [history.map((value) => [value])]);
    await session.release();
    expect(Number(score?.data[0]) / scoreOf(quantiles, all.slice(length), history)).toBeCloseTo(1, 5);
  },
);

test('targets that are missing, and steps before the first observations that a step needs, do not count', async () => {
  const settings = single('lstm');
  const [member] = settings.members;
  const [parameters] = movedParameters(settings);
  if (!member || !parameters) throw new RangeError('there is a member');
  const trainer = await onnxruntimeEngine().createTrainer(
    memberTraining(settings, member),
    adam,
    startState(parameters),
  );
  const batch = batchOf(settings, 1);
  const lossWith = async (change: (row: number) => boolean) => {
    const values = Array.from(batch.values?.data as Float64Array, (value, row) =>
      change(row) ? Number.NaN : value,
    );
    const { loss } = await trainer.evaluate(
      { ...batch, values: tensor('float64', [1, values.length, 1], values) },
      ['loss'],
    );
    return Number(loss?.data[0]);
  };
  const rows = rowsOf(settings);
  expect(await lossWith(() => true)).toBe(0);
  // Two observations in all: fewer than the three that a step needs.
  expect(await lossWith((row) => row !== rows - 4 && row !== rows - 5)).toBe(0);
  expect(await lossWith((row) => row >= rows - 3)).toBeGreaterThan(0);
  await trainer.release();
});
