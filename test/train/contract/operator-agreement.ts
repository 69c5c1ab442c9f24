import * as g from '../../../shared/graph/index.ts';
import { adam, type Engine, startState } from '../../../shared/train/index.ts';
import { largestDifference } from '../../support/compare.ts';
import { waves } from '../../support/training.ts';
import { type Build, cases } from './operators.ts';

const start = waves(12, 1.7).map((number) => 2 * number);
const indices = [0, 1, 2, -1, -2, -3, 2, 1, 0, 0, 0, 1];
const fed = {
  index: g.tensor('int64', [3, 4], indices),
  batch: g.tensor('float32', [2, 4], [1, Number.NaN, -2, 0.5, Number.NaN, 0.3, 0.7, -0.1]),
};

/** Value and gradient of Σ w·f(x) on an engine, with fixed weights w. */
async function measure(engine: Engine, build: Build) {
  const scope = g.createScope();
  const parameters = g.input(scope, 'parameters', 'float32', [12]);
  const index = g.input(scope, 'index', 'int64', [3, 4]);
  const batch = g.input(scope, 'batch', 'float32', ['batch', 4]);
  const x = g.reshape(parameters, [3, 4]);
  const made = build(x, index, batch);
  const result = g.cast(made, 'float32');
  const weight = g.cos(g.mul(result, 1.3)); // a smooth function, so that all elements count differently
  const anchor = g.mul(g.reduceSum(x), 0.5); // some operators pass no gradient; the loss must depend on x
  const loss = g.add(g.reduceSum(g.mul(result, weight)), anchor);
  const graph = { parameters, decays: new Float32Array(12), inputs: [index, batch], loss, outputs: { made } };
  const trainer = await engine.createTrainer(graph, adam, startState(start));
  await trainer.step(fed, 0.01);
  const { firstMoment } = await trainer.state();
  const { made: found } = await trainer.evaluate(fed, ['made'], start);
  await trainer.release();
  return { found, gradient: firstMoment.map((moment) => moment / (1 - adam.firstDecay)) };
}

/** Two engines have the same operators. @param ours the one whose gradients are our own rules */
export function operatorAgreement(ours: Engine, theirs: Engine): void {
  test.each(cases)('%s: value and gradient are ONNX Runtime’s within 2e-5', async (_, build) => {
    const [expected, actual] = [await measure(ours, build), await measure(theirs, build)];
    const numbers = (tensor: g.Tensor | undefined) => (tensor ? g.numbersOf(tensor) : []);
    expect(numbers(expected.found).length).toBeGreaterThan(0);
    expect([actual.found?.dtype, actual.found?.shape]).toEqual([
      expected.found?.dtype,
      [...(expected.found?.shape ?? [])],
    ]);
    expect(largestDifference(numbers(actual.found), numbers(expected.found))).toBeLessThan(2e-5);
    expect(largestDifference(actual.gradient, expected.gradient)).toBeLessThan(2e-5);
  });
}
