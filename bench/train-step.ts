/**
 * How long does one training step take (forward, MSE at every step, backward, Adam) on one thread, beside PyTorch and
 * native TensorFlow?
 *
 * All sides run in turns on random numbers of the same shapes; the figures are medians over the turns. PyTorch has no
 * dual cell: there it runs a loop written by hand. TensorFlow runs in Node by tfjs-node: its layers, and, for what its
 * operators can do without them, our own graph on the `tensorflow` engine. Options: --cell NAME, --turns N, --json.
 */
import { parseArgs } from 'node:util';
import { type CellName, cells } from '../shared/model/index.ts';
import { onnxruntimeEngine } from '../shared/train/index.ts';
import { alternate } from './support/alternate.ts';
import { report, type ShownRow } from './support/report.ts';
import { type Sizes, sizes } from './support/sizes.ts';
import { openOwn } from './train-step/own.ts';
import { type Peer, PeerFailed, startPeers, timedBy } from './train-step/peers.ts';

/** A row for each peer that has the cell. */
async function measure(
  cell: CellName,
  size: Sizes,
  peers: readonly Peer[],
  turns: number,
): Promise<readonly ShownRow[]> {
  const rivals = peers.filter(({ goals }) => cell in goals);
  const running = rivals.filter(({ line }) => line);
  const ours = await openOwn(onnxruntimeEngine(1), cell, size);
  try {
    const timed = [ours.run, ...running.map((peer) => timedBy(peer, cell, size))];
    const [oursMs = Number.NaN, ...theirs] = await alternate(timed, { turns });
    return rivals.map((peer) => rowOf(cell, size, oursMs, peer, theirs[running.indexOf(peer)] ?? null));
  } catch (error) {
    if (error instanceof PeerFailed) return measure(cell, size, peers, turns);
    throw error;
  } finally {
    await ours.release();
  }
}

function rowOf(
  cell: CellName,
  size: Sizes,
  oursMs: number,
  { label, goals, line }: Peer,
  theirMs: number | null,
): ShownRow {
  const perSecond = (ms: number) => (1000 * size[0]) / ms;
  return {
    case: `${cell} ${size.join('×')} beside ${label}`,
    metric: 'windows/s',
    ours: perSecond(oursMs),
    peer: line ? line.name : null,
    theirs: theirMs === null ? null : perSecond(theirMs),
    ratio: theirMs === null ? null : theirMs / oursMs,
    goal: goals[cell] ?? null,
    shown: { 'our ms': oursMs.toFixed(2), 'their ms': theirMs === null ? 'null' : theirMs.toFixed(2) },
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

const peers = await startPeers();
const besides = peers.flatMap(({ line }) => line?.name ?? []).join(', ') || 'nothing';
console.error(`one thread: ${await onnxruntimeEngine(1).describe()} beside ${besides}`);
const rows: ShownRow[] = [];
for (const cell of names) {
  for (const size of sizes) rows.push(...(await measure(cell, size, peers, Number(options.turns))));
}
for (const { line } of peers) line?.stop();
report('train-step', rows, options.json);
