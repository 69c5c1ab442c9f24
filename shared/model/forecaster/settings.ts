import type { CellName } from '../cells.ts';

/** What one member sees and how it is built. */
export interface MemberSettings {
  readonly cell: CellName;
  readonly units: number;
  /** Periods in each step's window. */
  readonly window: number;
  /** Whether a step is scaled by its own window's variation or by that of all the data. */
  readonly scale: 'local' | 'global';
  /** Whether it reads the causal Theta forecast. */
  readonly theta: boolean;
  /** A series weighs (the data's mean change / its own)^weighting in training; 0 weighs all alike. */
  readonly weighting: number;
  readonly seed: number;
}

/** How a series is changed before the network sees it; forecasts go the way back. */
export type Transform = 'identity' | 'log' | 'asinh';

/** Baselines that a forecast may be mixed with. */
export const mixtureBaselines = ['naive', 'seasonalNaive', 'naive2', 'smoothing', 'theta'] as const;
export type MixtureBaseline = (typeof mixtureBaselines)[number];

/** How far the network's forecasts move towards a baseline. */
export interface Mixture {
  readonly baseline: MixtureBaseline;
  /** Above 0; 1 is the baseline's location with the network's spread. */
  readonly weight: number;
}

/** A static covariate that is read: a number by its mean and deviation over the items, a category by its values. */
export type StaticFeature = { readonly name: string } & (
  | { readonly kind: 'number'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'category'; readonly values: readonly string[] }
);

/** What the members of a view of a forecaster share; all but transform, unit and members is the same in all views. */
export interface ForecasterSettings {
  /** Steps ahead. */
  readonly horizon: number;
  /** Target channels. */
  readonly channels: number;
  /** One network for all channels of an item at once, or each channel as a series of its own. */
  readonly joint: boolean;
  /** Known covariates. */
  readonly known: number;
  /** Past covariates that are read; 0 where none is. */
  readonly past: number;
  /** Static covariates that are read. */
  readonly statics: readonly StaticFeature[];
  /** Whether all data are whole numbers from 0 on: then quantiles are whole numbers too. */
  readonly integers: boolean;
  readonly transform: Transform;
  /** The mean absolute change of the transformed series from one period to the next, over all the data. */
  readonly unit: number;
  /** Periods per cycle whose causal index is taken out before the network and put back after it. */
  readonly seasons: readonly number[];
  /** Periods per cycle of the calendar features at a step's origin. */
  readonly calendar: readonly number[];
  /** Whether there are gaps: then the network is told how much of a window was observed. */
  readonly gaps: boolean;
  /** Quantile levels, rising, with 0.5 among them. */
  readonly levels: readonly number[];
  /** Periods between the steps of the recurrent network. */
  readonly stride: number;
  /** Steps of the recurrent network, the last one at the last period. */
  readonly steps: number;
  /** Periods that a step needs before it. */
  readonly first: number;
  /** The longest history that is read, in periods. */
  readonly context: number;
  readonly members: readonly MemberSettings[];
  /** What is served instead of the members' mean alone. */
  readonly mixture: Mixture | null;
}

/** Whether the Theta forecast has to be computed. */
export const needsTheta = ({ members, mixture }: Pick<ForecasterSettings, 'members' | 'mixture'>): boolean =>
  members.some(({ theta }) => theta) || mixture?.baseline === 'theta' || mixture?.baseline === 'smoothing';

/** The variation that a still window is taken to have: of logarithms half a percent, else a tenth of the data's. */
export const leastVariation = ({
  transform,
  unit,
}: Pick<ForecasterSettings, 'transform' | 'unit'>): number => (transform === 'log' ? 0.005 : 0.1 * unit);

/** Periods over which a covariate's recent mean is taken. */
export const recentPeriods = 24;

/** Periods before a step's end that its inputs reach back to. */
export const lookback = ({
  members,
  seasons,
  known,
}: Pick<ForecasterSettings, 'members' | 'seasons' | 'known'>): number =>
  Math.max(...members.map(({ window }) => window), ...seasons, known > 0 ? recentPeriods : 0) - 1;
