import { type ForecasterSettings, lookback, type MemberSettings, type Transform } from '../model/index.ts';
import type { Plan } from './plan-document.ts';
import { ofView } from './views.ts';

/** What the rules look at. */
export interface DataShape {
  /** Periods of each item. */
  readonly lengths: readonly number[];
  readonly channels: number;
  readonly known: number;
  readonly past: number;
  readonly statics: ForecasterSettings['statics'];
  readonly integers: boolean;
  readonly horizon: number;
  /** Periods per cycle, shortest first; empty where there is none. */
  readonly seasons: readonly number[];
  /** Whether values are missing between others. */
  readonly gaps: boolean;
  /** How series are seen; more than one way shares out the members. */
  readonly views: readonly ViewShape[];
}

interface ViewShape {
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

/** A window of several seasons is not wider than this, or than two seasons. */
const widest = 400;

/**
 * How far a window reaches (RECIPE): two thirds of the horizon without a season, else a season and a quarter, or eight
 * seasons of many.
 */
function windowRule(horizon: number, season: number, many: boolean): number {
  if (season === 1) return Math.max(3, Math.round((2 * horizon) / 3));
  if (!many) return season + Math.max(2, Math.floor(season / 4));
  return Math.min(8, Math.max(2, Math.floor(widest / season))) * season;
}

/** Steps that are apart and windows of several seasons are for long seasons that were seen often, as hours' days. */
const manySeasons = 16;

/**
 * The forecaster's shape, by rule from the data; nothing is tuned by hand for a dataset. One for each view, which share
 * the members out: the first takes what is left over.
 *
 * A window never takes more than half of what a usual series has before the horizon, so that there is something
 * left to learn from.
 */
export function forecasterRule(
  shape: DataShape,
  configuration: Plan['configuration'],
): readonly ForecasterSettings[] {
  const { horizon, channels, known, past, statics, integers, gaps } = shape;
  const longest = Math.max(...shape.lengths);
  const [season = 1] = shape.seasons;
  const usual = Math.max(median(shape.lengths) - horizon, 2);
  const fits = (window: number) => Math.max(2, Math.min(window, Math.floor(usual / 2)));
  const many = season >= 24 && usual >= manySeasons * season;
  const window = fits(windowRule(horizon, season, many));
  const wide = fits(many ? window + season : Math.round(1.5 * window));
  const stride = many ? Math.floor(season / 4) : 1;
  const room = longest - horizon - window;
  const steps = Math.max(1, Math.min(mostSteps, Math.floor(room / stride) + 1));
  const levels = configuration.quantiles.includes(0.5)
    ? configuration.quantiles
    : [...configuration.quantiles, 0.5].sort((a, b) => a - b);
  const { seasons } = shape;
  const views = shape.views.map(({ transform, unit }, v) => {
    const numbers = Array.from({ length: configuration.members }, (_, k) => k);
    const members = ofView(numbers, v, shape.views.length).map((k, kind) =>
      memberRule(
        kind,
        { window, wide, many, transform },
        { ...configuration, seed: configuration.seed * 1000 + k },
      ),
    );
    return { transform, unit, members };
  });
  const reach = Math.max(...views.map(({ members }) => lookback({ members, seasons, known })));
  const remembers = Math.max(
    leastContext,
    reach + 1 + stride * (steps - 1) + remembered * (season > 1 ? season : 0),
  );
  return views.map((view) => ({
    ...view,
    horizon,
    channels,
    joint: configuration.joint,
    known,
    past,
    statics,
    integers,
    seasons,
    calendar: [],
    gaps,
    levels,
    stride,
    steps,
    first: many ? Math.min(window, usual) : 3,
    context: Math.min(remembers, longest + reach + 4 * horizon),
    mixture: null,
  }));
}

interface Windows {
  readonly window: number;
  readonly wide: number;
  /** Whether windows reach over several seasons. */
  readonly many: boolean;
  readonly transform: Transform;
}

/**
 * Members differ in what they see (RECIPE): local and global scale, a wider window, and for positive data one without
 * the Theta forecast; for additive data none reads it.
 */
function memberRule(
  kind: number,
  { window, wide, many, transform }: Windows,
  { cell, units, seed }: Plan['configuration'],
): MemberSettings {
  const positive = transform === 'log';
  const turn = kind % 4;
  const additive = many ? turn >= 2 : turn === 2;
  return {
    cell,
    units,
    window: (positive ? turn === 2 : additive) ? wide : window,
    scale: (positive ? turn === 1 : turn % 2 === 1) ? 'global' : 'local',
    theta: positive && turn !== 3,
    weighting: positive && turn >= 2 ? 0.5 : 0,
    seed,
  };
}

/** Training series in one batch. */
export const batchSize = 16;
