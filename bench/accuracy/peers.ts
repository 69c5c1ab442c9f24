import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SeriesForecast } from '../../shared/evaluate/index.ts';
import { pythonOf } from '../support/python.ts';
import { type Result, scoreForecasts } from './figures.ts';
import { type HeldOut, historiesOf } from './held-out.ts';
import { runWatched } from './watched.ts';

/** What can be measured beside ours, by the name that bench/nixtla/forecast.py knows. */
export const peerNames = ['nhits', 'lstm', 'mstl', 'autoets', 'autotheta', 'seasonalnaive'] as const;
export type PeerName = (typeof peerNames)[number];

/** The levels of the bounds and the median that the peers forecast. */
const levels = [0.025, 0.1, 0.5, 0.9, 0.975];

/** What an LSTM of NeuralForecast is told besides its defaults, by its names. */
type Network = Readonly<Record<string, number>>;

/** What forecast.py says when it is done. */
interface Answer {
  /** With its version. */
  readonly name: string;
  readonly seconds: number;
  /** Processor seconds of its process, loading included: tells a busy machine from slow code. */
  readonly cpu: number;
}

/**
 * Forecasts the windows with a Python library. Null where it has no such method for the set.
 *
 * @param network settings of an LSTM besides the library's defaults
 * @throws Error where there is no Python or the method fails
 */
export async function scorePeer(
  held: HeldOut,
  peer: PeerName,
  threads: number,
  network: Network = {},
): Promise<Result | null> {
  if (peer === 'mstl' && held.season === 1) return null;
  const task = join(held.folder, `${held.name}-peers.json`);
  writeFileSync(task, JSON.stringify({ ...taskOf(held), network }));
  const out = join(held.folder, `${held.name}-${peer}.csv`);
  const { answer, megabytes } = await runWatched<Answer>(
    `${peer} on ${held.name}`,
    pythonOf('nixtla'),
    ['bench/nixtla/forecast.py', peer, task, out, String(threads)],
    { ...process.env, OMP_NUM_THREADS: String(threads), OPENBLAS_NUM_THREADS: '1' },
  );
  const { name, seconds, cpu } = answer;
  console.error(`${held.name}, ${name}: ${seconds.toFixed(0)} s, ${cpu.toFixed(0)} s of processors`);
  const scored = scoreForecasts(held, readForecasts(held, out), levels);
  return { ...scored, kind: 'peer', by: name, figures: { ...scored.figures, seconds, megabytes } };
}

/** Names each series by its position: item by item, and in it channel by channel. */
export function taskOf(held: HeldOut): object {
  const items = [...new Set(held.windows.map(({ series }) => series))];
  const width = held.channels.length;
  const known = held.knownNames.length;
  return {
    horizon: held.horizon,
    windows: held.heldOut / held.horizon,
    season: held.season,
    known: held.knownNames,
    series: items.flatMap(({ target, known: beside, rows }) =>
      held.channels.map((_, channel) => ({
        target: Array.from({ length: rows }, (_, row) => target[row * width + channel]),
        known: Array.from({ length: known }, (_, k) =>
          Array.from({ length: rows }, (_, row) => beside[row * known + k]),
        ),
      })),
    ),
  };
}

/** Reads `series,window,step` and the quantiles, in the order of the outcomes. */
function readForecasts(held: HeldOut, file: string): readonly SeriesForecast[] {
  const [perItem, width] = [held.heldOut / held.horizon, held.channels.length];
  const outcomes = historiesOf(held);
  const forecasts = outcomes.map(({ item }) => ({
    item,
    mean: new Float64Array(held.horizon).fill(Number.NaN),
    quantiles: new Float64Array(held.horizon * levels.length).fill(Number.NaN),
  }));
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n').slice(1)) {
    const [series = 0, window = 0, step = 0, ...quantiles] = line.split(',').map(Number);
    const [item, channel] = [Math.floor(series / width), series % width];
    const forecast = forecasts[(item * perItem + window) * width + channel];
    if (!forecast) throw new RangeError(`${file} has a forecast of no window: ${line}`);
    forecast.quantiles.set(
      quantiles.sort((a, b) => a - b),
      step * levels.length,
    );
    forecast.mean[step] = quantiles[levels.indexOf(0.5)] ?? Number.NaN;
  }
  return forecasts;
}
