/**
 * How long does one training step take (forward, MSE at every step, backward, Adam) on one thread, beside PyTorch?
 *
 * Both sides run in turns on random numbers of the same shapes; the figures are medians over the turns. PyTorch
 * has no dual cell: there it runs a loop written by hand. Options: --cell NAME, --turns N, --json.
 */
import { parseArgs } from 'node:util';
import { tensor } from '../shared/graph/index.ts';
import { type CellName, cells, initialParameters, networkSettings } from '../shared/model/index.ts';
import { createRandom } from '../shared/random/index.ts';
import { adam, networkTraining, onnxruntimeEngine, startState } from '../shared/train/index.ts';
import { alternate, type Timed } from './support/alternate.ts';
import { type LinePeer, startPeer } from './support/line-peer.ts';
import { pythonOf } from './support/python.ts';
import { report, type ShownRow } from './support/report.ts';
import { type Sizes, sizes } from './support/sizes.ts';

/** How many times PyTorch's windows per second are asked for. */
const goals: Readonly<Record<CellName, number | null>> = { lstm: 1.5, gru: 1.5, elman: 1, dual: null };

async function openOurs(cell: CellName, [batch, steps, inputs, units, outputs]: Sizes) {
  const settings = networkSettings({ cell, inputs, units, outputs, seed: 1 });
  const graph = networkTraining(settings, { kind: 'mse' });
  const trainer = await onnxruntimeEngine(1).createTrainer(
    graph,
    adam,
    startState(initialParameters(settings)),
  );
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

async function openTheirs(): Promise<LinePeer | null> {
  try {
    return await startPeer(pythonOf('torch'), ['bench/torch/train_step.py']);
  } catch (error) {
    console.error(`PyTorch could not run: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

async function measure(cell: CellName, size: Sizes, peer: LinePeer | null, turns: number): Promise<ShownRow> {
  const ours = await openOurs(cell, size);
  const theirs: Timed[] = peer
    ? [async (times) => Number(await peer.ask(`run ${cell} ${size.join(' ')} ${times}`))]
    : [];
  try {
    const [oursMs = Number.NaN, theirsMs] = await alternate([ours.run, ...theirs], { turns });
    return rowOf(cell, size, oursMs, peer && theirsMs ? { name: peer.name, ms: theirsMs } : null);
  } finally {
    await ours.release();
  }
}

function rowOf(
  cell: CellName,
  size: Sizes,
  oursMs: number,
  peer: { readonly name: string; readonly ms: number } | null,
): ShownRow {
  const perSecond = (ms: number) => (1000 * size[0]) / ms;
  return {
    case: `${cell} ${size.join('×')}`,
    metric: 'windows/s',
    ours: perSecond(oursMs),
    peer: peer ? peer.name : null,
    theirs: peer ? perSecond(peer.ms) : null,
    ratio: peer ? peer.ms / oursMs : null,
    goal: goals[cell],
    shown: { 'our ms': oursMs.toFixed(2), 'their ms': peer ? peer.ms.toFixed(2) : 'null' },
  };
}

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    cell: { type: 'string', default: 'lstm,gru,elman,dual' },
    turns: { type: 'string', default: '7' },
  },
});
const names = options.cell.split(',').filter((name): name is CellName => name in cells);
if (names.join() !== options.cell) {
  console.error(`--cell must be some of ${Object.keys(cells).join(',')}, got ${options.cell}: mend it`);
  process.exit(2);
}

let peer = await openTheirs();
console.error(`one thread: ${await onnxruntimeEngine(1).describe()} beside ${peer?.name ?? 'nothing'}`);
const rows: ShownRow[] = [];
for (const cell of names) {
  for (const size of sizes) {
    const withPeer = measure(cell, size, peer, Number(options.turns));
    rows.push(
      await withPeer.catch((error) => {
        if (!peer) throw error;
        console.error(`PyTorch failed at ${cell} ${size.join('×')}: ${error}`);
        peer = null;
        return measure(cell, size, null, Number(options.turns));
      }),
    );
  }
}
peer?.stop();
report('train-step', rows, options.json);
