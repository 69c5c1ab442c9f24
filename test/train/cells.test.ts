import { numbersOf, tensor } from '../../shared/graph/index.ts';
import { initialParameters, networkSettings } from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import {
  adam,
  type Engine,
  networkTraining,
  onnxruntimeEngine,
  startState,
  tensorflowEngine,
} from '../../shared/train/index.ts';
import { largestDifference } from '../support/compare.ts';

const [batch, time] = [4, 8];

/** A batch of noisy waves, with one target missing. */
function waves() {
  const random = createRandom(2);
  const wave = (t: number, phase: number) => Math.sin(0.8 * t + phase) + 0.1 * random.normal();
  const numbers = (ahead: number) =>
    Array.from({ length: batch * time }, (_, i) => wave((i % time) + ahead, Math.floor(i / time)));
  return {
    x: tensor('float32', [batch, time, 1], numbers(0)),
    y: tensor('float32', [batch, time, 1], numbers(1).with(5, Number.NaN)),
  };
}

/** The output and gradient at the start, and the parameters after 200 steps of Adam. */
async function run(engine: Engine, cell: 'elman' | 'dual' | 'gru' | 'lstm') {
  const settings = networkSettings({
    cell,
    inputs: 1,
    units: 6,
    outputs: 1,
    layers: 2,
    initialState: 'learned',
  });
  const graph = networkTraining(settings, { kind: 'mse' });
  const trainer = await engine.createTrainer(graph, adam, startState(initialParameters(settings)));
  const data = waves();
  const { output } = await trainer.evaluate(data, ['output']);
  const losses = [await trainer.step(data, 0.01)];
  // After one step the first moment is (1 − β₁) times the gradient.
  const gradient = (await trainer.state()).firstMoment.map((moment) => moment / (1 - adam.firstDecay));
  for (let step = 2; step <= 200; step++) losses.push(await trainer.step(data, 0.01));
  const { parameters } = await trainer.state();
  await trainer.release();
  return { output: output ? numbersOf(output) : [], gradient, losses, parameters };
}

describe('TensorFlow.js, with its own gradients, agrees', () => {
  test.each(['elman', 'dual', 'gru', 'lstm'] as const)(
    '%s: values, gradients and 200 steps of Adam',
    async (cell) => {
      const [ours, theirs] = [await run(onnxruntimeEngine(), cell), await run(tensorflowEngine(), cell)];
      expect(ours.losses.at(-1)).toBeLessThan(0.5 * (ours.losses[0] ?? 0));
      expect(largestDifference(ours.output, theirs.output)).toBeLessThan(1e-6);
      expect(largestDifference(ours.gradient, theirs.gradient)).toBeLessThan(1e-6);
      expect(largestDifference(ours.losses, theirs.losses)).toBeLessThan(1e-5);
      expect(largestDifference(ours.parameters, theirs.parameters)).toBeLessThan(1e-4);
    },
  );
});
