import type { BundleDescription } from '../bundle/index.ts';
import type { ItemForecast } from '../forecast/index.ts';

/** A file of forecasts as it grows: one row for each step of each channel of each item. */
export interface TableWriter {
  /** Rows so far. */
  readonly rows: number;
  add(forecasts: readonly ItemForecast[]): void;
  /** The whole file. */
  bytes(): Uint8Array;
}

/** What the columns of a table follow from. */
export interface TableShape {
  readonly description: BundleDescription;
  readonly levels: readonly number[];
}
