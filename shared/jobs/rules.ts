import type { Configuration } from '../documents/index.ts';
import { contextLength, type ForecasterSettings, type MemberSettings } from '../model/index.ts';

/** What the rules look at. */
export interface DataShape {
  /** Periods of each item. */
  readonly lengths: readonly number[];
  readonly channels: number;
  readonly known: number;
  readonly horizon: number;
  /** Periods per cycle, shortest first; empty where there is none. */
  readonly seasons: readonly number[];
}

/** The recurrent network makes this many steps along a series, each a training example. */
const mostSteps = 48;

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** How far a window reaches: two thirds of the horizon without a season, two short seasons or eight long ones. */
function windowRule(horizon: number, season: number): number {
  if (season === 1) return Math.max(3, Math.round((2 * horizon) / 3));
  return season < 24 ? 2 * season + 1 : 8 * season;
}

/**
 * The forecaster's shape, by rule from the data; nothing is tuned by hand for a dataset.
 *
 * A window never takes more than half of what a usual series has before the horizon, so that there is something
 * left to learn from.
 */
export function forecasterRule(shape: DataShape, configuration: Configuration): ForecasterSettings {
  const { horizon, channels, known } = shape;
  const season = shape.seasons[0] ?? 1;
  const usual = Math.max(median(shape.lengths) - horizon, 2);
  const window = Math.max(2, Math.min(windowRule(horizon, season), Math.floor(usual / 2)));
  const stride = season < 24 ? 1 : Math.max(1, Math.floor(season / 4));
  const room = Math.max(...shape.lengths) - horizon - window;
  const steps = Math.max(1, Math.min(mostSteps, Math.floor(room / stride) + 1));
  const levels = configuration.quantiles.includes(0.5)
    ? configuration.quantiles
    : [...configuration.quantiles, 0.5].sort((a, b) => a - b);
  return {
    horizon,
    channels,
    joint: configuration.joint,
    known,
    seasons: shape.seasons.filter((cycle) => cycle > 1),
    levels,
    stride,
    steps,
    first: season < 24 ? 3 : Math.min(window, usual),
    members: Array.from({ length: configuration.members }, (_, k) => memberRule(k, window, configuration)),
  };
}

/** Members alternate between scaling by their own window and by the whole context. */
const memberRule = (k: number, window: number, { cell, units, seed }: Configuration): MemberSettings => ({
  cell,
  units,
  window,
  scale: k % 2 === 0 ? 'local' : 'global',
  seed: seed * 1000 + k,
});

/** Series in one batch: about sixteen, counting each channel. */
export const batchItems = ({ channels }: Pick<ForecasterSettings, 'channels'>): number =>
  Math.max(1, Math.round(16 / channels));

/**
 * The last period of a crop, drawn evenly among those that leave room for all steps before it and at least one
 * target after it.
 *
 * @param available periods of the item that may be used
 * @param uniform a random number in [0, 1)
 */
export function cropEnd(settings: ForecasterSettings, available: number, uniform: number): number {
  const { first, stride, steps } = settings;
  const made = Math.max(1, Math.min(steps, Math.floor((available - 1 - first) / stride) + 1));
  const latest = available - 2;
  const earliest = Math.min(first - 1 + stride * (made - 1), latest);
  return earliest + Math.floor(uniform * (latest - earliest + 1));
}

/** Rows of a crop: the context and the horizon after it. */
export const cropRows = (settings: ForecasterSettings): number => contextLength(settings) + settings.horizon;
