/**
 * How much of what the machine can do does training reach: floating-point operations per second in a training step of
 * an LSTM (forward, MSE at every step, backward, Adam), beside nothing but its matrix products, of the same sizes and
 * as often, in the same runtime and process, on one thread?
 *
 * Counted are the operations of the matrix products alone, forward and backward, which bench/roofline/products.ts
 * lists; all else a training step does (gates, loss, optimiser, copies) takes time and counts nothing. Both sides run in turns;
 * the figures are medians over the turns. Options: --turns N, --json.
 */
import { parseArgs } from 'node:util';
import { onnxruntimeEngine } from '../shared/train/index.ts';
import { openProducts, operationsOf } from './roofline/products.ts';
import { alternate } from './support/alternate.ts';
import { report, type ShownRow } from './support/report.ts';
import type { Sizes } from './support/sizes.ts';
import { openOwn } from './train-step/own.ts';

/** Batch, steps, inputs, hidden units, outputs. */
const sizes: readonly Sizes[] = [
  [512, 48, 8, 128, 24],
  [128, 24, 8, 128, 24],
  [128, 24, 8, 256, 24],
] as unknown as readonly Sizes[];
const goal = 0.6;

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, turns: { type: 'string', default: '7' } },
});

async function measure(size: Sizes): Promise<ShownRow> {
  const engine = onnxruntimeEngine(1);
  const [ours, plain] = [await openOwn(engine, 'lstm', size), await openProducts(size)];
  try {
    const [our = Number.NaN, their = Number.NaN] = await alternate([ours.run, plain.run], {
      turns: Number(options.turns),
    });
    const rate = (ms: number) => operationsOf(size) / ms / 1e6;
    return {
      ...{ case: `lstm ${size.join('×')}`, metric: 'GFLOP/s', ours: rate(our) },
      ...{ peer: `its matrix products alone, ${await engine.describe()}`, theirs: rate(their) },
      ...{ ratio: their / our, goal },
      shown: { 'our ms': our.toFixed(2), 'their ms': their.toFixed(2) },
    };
  } finally {
    await ours.release();
    await plain.release();
  }
}

const rows: ShownRow[] = [];
for (const size of sizes) rows.push(await measure(size));
report('roofline', rows, options.json);
