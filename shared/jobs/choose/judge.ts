import { openSession } from '../../graph/index.ts';
import {
  baselinesGraph,
  type ForecasterSettings,
  knotsOf,
  mixtureBaselines,
  wayBackGraph,
} from '../../model/index.ts';
import { channelsTogether } from '../../train/index.ts';
import type { Chunk } from '../chunks.ts';
import { valuesOf } from '../features.ts';

/** What came after a window's origin, one for each series of it, and what its errors are measured by. */
interface Outcome {
  /** `[horizon]`, NaN where missing. */
  readonly actual: Float64Array;
  /** The mean absolute change over a season before the origin, as MASE has it; 0 where nothing changed. */
  readonly scale: number;
  /** The mean absolute value of what came. */
  readonly size: number;
}

/** What each view forecasts: `[window, series of the window, horizon, knot]` as its z, rising. */
export type Looks = readonly Float32Array[];

/** Judges forecasts of windows in the data's units. */
export interface Judge {
  /**
   * The loss of the views together for some of the windows: smaller is better, comparable between transforms.
   *
   * @param looks one for each view
   * @param which positions of windows
   */
  loss(looks: Looks, which: readonly number[]): Promise<number>;
  /** What each baseline expects in each view: `[window, series of the window, horizon]` as its z. */
  baselines(): Promise<readonly (readonly Float32Array[])[]>;
  release(): Promise<void>;
}

/** Windows in one run of a graph. */
const atOnce = 128;
/** Windows in one run of the baselines, which need more memory. */
const baselinesAtOnce = 16;
/** Errors are not measured by less than this share of the values: a series that hardly moves decides nothing. */
const leastScale = 1e-3;

/** @param season periods over which MASE's scale looks back, 1 for none */
export async function openJudge(
  views: readonly ForecasterSettings[],
  chunks: readonly Chunk[],
  season: number,
): Promise<Judge> {
  const [first] = views;
  if (!first) throw new RangeError('a forecaster has a view at least');
  const shared = first;
  const { horizon } = shared;
  const channels = channelsTogether(shared);
  const session = await openSession(wayBackGraph(views.map((view) => ({ ...view, channels }))));
  const outcomes = chunks.flatMap((chunk) => outcomesOf(shared, chunk, season));
  const positive = chunks.map((chunk) => isPositive(shared, chunk));
  const levels = knotsOf(shared.levels);
  const perWindow = channels * horizon * levels.length;

  /** What the views expect together for a few windows, in the data's units: `[window, channel, horizon, knot]`. */
  async function expected(looks: Looks, some: readonly number[]): Promise<Float64Array> {
    const chosen = some.flatMap((window) => chunks[window] ?? []);
    const shape = [some.length, channels, horizon, levels.length];
    const feeds = views.map((_, v) => {
      const data = new Float32Array(some.length * perWindow);
      some.forEach((window, i) => {
        const own = looks[v]?.subarray(window * perWindow, (window + 1) * perWindow);
        data.set(own ?? [], i * perWindow);
      });
      return [`z${v}`, { dtype: 'float32' as const, shape, data }] as const;
    });
    const { quantiles } = await session.run({
      values: valuesOf(shared, chosen),
      ...Object.fromEntries(feeds),
    });
    return quantiles?.data as Float64Array;
  }

  return {
    async loss(looks, which) {
      const losses: Losses = { scaled: 0, relative: 0, count: 0 };
      const outcomesAt = (window: number) => outcomes.slice(window * channels, (window + 1) * channels);
      // As for MASE, a series that never changed says nothing, unless all are such.
      const anyMoves = which.some((window) => outcomesAt(window).some(moves));
      const counts = (outcome: Outcome) => !anyMoves || moves(outcome);
      for (let from = 0; from < which.length; from += atOnce) {
        const some = which.slice(from, from + atOnce);
        addLosses(losses, await expected(looks, some), some.flatMap(outcomesAt), levels, counts);
      }
      const scaled = losses.scaled / losses.count;
      // Relative errors mean something only where zero does.
      const relative = which.every((window) => positive[window] || !outcomesAt(window).some(counts));
      return relative ? Math.sqrt(scaled * (losses.relative / losses.count)) : scaled;
    },
    baselines: () => Promise.all(views.map((view) => baselinesOf(view, chunks))),
    async release() {
      await session.release();
    },
  };
}

/** Whether an item has had only values above zero up to the end of a window: what comes later is not looked at. */
const isPositive = ({ horizon, channels }: ForecasterSettings, { series, end }: Chunk): boolean =>
  series.target.subarray(0, (end + horizon) * channels).every((value) => !(value <= 0));

/** Whether it changed before the origin. */
const moves = ({ scale }: Outcome): boolean => scale > 0;

interface Losses {
  scaled: number;
  relative: number;
  count: number;
}

/**
 * Adds the mean pinball loss of each series that counts by its scale, as MASE has it, and that of each of its points by
 * its size, as sMAPE has it.
 *
 * @param quantiles `[series, horizon, knot]`
 */
function addLosses(
  losses: Losses,
  quantiles: Float64Array,
  outcomes: readonly Outcome[],
  levels: readonly number[],
  counts: (outcome: Outcome) => boolean,
): void {
  const middle = levels.indexOf(0.5);
  outcomes.forEach((outcome, i) => {
    if (!counts(outcome)) return;
    const { actual, scale, size } = outcome;
    let [sum, relative, count] = [0, 0, 0];
    actual.forEach((value, step) => {
      if (Number.isNaN(value)) return;
      const at = (i * actual.length + step) * levels.length;
      const point = levels.reduce((loss, level, j) => {
        const error = value - (quantiles[at + j] ?? Number.NaN);
        return loss + (2 * Math.max(level * error, (level - 1) * error)) / levels.length;
      }, 0);
      const both = Math.abs(value) + Math.abs(quantiles[at + middle] ?? Number.NaN);
      sum += point;
      relative += both > 0 ? (2 * point) / both : 0;
      count++;
    });
    const unit = Math.max(scale, leastScale * size);
    if (count === 0 || unit === 0) return;
    losses.scaled += sum / count / unit;
    losses.relative += relative / count;
    losses.count++;
  });
}

function outcomesOf(
  settings: ForecasterSettings,
  { series, channel, end }: Chunk,
  season: number,
): Outcome[] {
  const { horizon, channels } = settings;
  return Array.from({ length: channelsTogether(settings) }, (_, c) => {
    const at = (row: number) => series.target[row * channels + channel + c] ?? Number.NaN;
    const actual = Float64Array.from({ length: horizon }, (__, step) => at(end + step));
    const changes = meanOf(
      Array.from({ length: Math.max(end - season, 0) }, (__, t) => at(t + season) - at(t)),
    );
    const neighbours = meanOf(Array.from({ length: Math.max(end - 1, 0) }, (__, t) => at(t + 1) - at(t)));
    return { actual, scale: changes ?? neighbours ?? 0, size: meanOf([...actual]) ?? 0 };
  });
}

/** The mean absolute of what is there; null where nothing is. */
function meanOf(numbers: readonly number[]): number | null {
  let [sum, count] = [0, 0];
  for (const number of numbers) {
    if (Number.isNaN(number)) continue;
    sum += Math.abs(number);
    count++;
  }
  return count > 0 ? sum / count : null;
}

async function baselinesOf(
  all: ForecasterSettings,
  chunks: readonly Chunk[],
): Promise<readonly Float32Array[]> {
  const settings = { ...all, channels: channelsTogether(all) };
  const session = await openSession(baselinesGraph(settings));
  const perWindow = settings.channels * settings.horizon;
  const found = mixtureBaselines.map(() => new Float32Array(chunks.length * perWindow));
  for (let from = 0; from < chunks.length; from += baselinesAtOnce) {
    const part = chunks.slice(from, from + baselinesAtOnce);
    const { baselines } = await session.run({ values: valuesOf(all, part) });
    const data = baselines?.data as Float32Array; // [window, series of the window, horizon, baseline]
    found.forEach((into, b) => {
      for (let i = 0; i < part.length * perWindow; i++)
        into[from * perWindow + i] = data[i * found.length + b] ?? Number.NaN;
    });
  }
  await session.release();
  return found;
}
