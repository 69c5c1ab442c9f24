/**
 * How long do forecasts for every series of M4 hourly take from a loaded model, beside NeuralForecast's `predict` and
 * StatsForecast's AutoTheta?
 *
 * Ours is one network of 128 units on one thread, with everything that the graph does around it; NeuralForecast's an
 * LSTM of the same width with one layer. Both were fitted for a few steps: how well they forecast does not change how
 * fast. AutoTheta fits each series anew, which is its way to forecast; it is timed on a sample of the series, and the
 * time multiplied. Sides take turns; figures are medians. Options: --turns N, --threads N (of the peers), --sample N
 * (0: none), --json. The data are found through TIDECAST_DATA, as in bench/accuracy.ts.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type HeldOut, holdOut } from './accuracy/held-out.ts';
import { taskOf } from './accuracy/peers.ts';
import { accuracySet } from './accuracy/sets.ts';
import { openOurs } from './predict/ours.ts';
import { alternate, type Timed } from './support/alternate.ts';
import { type LinePeer, startPeer } from './support/line-peer.ts';
import { pythonOf } from './support/python.ts';
import { report, type ShownRow } from './support/report.ts';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    turns: { type: 'string', default: '5' },
    threads: { type: 'string', default: '2' },
    sample: { type: 'string', default: '20' },
  },
});
const units = 128;

/** Null where it cannot run. */
async function start(held: HeldOut): Promise<LinePeer | null> {
  const task = join(held.folder, 'predict.json');
  const network = { encoder_hidden_size: units, encoder_n_layers: 1 };
  writeFileSync(task, JSON.stringify({ ...taskOf(held), network }));
  const args = ['bench/nixtla/predict.py', task, options.threads, options.sample];
  try {
    return await startPeer(pythonOf('nixtla'), args, { OMP_NUM_THREADS: options.threads });
  } catch (error) {
    console.error(`THE PEERS COULD NOT RUN: ${error instanceof Error ? error.message : error}`);
    return null;
  }
}

const folder = mkdtempSync(join(tmpdir(), 'tidecast-predict-'));
try {
  const held = await holdOut(accuracySet('m4-hourly'), folder);
  const ours = await openOurs(held, units);
  const peer = await start(held);
  const [network = null, theta = null] = peer?.name.split(' | ') ?? [];
  const predict: Timed = async (times) => Number(await peer?.ask(`predict ${times}`));
  const settings = { turns: Number(options.turns), turnMs: 1000 };
  const [our = Number.NaN, their] = await alternate(peer ? [ours.run, predict] : [ours.run], settings);
  const sample = Number(options.sample);
  const sampled = peer && sample > 0 ? Number(await peer.ask('autotheta')) : null;
  const whole = sampled === null ? null : (sampled * ours.series) / sample;
  const row = (name: string, by: string | null, ms: number | null, goal: number): ShownRow => ({
    ...{ case: name, metric: 'ms', ours: our, peer: by, theirs: ms },
    ...{ ratio: ms === null ? null : ms / our, goal },
  });
  const all = `${ours.series} series`;
  const rows = [
    row(`${all} from a loaded model`, network, their ?? null, 4),
    row(`${all}, theirs of ${sample} scaled up`, sampled === null ? null : theta, whole, 500),
  ];
  peer?.stop();
  await ours.release();
  report('predict', rows, options.json);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
