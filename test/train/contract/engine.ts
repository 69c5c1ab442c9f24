import { adam, type Engine, startState, type Tensors } from '../../../shared/train/index.ts';
import { firstWeights, smallBatch } from '../../support/training.ts';
import { averaging, outcome, train, trainer } from './small.ts';

/** What every engine does. @param description what it says that it runs on */
export function engineContract(name: Engine['name'], engine: Engine, description: RegExp): void {
  describe(`the ${name} engine`, () => {
    test('describes itself with its package and version', async () => {
      expect(engine.name).toBe(name);
      expect(await engine.describe()).toMatch(description);
    });

    test('fits a batch: the loss falls to less than a tenth', async () => {
      const trained = await trainer(engine);
      const losses: number[] = [];
      for (let i = 0; i < 100; i++) losses.push(await trained.step(smallBatch(), 0.02));
      expect(losses.at(-1)).toBeLessThan(Number(losses[0]) / 10);
    });

    test('step returns the loss of the weights before it', async () => {
      const trained = await trainer(engine);
      await train(trained, 3);
      const { parameters } = await trained.state();
      const before = await trained.evaluate(smallBatch(), ['loss'], parameters);
      expect(await trained.step(smallBatch(), 0.1)).toBeCloseTo(Number(before.loss?.data[0]), 6);
    });

    test('counts its steps from the start it was given', async () => {
      const trained = await trainer(engine, adam, { ...startState(firstWeights()), step: 7 });
      await train(trained, 2);
      expect((await trained.state()).step).toBe(9);
    });

    test('the same start and batches give the same state, bit for bit', async () => {
      expect(await outcome(engine, averaging, 5)).toEqual(await outcome(engine, averaging, 5));
    });

    test('goes on from a restored state as if it had never stopped, bit for bit', async () => {
      const trained = await trainer(engine, averaging);
      await train(trained, 4);
      const saved = await trained.state();
      const losses = await train(trained, 4);
      const state = await trained.state();

      trained.restore(saved);
      expect([await train(trained, 4), await trained.state()]).toEqual([losses, state]);
      const other = await trainer(engine, averaging, saved);
      expect([await train(other, 4), await other.state()]).toEqual([losses, state]);
    });

    test('a state that was handed out or in shares no memory with the trainer', async () => {
      const start = startState(firstWeights());
      const trained = await trainer(engine, adam, start);
      const handedOut = await trained.state();
      start.parameters.fill(Number.NaN);
      handedOut.parameters.fill(Number.NaN);
      const restored = await trained.state();
      trained.restore(restored);
      restored.parameters.fill(Number.NaN);
      expect((await trained.state()).parameters).toEqual(firstWeights());
    });

    test('evaluate gives the named outputs with their shapes and leaves the state as it is', async () => {
      const trained = await trainer(engine);
      await train(trained, 2);
      const before = await trained.state();
      const found = await trained.evaluate(smallBatch(), ['states', 'prediction']);
      expect(Object.keys(found).sort()).toEqual(['prediction', 'states']);
      expect(found.states).toMatchObject({ dtype: 'float32', shape: [6, 5, 3] });
      expect(found.prediction).toMatchObject({ dtype: 'float32', shape: [5, 1] });
      expect(await trained.state()).toEqual(before);
    });

    test('evaluate uses the averaged weights unless others are given', async () => {
      const trained = await trainer(engine, averaging);
      await train(trained, 5, 0.1);
      const { average, parameters } = await trained.state();
      const loss = async (...given: [Float32Array?]) =>
        Number((await trained.evaluate(smallBatch(), ['loss'], ...given)).loss?.data[0]);
      expect(await loss()).toBe(await loss(average));
      expect(await loss()).not.toBe(await loss(parameters));
    });

    test('takes batches of other sizes where dimensions are named', async () => {
      const trained = await trainer(engine);
      const batch: Tensors = {
        x: { dtype: 'float32', shape: [1, 2, 2], data: Float32Array.of(1, 2, 3, 4) },
        y: { dtype: 'float32', shape: [1, 1], data: Float32Array.of(1) },
      };
      expect(await trained.step(batch, 0.01)).toBeGreaterThan(0);
      expect((await trained.evaluate(batch, ['states'])).states?.shape).toEqual([2, 1, 3]);
    });

    test('refuses an incomplete batch and an output that it does not have', async () => {
      const trained = await trainer(engine);
      const { x } = smallBatch();
      await expect(trained.step(x ? { x } : {}, 0.01)).rejects.toThrow(/\by\b/);
      await expect(trained.evaluate(smallBatch(), ['nothing'])).rejects.toThrow();
    });
  });
}
