import { type Frequency, printPeriod } from '../frequency/index.ts';
import type { ItemForecast } from './forecast.ts';
import type { ForecasterDescription } from './shape.ts';

/** The forecast of one channel of one item, as it is shown. */
export interface SeriesForecast {
  readonly item: string;
  readonly channel: string;
  readonly timestamps: string[];
  readonly mean: number[];
  /** For each level the values of all steps. */
  readonly quantiles: number[][];
}

/** Forecasts taken apart into series: item by item, of each its channels. */
export function seriesForecasts(
  { channels, frequency }: Pick<ForecasterDescription, 'channels' | 'frequency'>,
  forecasts: readonly ItemForecast[],
  print: (frequency: Frequency, index: number) => string = printPeriod,
): SeriesForecast[] {
  return forecasts.flatMap(({ item, start, quantiles, mean }) => {
    const horizon = mean.length / channels.length;
    const levels = quantiles.length / mean.length;
    const timestamps = Array.from({ length: horizon }, (_, step) => print(frequency, start + step));
    return channels.map((channel, c) => {
      const own = (data: Float64Array, first: number, stride: number) =>
        everyNth(data, first, stride, horizon);
      return {
        item,
        channel,
        timestamps,
        mean: own(mean, c, channels.length),
        quantiles: Array.from({ length: levels }, (_, level) =>
          own(quantiles, c * levels + level, channels.length * levels),
        ),
      };
    });
  });
}

/** A plain loop: each request of one series makes ten of these lists. */
function everyNth(data: Float64Array, first: number, stride: number, count: number): number[] {
  const found: number[] = [];
  for (let i = 0; i < count; i++) found.push(data[first + i * stride] ?? Number.NaN);
  return found;
}
