import type { BundleDescription } from '../bundle/index.ts';
import { type Frequency, printPeriod } from '../frequency/index.ts';
import type { ItemForecast } from './forecast.ts';

/** The forecast of one channel of one item, as it is shown. */
export interface SeriesForecast {
  readonly item: string;
  readonly channel: string;
  readonly timestamps: readonly string[];
  readonly mean: readonly number[];
  /** For each level the values of all steps. */
  readonly quantiles: readonly (readonly number[])[];
}

/** Forecasts taken apart into series: item by item, of each its channels. */
export function seriesForecasts(
  description: BundleDescription,
  forecasts: readonly ItemForecast[],
  print: (frequency: Frequency, index: number) => string = printPeriod,
): SeriesForecast[] {
  const { channels } = description;
  const frequency = description.frequency;
  return forecasts.flatMap(({ item, start, quantiles, mean }) => {
    const horizon = mean.length / channels.length;
    const levels = quantiles.length / mean.length;
    const timestamps = Array.from({ length: horizon }, (_, step) => print(frequency, start + step));
    return channels.map((channel, c): SeriesForecast => {
      const each = (of: (at: number) => number | undefined) =>
        Array.from({ length: horizon }, (_, step) => of(step * channels.length + c) ?? Number.NaN);
      return {
        item,
        channel,
        timestamps,
        mean: each((at) => mean[at]),
        quantiles: Array.from({ length: levels }, (_, level) => each((at) => quantiles[at * levels + level])),
      };
    });
  });
}
