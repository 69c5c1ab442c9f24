import type { BundleDescription } from '../../shared/bundle/index.ts';
import {
  csvLine,
  harmless,
  type ItemForecast,
  quantileColumn,
  seriesForecasts,
} from '../../shared/forecast/index.ts';

/** One step of one series, as it is written. */
export interface ForecastRow {
  readonly item: string;
  readonly timestamp: string;
  readonly mean: number;
  readonly quantiles: readonly number[];
}

/** The name of a channel's series: the channel alone where there is one item, else both. */
export function seriesName(item: string, channel: string, channels: number, items: number): string {
  if (channels === 1) return item === '' ? 'series' : item;
  return items === 1 ? channel : `${item}/${channel}`;
}

/** Forecasts as rows, series by series, in the order of time. */
export function forecastRows(
  description: BundleDescription,
  forecasts: readonly ItemForecast[],
): ForecastRow[] {
  const channels = description.channels.length;
  return seriesForecasts(description, forecasts).flatMap(({ item, channel, timestamps, mean, quantiles }) =>
    timestamps.map(
      (timestamp, step): ForecastRow => ({
        item: seriesName(item, channel, channels, forecasts.length),
        timestamp,
        mean: mean[step] ?? Number.NaN,
        quantiles: quantiles.map((values) => values[step] ?? Number.NaN),
      }),
    ),
  );
}

/**
 * Rows as CSV.
 *
 * @param named how items are written, for who opens the file in a spreadsheet
 */
export function toCsv(
  rows: readonly ForecastRow[],
  levels: readonly number[],
  named: (item: string) => string = harmless,
): string {
  const header = csvLine(['item_id', 'timestamp', 'mean', ...levels.map(quantileColumn)]);
  const lines = rows.map(({ item, timestamp, mean, quantiles }) =>
    csvLine([named(item), timestamp, mean, ...quantiles]),
  );
  return [header, ...lines].join('');
}
