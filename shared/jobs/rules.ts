import type { Configuration } from '../documents/index.ts';
import { type ForecasterSettings, lookback, type MemberSettings, type Transform } from '../model/index.ts';

/** What the rules look at. */
export interface DataShape {
  /** Periods of each item. */
  readonly lengths: readonly number[];
  readonly channels: number;
  readonly known: number;
  readonly horizon: number;
  /** Periods per cycle, shortest first; empty where there is none. */
  readonly seasons: readonly number[];
  /** Whether values are missing between others. */
  readonly gaps: boolean;
  readonly transform: Transform;
  /** The mean absolute change of the transformed series. */
  readonly unit: number;
}

/** The recurrent network makes this many steps along a series, each a training example. */
const mostSteps = 48;
/** A season's index has forgotten what is older than so many seasons. */
const remembered = 20;
/** The shortest context, so that a trend is seen where there is no season. */
const leastContext = 256;

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}

/** How far a window reaches (RECIPE): two thirds of the horizon without a season, else one season or eight long ones. */
function windowRule(horizon: number, season: number): number {
  if (season === 1) return Math.max(3, Math.round((2 * horizon) / 3));
  return season < 24 ? season + Math.max(2, Math.floor(season / 4)) : 8 * season;
}

/**
 * The forecaster's shape, by rule from the data; nothing is tuned by hand for a dataset.
 *
 * A window never takes more than half of what a usual series has before the horizon, so that there is something
 * left to learn from.
 */
export function forecasterRule(shape: DataShape, configuration: Configuration): ForecasterSettings {
  const { horizon, channels, known, transform, unit, gaps } = shape;
  const longest = Math.max(...shape.lengths);
  const [season = 1] = shape.seasons;
  const usual = Math.max(median(shape.lengths) - horizon, 2);
  const fits = (window: number) => Math.max(2, Math.min(window, Math.floor(usual / 2)));
  const window = fits(windowRule(horizon, season));
  const wide = fits(season < 24 ? Math.round(1.5 * window) : window + season);
  const stride = season < 24 ? 1 : Math.max(1, Math.floor(season / 4));
  const room = longest - horizon - window;
  const steps = Math.max(1, Math.min(mostSteps, Math.floor(room / stride) + 1));
  const levels = configuration.quantiles.includes(0.5)
    ? configuration.quantiles
    : [...configuration.quantiles, 0.5].sort((a, b) => a - b);
  const members = Array.from({ length: configuration.members }, (_, k) =>
    memberRule(k, { window, wide, season, transform }, configuration),
  );
  const seasons = season > 1 ? [season] : [];
  const reach = lookback({ members, seasons, known });
  const remembers = Math.max(
    leastContext,
    reach + 1 + stride * (steps - 1) + remembered * (season > 1 ? season : 0),
  );
  return {
    horizon,
    channels,
    joint: configuration.joint,
    known,
    transform,
    unit,
    seasons,
    calendar: [],
    gaps,
    levels,
    stride,
    steps,
    first: season < 24 ? 3 : Math.min(window, usual),
    context: Math.min(remembers, longest + reach + 4 * horizon),
    members,
  };
}

interface Windows {
  readonly window: number;
  readonly wide: number;
  readonly season: number;
  readonly transform: Transform;
}

/**
 * Members differ in what they see (RECIPE): local and global scale, a wider window, and for positive data one without
 * the Theta forecast; for additive data none reads it.
 */
function memberRule(
  k: number,
  { window, wide, season, transform }: Windows,
  { cell, units, seed }: Configuration,
): MemberSettings {
  const positive = transform === 'log';
  const kind = k % 4;
  const additive = season >= 24 ? kind >= 2 : kind === 2;
  return {
    cell,
    units,
    window: (positive ? kind === 2 : additive) ? wide : window,
    scale: (positive ? kind === 1 : kind % 2 === 1) ? 'global' : 'local',
    theta: positive && kind !== 3,
    weighting: positive && kind >= 2 ? 0.5 : 0,
    seed: seed * 1000 + k,
  };
}

/** Training series in one batch. */
export const batchSize = 16;
