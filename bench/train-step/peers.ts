import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import type { CellName } from '../../shared/model/index.ts';
import type { Timed } from '../support/alternate.ts';
import { type LinePeer, startPeer } from '../support/line-peer.ts';
import { pythonOf } from '../support/python.ts';
import type { Sizes } from '../support/sizes.ts';

/** What each cell's windows per second should be, in times of the peer's; a cell that is left out the peer lacks. */
type Goals = Readonly<Partial<Record<CellName, number | null>>>;

/** A program that makes the same training steps as we do. */
export interface Peer {
  readonly label: string;
  readonly goals: Goals;
  /** Null where it could not be started, or has failed since. */
  line: LinePeer | null;
}

/** A peer failed while it was measured: it is out of the race, and what was being measured is to be begun again. */
export class PeerFailed extends Error {}

/** One of the two ways in which bench/tensorflow runs, on one thread. */
function tensorflow(what: 'layers' | 'operators'): Promise<LinePeer> {
  const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
  const threads = { TF_NUM_INTRAOP_THREADS: '1', TF_NUM_INTEROP_THREADS: '1', OMP_NUM_THREADS: '1' };
  const env = { ...threads, TIDECAST_TFJS_NODE: tfjsNode(), TF_CPP_MIN_LOG_LEVEL: '2' };
  return startPeer(process.execPath, ['--import', loader, 'bench/tensorflow/train-step.ts', what], env);
}

const programs: readonly (Omit<Peer, 'line'> & { start(): Promise<LinePeer> })[] = [
  {
    label: 'PyTorch',
    goals: { lstm: 1.5, gru: 1.5, elman: 1, dual: null },
    start: async () => startPeer(pythonOf('torch'), ['bench/torch/train_step.py']),
  },
  { label: 'tf.layers', goals: { lstm: 5, gru: 5, elman: 5 }, start: async () => tensorflow('layers') },
  {
    label: 'TensorFlow operators',
    goals: { lstm: null, gru: null, elman: null, dual: null },
    start: async () => tensorflow('operators'),
  },
];

/** The folder of a tfjs-node whose native addon works, made on first use. */
function tfjsNode(): string {
  const given = process.env.TIDECAST_TFJS_NODE;
  if (given) return given;
  const made = spawnSync('bash', ['scripts/tensorflow/native.sh'], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  if (made.status !== 0) throw new Error(`scripts/tensorflow/native.sh ended with status ${made.status}`);
  return made.stdout.trim();
}

/** Starts all peers; says which cannot run here. */
export async function startPeers(): Promise<readonly Peer[]> {
  const peers: Peer[] = [];
  for (const { label, goals, start } of programs) {
    const line = await start().catch((error: unknown) => {
      console.error(`${label} could not run: ${error instanceof Error ? error.message : error}`);
      return null;
    });
    peers.push({ label, goals, line });
  }
  return peers;
}

/** The peer's training steps. */
export function timedBy(peer: Peer, cell: CellName, size: Sizes): Timed {
  return async (times) => {
    try {
      const answer = await peer.line?.ask(`run ${cell} ${size.join(' ')} ${times}`);
      const ms = Number(answer);
      if (!(ms > 0)) throw new Error(`milliseconds must be a number above 0, got ${answer}`);
      return ms;
    } catch (error) {
      console.error(`${peer.label} failed at ${cell} ${size.join('×')}: ${error}`);
      peer.line?.stop();
      peer.line = null;
      throw new PeerFailed(peer.label);
    }
  };
}
