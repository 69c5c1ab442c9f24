/**
 * Native TensorFlow's side of bench/train-step.ts: makes training steps when told to, and prints how long they took.
 *
 * Its argument says with what: `layers`, those of tfjs-node, or `operators`, our own graph on the `tensorflow` engine.
 * Reads lines `run CELL BATCH STEPS INPUTS HIDDEN OUTPUTS COUNT`; answers each with milliseconds per training step.
 * The first line it prints names the versions. The environment says how many threads there are.
 */
import { createRequire } from 'node:module';
import { createInterface } from 'node:readline';
import type { CellName } from '../../shared/model/index.ts';
import { tensorflowEngine } from '../../shared/train/index.ts';
import type { Timed } from '../support/alternate.ts';
import type { Sizes } from '../support/sizes.ts';
import { openOwn } from '../train-step/own.ts';
import { openLayers } from './layers.ts';

type Open = (cell: CellName, size: Sizes) => Promise<{ readonly run: Timed; release(): unknown }>;

const engine = tensorflowEngine();
const description = await engine.describe();
if (!description.includes('native TensorFlow')) {
  throw new Error(`TIDECAST_TFJS_NODE must name a tfjs-node that works, got ${description}`);
}
const kinds: Readonly<Record<string, { readonly name: string; readonly open: Open }>> = {
  layers: {
    name: `tf.layers of ${description}`,
    open: async (cell, size) =>
      openLayers(createRequire(import.meta.url)(process.env.TIDECAST_TFJS_NODE ?? ''), cell, size),
  },
  operators: {
    name: `operators of ${description}`,
    open: (cell, size) => openOwn(engine, cell, size),
  },
};
const kind = kinds[process.argv[2] ?? ''];
if (!kind) throw new Error(`what runs must be one of ${Object.keys(kinds)}, got ${process.argv[2]}`);

console.log(kind.name);
let key = '';
let opened: Awaited<ReturnType<Open>> | undefined;
for await (const line of createInterface({ input: process.stdin })) {
  const [, cell = '', ...numbers] = line.split(' ');
  const size = numbers.slice(0, 5).map(Number) as unknown as Sizes;
  if (!opened || key !== `${cell} ${size}`) {
    await opened?.release();
    opened = await kind.open(cell as CellName, size);
    key = `${cell} ${size}`;
  }
  console.log(await opened.run(Number(numbers[5])));
}
