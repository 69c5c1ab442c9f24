import { tensor } from '../../shared/graph/index.ts';
import { type CellName, initialParameters, networkSettings } from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { adam, type Engine, networkTraining, startState } from '../../shared/train/index.ts';
import type { Timed } from '../support/alternate.ts';
import type { Sizes } from '../support/sizes.ts';

/** Training steps of a network of ours on one of its engines, on random numbers. */
export async function openOwn(
  engine: Engine,
  cell: CellName,
  [batch, steps, inputs, units, outputs]: Sizes,
): Promise<{ readonly run: Timed; release(): Promise<void> }> {
  const settings = networkSettings({ cell, inputs, units, outputs, seed: 1 });
  const graph = networkTraining(settings, { kind: 'mse' });
  const trainer = await engine.createTrainer(graph, adam, startState(initialParameters(settings)));
  const random = createRandom(1);
  const normal = (shape: readonly [number, number, number]) =>
    tensor(
      'float32',
      shape,
      Array.from({ length: shape[0] * shape[1] * shape[2] }, () => random.normal()),
    );
  const data = { x: normal([batch, steps, inputs]), y: normal([batch, steps, outputs]) };
  const run: Timed = async (times) => {
    const began = performance.now();
    for (let i = 0; i < times; i++) await trainer.step(data, 0.001);
    return (performance.now() - began) / times;
  };
  return { run, release: () => trainer.release() };
}
