import * as g from '../../shared/graph/index.ts';
import { type LossSettings, lossOf } from '../../shared/train/index.ts';
import { checkGradient, random } from '../support/gradient.ts';

async function evaluate(
  loss: LossSettings,
  prediction: number[],
  target: number[],
  weights?: number[],
): Promise<number> {
  const float = (numbers: number[]) =>
    g.constant(numbers, 'float64', [target.length, numbers.length / target.length]);
  const value = lossOf(loss, float(prediction), float(target), weights && float(weights));
  const session = await g.openSession({ inputs: [], outputs: { value } });
  return Number((await session.run({})).value?.data[0]);
}

describe('the loss of hand-made numbers', () => {
  const { NaN: missing } = Number;
  test.each<[string, LossSettings, number[], number[], number]>([
    ['mse is the mean square', { kind: 'mse' }, [1, 5], [0, 2], (1 + 9) / 2],
    ['mae is the mean distance', { kind: 'mae' }, [1, 5], [0, 2], (1 + 3) / 2],
    [
      'huber is quadratic inside delta and linear beyond',
      { kind: 'huber', delta: 1 },
      [0.5, 3],
      [0, 0],
      (0.125 + 2.5) / 2,
    ],
    ['pinball at the median is the distance', { kind: 'pinball', levels: [0.5] }, [1, 5], [0, 2], 2],
    ['pinball charges being below by its level', { kind: 'pinball', levels: [0.9] }, [0], [10], 2 * 0.9 * 10],
    ['pinball charges being above by the rest', { kind: 'pinball', levels: [0.9] }, [10], [0], 2 * 0.1 * 10],
    [
      'pinball averages over the levels',
      { kind: 'pinball', levels: [0.1, 0.9] },
      [0, 0],
      [10],
      (2 * 0.1 * 10 + 2 * 0.9 * 10) / 2,
    ],
    ['missing targets do not count', { kind: 'mae' }, [1, 5, 100], [0, 2, missing], 2],
    ['nothing observed is no loss', { kind: 'mse' }, [1], [missing], 0],
  ])('%s', async (_, loss, prediction, target, expected) => {
    expect(await evaluate(loss, prediction, target)).toBeCloseTo(expected, 12);
  });

  test('weights make an average of weighted losses', async () => {
    expect(await evaluate({ kind: 'mae' }, [1, 5], [0, 2], [3, 1])).toBeCloseTo((3 * 1 + 1 * 3) / 4, 12);
  });
});

test.each<[LossSettings]>([
  [{ kind: 'mse' }],
  [{ kind: 'mae' }],
  [{ kind: 'huber', delta: 0.3 }],
  [{ kind: 'pinball', levels: [0.1, 0.5, 0.9] }],
])('%j has the gradient of central differences, with missing targets', async (loss) => {
  const target = g.constant([0.3, Number.NaN, -0.2, 0.9, Number.NaN, 0.05], 'float64', [2, 3]);
  const outputs = loss.kind === 'pinball' ? 9 : 3;
  const { worst } = await checkGradient([random([2, outputs])], (prediction) =>
    lossOf(loss, prediction, target),
  );
  expect(worst).toBeLessThan(1e-7);
});

test.each<[string, LossSettings, string]>([
  [
    'a level outside (0, 1)',
    { kind: 'pinball', levels: [0.5, 1] },
    'quantile levels must rise and lie strictly between 0 and 1, got [0.5,1]',
  ],
  [
    'levels out of order',
    { kind: 'pinball', levels: [0.9, 0.1] },
    'quantile levels must rise and lie strictly between 0 and 1, got [0.9,0.1]',
  ],
  ['a level twice', { kind: 'pinball', levels: [0.5, 0.5] }, 'quantile levels must rise'],
  ['no level', { kind: 'pinball', levels: [] }, 'quantile levels must rise'],
  ['a huber delta of 0', { kind: 'huber', delta: 0 }, 'delta must be above 0, got 0'],
])('%s is refused', async (_, loss, message) => {
  await expect(evaluate(loss, [0], [0])).rejects.toThrow(message);
});
