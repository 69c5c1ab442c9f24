import * as g from '../../shared/graph/index.ts';
import {
  type CellName,
  forward,
  initialParameters,
  type LayerStates,
  type NetworkOptions,
  networkSettings,
  parameterCount,
  runByStep,
  runFused,
  weightsOf,
} from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { checkGradient, named } from '../support/gradient.ts';

const cellNames: readonly CellName[] = ['elman', 'dual', 'gru', 'lstm'];
const small = { inputs: 2, units: 3, outputs: 2 } as const;

describe.each(cellNames)('%s', (cell) => {
  test.each([1, 2, 30])('has the gradient of central differences through %d steps', async (steps) => {
    const settings = networkSettings({ cell, ...small, initialState: 'learned' });
    const vector = Array.from(initialParameters(settings), (number) => 2 * number);
    const operands = [
      { shape: [vector.length], actual: [vector.length], numbers: vector },
      named(['batch', 'time', 2], [2, steps, 2]),
    ];
    const { worst } = await checkGradient(operands, (parameters, x) =>
      g.reduceSum(g.square(forward(settings, { x, weights: weightsOf(settings, parameters) }).output)),
    );
    expect(worst).toBeLessThan(1e-6);
  });

  test('has the gradient of central differences in two layers with dropout, read out at the last step', async () => {
    const settings = networkSettings({ cell, ...small, layers: 2, readout: 'last', dropout: 0.5 });
    const vector = Array.from(initialParameters(settings), (number) => 2 * number);
    const mask = g.constant([2, 0, 2], 'float64');
    const operands = [
      { shape: [vector.length], actual: [vector.length], numbers: vector },
      named(['batch', 'time', 2], [2, 4, 2]),
    ];
    const { worst } = await checkGradient(operands, (parameters, x) =>
      g.reduceSum(
        g.square(
          forward(settings, { x, weights: weightsOf(settings, parameters), masks: [mask, mask] }).output,
        ),
      ),
    );
    expect(worst).toBeLessThan(1e-6);
  });
});

/** Runs a network from given states by its step and by its fused operator. */
async function runBoth(options: NetworkOptions, steps: number) {
  const settings = networkSettings({ initialState: 'given', layers: 2, seed: 3, ...options });
  const scope = g.createScope();
  const parameters = g.input(scope, 'parameters', 'float32', [parameterCount(settings)]);
  const x = g.input(scope, 'x', 'float32', [4, 'time', settings.inputs]);
  const random = createRandom(9);
  const numbers = (size: number) => Array.from({ length: size }, () => random.normal());
  const state = () => g.constant(numbers(4 * settings.units), 'float32', [4, settings.units]);
  const states = settings.cell === 'lstm' ? 2 : 1;
  const initial: LayerStates[] = [0, 1].map(() => Array.from({ length: states }, state));
  const inputs = { x, weights: weightsOf(settings, parameters), initial };
  const [byStep, fused] = [forward(settings, inputs, runByStep), forward(settings, inputs, runFused())];
  const named = (prefix: string, result: typeof byStep) => ({
    [`${prefix}_output`]: result.output,
    ...Object.fromEntries(result.last.flat().map((value, i) => [`${prefix}_last${i}`, value])),
  });
  const session = await g.openSession({
    inputs: [parameters, x],
    outputs: { ...named('step', byStep), ...named('fused', fused) },
  });
  const vector = initialParameters(settings).map((number) => 1.2 * number);
  const result = await session.run({
    parameters: g.tensor('float32', [vector.length], vector),
    x: g.tensor('float32', [4, steps, settings.inputs], numbers(4 * steps * settings.inputs)),
  });
  return Object.keys(result).flatMap((name) => {
    const [one, other] = [result[name], result[name.replace('step', 'fused')]];
    return name.startsWith('step') && one && other ? [[g.numbersOf(one), g.numbersOf(other)] as const] : [];
  });
}

describe('the fused operator equals the step in float32', () => {
  const activations = ['tanh', 'sigmoid', 'relu', 'identity'] as const;
  test.each<[string, NetworkOptions]>([
    ['lstm', { cell: 'lstm', ...small }],
    ['gru', { cell: 'gru', ...small }],
    ...activations.map((f): [string, NetworkOptions] => [
      `elman with ${f}`,
      { cell: 'elman', ...small, activations: { f } },
    ]),
  ])('%s', async (_, options) => {
    const pairs = await runBoth(options, 12);
    expect(pairs.length).toBeGreaterThanOrEqual(3);
    for (const [step, fused] of pairs) {
      expect(step.some((number) => number !== 0)).toBe(true);
      step.forEach((number, i) => {
        expect(Math.abs(number - (fused[i] ?? Number.NaN))).toBeLessThan(
          1e-5 * Math.max(1, Math.abs(number)),
        );
      });
    }
  });

  test('dual has none and says so', async () => {
    await expect(runBoth({ cell: 'dual', ...small }, 2)).rejects.toThrow('dual has no fused operator');
  });
});
