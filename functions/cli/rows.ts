import type { BundleDescription } from '../../shared/bundle/index.ts';
import { type ItemForecast, seriesForecasts } from '../../shared/serve/index.ts';

/** One step of one series, as it is written. */
export interface ForecastRow {
  readonly item: string;
  readonly timestamp: string;
  readonly mean: number;
  readonly quantiles: readonly number[];
}

/** The name of a quantile's column: `p10` for 0.1, `p2.5` for 0.025. */
export const quantileColumn = (level: number): string => `p${Number((100 * level).toPrecision(12))}`;

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

const cell = (text: string): string => (/[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** What a spreadsheet would take for a formula; numbers with a sign are none. */
const formula = /^'*[=+\-@\t\r]/;
const signed = /^[-+]?[\d.,]+$/;

/**
 * A name that a spreadsheet shows and does not calculate (OWASP, CSV injection): an apostrophe before what looks like
 * a formula, and before apostrophes that stand there already, so that it can be taken away again.
 */
export const harmless = (name: string): string =>
  formula.test(name) && !signed.test(name) ? `'${name}` : name;

/** The name that `harmless` was given. */
export const unharmed = (name: string): string =>
  name.startsWith("'") && harmless(name.slice(1)) === name ? name.slice(1) : name;

/**
 * Rows as CSV (RFC 4180), with the digits that read back the same.
 *
 * @param named how items are written, for who opens the file in a spreadsheet
 */
export function toCsv(
  rows: readonly ForecastRow[],
  levels: readonly number[],
  named: (item: string) => string = harmless,
): string {
  const header = ['item_id', 'timestamp', 'mean', ...levels.map(quantileColumn)].join();
  const lines = rows.map(({ item, timestamp, mean, quantiles }) =>
    [cell(named(item)), timestamp, mean, ...quantiles].join(),
  );
  return `${[header, ...lines].join('\n')}\n`;
}
