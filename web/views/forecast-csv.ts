import { csvLine, forecastColumns, harmless } from '../../shared/forecast/index.ts';
import type { Values } from '../charts/index.ts';

/** The forecast of one channel. */
export interface ChannelForecast {
  readonly channel: string;
  readonly timestamps: readonly string[];
  readonly mean: Values;
  /** For each level the values of all steps. */
  readonly quantiles: readonly Values[];
}

/** A forecast as the columns of an export, with all digits. */
export function forecastCsv(
  item: string,
  levels: readonly number[],
  forecasts: readonly ChannelForecast[],
): string {
  const several = forecasts.length > 1;
  const cell = (value: number | null | undefined) => value ?? Number.NaN;
  const lines = forecasts.flatMap(({ channel, timestamps, mean, quantiles }) =>
    timestamps.map((timestamp, step) =>
      csvLine([
        ...(several ? [item, channel] : [item]).map(harmless),
        timestamp,
        cell(mean[step]),
        ...quantiles.map((values) => cell(values[step])),
      ]),
    ),
  );
  return csvLine(forecastColumns(levels, several)) + lines.join('');
}
