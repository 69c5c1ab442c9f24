import type { CellName } from '../cells.ts';

/** What one member sees and how it is built. */
export interface MemberSettings {
  readonly cell: CellName;
  readonly units: number;
  /** Observations in each step's window. */
  readonly window: number;
  /** Whether a step is scaled by its own window's variation or by that of the whole context. */
  readonly scale: 'local' | 'global';
  readonly seed: number;
}

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
  /** Periods per cycle, each giving calendar features. */
  readonly seasons: readonly number[];
  /** Quantile levels, rising, with 0.5 among them. */
  readonly levels: readonly number[];
  /** Periods between the steps of the recurrent network. */
  readonly stride: number;
  /** Steps of the recurrent network, the last one at the last observation. */
  readonly steps: number;
  /** Observations that a step needs before it is trained on. */
  readonly first: number;
  readonly members: readonly MemberSettings[];
}

/** The longest history a forecaster reads, in periods. */
export const contextLength = ({ members, stride, steps }: ForecasterSettings): number =>
  Math.max(...members.map(({ window }) => window)) + stride * (steps - 1);
