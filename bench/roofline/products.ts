import * as g from '../../shared/graph/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import type { Timed } from '../support/alternate.ts';
import type { Sizes } from '../support/sizes.ts';

/** A matrix product `[rows, inner]·[inner, columns]`, and how often it is made in a training step. */
interface Product {
  readonly times: number;
  readonly rows: number;
  readonly inner: number;
  readonly columns: number;
}

/**
 * The matrix products of a training step of an LSTM with a read-out at every step, as shared/model and its gradient
 * make them: at each step forward [h, x, 1]·P for the four gates and back to h; the gradient of P over all steps
 * as one; the read-out and its two gradients, over all steps as one each.
 */
function productsOf([batch, steps, inputs, units, outputs]: Sizes): readonly Product[] {
  const [joined, gates, all] = [units + inputs + 1, 4 * units, batch * steps];
  return [
    { times: steps, rows: batch, inner: joined, columns: gates },
    { times: steps, rows: batch, inner: gates, columns: units },
    { times: 1, rows: joined, inner: all, columns: gates },
    { times: 1, rows: all, inner: units, columns: outputs },
    { times: 1, rows: all, inner: outputs, columns: units },
    { times: 1, rows: units, inner: all, columns: outputs },
  ];
}

/** A multiplication and an addition for each term of each product. */
export const operationsOf = (size: Sizes): number =>
  productsOf(size).reduce(
    (sum, { times, rows, inner, columns }) => sum + 2 * times * rows * inner * columns,
    0,
  );

/**
 * A graph that makes these products on random numbers, and nothing else but that of each result its first row is
 * handed out, so that the runtime cannot leave it out. Those of all steps are made in a loop, as in training.
 */
export async function openProducts(size: Sizes): Promise<{ readonly run: Timed; release(): Promise<void> }> {
  const scope = g.createScope();
  const random = createRandom(1);
  const inputs: g.Value[] = [];
  const feeds: Record<string, g.Tensor> = {};
  const feed = (name: string, shape: readonly number[]): g.Value => {
    const numbers = new Float32Array(shape.reduce((product, dim) => product * dim, 1));
    feeds[name] = g.tensor(
      'float32',
      shape,
      numbers.map(() => random.normal()),
    );
    const value = g.input(scope, name, 'float32', shape);
    inputs.push(value);
    return value;
  };
  const firstRow = (value: g.Value) => g.slice(value, 0, 0, 1);
  const outputs = productsOf(size).map(({ times, rows, inner, columns }, i) => {
    const right = feed(`right${i}`, [inner, columns]);
    if (times === 1)
      return [`first${i}`, firstRow(g.matmul(feed(`left${i}`, [rows, inner]), right))] as const;
    const left = feed(`left${i}`, [times, rows, inner]);
    const none = g.constant(new Float32Array(1), 'float32', [1]);
    const loop = g.scan([none], [left], ([state = none], [slice = left]) => ({
      states: [state],
      outputs: [firstRow(g.matmul(slice, right))],
    }));
    return [`first${i}`, loop.outputs[0] ?? none] as const;
  });
  const session = await g.openSession({ inputs, outputs: Object.fromEntries(outputs) });
  const run: Timed = async (times) => {
    const began = performance.now();
    for (let i = 0; i < times; i++) await session.run(feeds);
    return (performance.now() - began) / times;
  };
  return { run, release: () => session.release() };
}
