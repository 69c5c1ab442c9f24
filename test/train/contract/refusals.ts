import * as g from '../../../shared/graph/index.ts';
import { adam, type Engine, startState, UnsupportedOperatorError } from '../../../shared/train/index.ts';
import { waves } from '../../support/training.ts';

/** What the tensorflow engine cannot do, it says. */
export function tensorflowRefusals(engine: Engine): void {
  describe('what the tensorflow engine refuses', () => {
    const trainerOf = (loss: g.Value, parameters: g.Value, inputs: readonly g.Value[] = []) =>
      engine.createTrainer(
        { parameters, decays: new Float32Array(12), inputs, loss, outputs: {} },
        adam,
        startState(waves(12, 1.7)),
      );

    test('an operator that it does not have is named before training starts', async () => {
      const parameters = g.input(g.createScope(), 'parameters', 'float32', [12]);
      const x = g.reshape(g.slice(parameters, 0, 0, 2), [2, 1, 1]);
      const weight = g.reshape(g.slice(parameters, 0, 2, 3), [1, 1]);
      const weights = { input: weight, recurrent: weight, bias: g.slice(parameters, 0, 3, 5) };
      const { hidden } = g.fusedRnn(x, weights, [weight], 'Tanh');
      const attempt = trainerOf(g.reduceSum(hidden), parameters);
      await expect(attempt).rejects.toThrow(UnsupportedOperatorError);
      await expect(attempt).rejects.toMatchObject({
        code: 'ENGINE_OPERATOR',
        complaint: { received: 'RNN' },
      });
    });

    test('an int64 beyond 32 bits is not cut down in silence', async () => {
      const scope = g.createScope();
      const parameters = g.input(scope, 'parameters', 'float32', [12]);
      const period = g.input(scope, 'period', 'int64', [1]);
      const loss = g.reduceSum(g.mul(parameters, g.cast(period, 'float32')));
      const trainer = await trainerOf(loss, parameters, [period]);
      const feed = (number: number) => trainer.step({ period: g.tensor('int64', [1], [number]) }, 0.01);
      await expect(feed(2 ** 31)).rejects.toThrow(/2147483648/);
      await expect(feed(2 ** 31 - 1)).resolves.toEqual(expect.any(Number));
    });
  });
}
