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

/** What all members of a forecaster share. */
export interface ForecasterSettings {
  /** Steps ahead. */
  readonly horizon: number;
  /** Target channels. */
  readonly channels: number;
  /** One network for all channels of an item at once, or each channel as a series of its own. */
  readonly joint: boolean;
  /** Known covariates. */
  readonly known: number;
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
}

/** The variation that a still window is taken to have: of logarithms half a percent, else a tenth of the data's. */
export const leastVariation = ({
  transform,
  unit,
}: Pick<ForecasterSettings, 'transform' | 'unit'>): number => (transform === 'log' ? 0.005 : 0.1 * unit);

/** Periods over which a known covariate's recent mean is taken. */
export const recentPeriods = 24;

/** Periods before a step's end that its inputs reach back to. */
export const lookback = ({
  members,
  seasons,
  known,
}: Pick<ForecasterSettings, 'members' | 'seasons' | 'known'>): number =>
  Math.max(...members.map(({ window }) => window), ...seasons, known > 0 ? recentPeriods : 0) - 1;
