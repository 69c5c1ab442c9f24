import { additive, type Kind, multiplicative } from '../seasonality.ts';
import { additiveErrors, multiplicativeErrors, type Sums } from './errors.ts';
import { type Filter, filterAdditive, filterMultiplicative } from './filter.ts';
import { linearSpread, multiplicativeSpread, type Spread } from './spread.ts';

/** How a season acts, and errors with it. */
export interface SeasonKind {
  readonly filter: Filter;
  readonly sums: Sums;
  readonly spread: Spread;
  /** How the season is taken out, to begin with; null where there is none. */
  readonly decomposition: Kind | null;
  /** The index that changes nothing. */
  readonly neutral: number;
  /** A forecast from level and trend and an index. */
  readonly apply: (base: number, index: number) => number;
}

/** How the level moves on. */
export interface TrendKind {
  /** Whether by a slope. */
  readonly sloped: boolean;
  /** Whether the slope fades. */
  readonly damped: boolean;
}

/** A model ETS(error, trend, season). */
export interface Model {
  readonly trend: TrendKind;
  readonly season: SeasonKind;
}

export const trends = {
  none: { sloped: false, damped: false },
  additive: { sloped: true, damped: false },
  damped: { sloped: true, damped: true },
} as const satisfies Readonly<Record<string, TrendKind>>;

const linear = {
  filter: filterAdditive,
  sums: additiveErrors,
  spread: linearSpread,
  neutral: 0,
  apply: (base: number, index: number): number => base + index,
};

export const seasons = {
  none: { ...linear, decomposition: null },
  additive: { ...linear, decomposition: additive },
  multiplicative: {
    filter: filterMultiplicative,
    sums: multiplicativeErrors,
    spread: multiplicativeSpread,
    decomposition: multiplicative,
    neutral: 1,
    apply: (base: number, index: number): number => base * index,
  },
} as const satisfies Readonly<Record<string, SeasonKind>>;
