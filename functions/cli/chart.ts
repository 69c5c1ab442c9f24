import type { BundleDescription } from '../../shared/bundle/index.ts';
import type { ItemForecast, ItemHistory } from '../../shared/forecast/index.ts';
import { printPeriod } from '../../shared/frequency/index.ts';
import { seriesName } from './rows.ts';

const bars = '▁▂▃▄▅▆▇█';
/** Periods of history that are drawn, and series at most. */
const [past, most] = [48, 8];

/** A line for each series: its last periods, then the median of what comes, and the range that is forecast. */
export function chart(
  description: BundleDescription,
  items: readonly ItemHistory[],
  forecasts: readonly ItemForecast[],
  levels: readonly number[],
): string {
  const { channels, frequency } = description;
  const lines = forecasts.flatMap((forecast, i) =>
    channels.map((channel, c) => {
      const recent = every(items[i]?.history ?? new Float64Array(), channels.length, c).slice(-past);
      const width = channels.length * levels.length;
      const at = (level: number) => every(forecast.quantiles, width, c * levels.length + level);
      const middle = at(Math.floor(levels.length / 2));
      const [low, high] = [Math.min(...at(0)), Math.max(...at(levels.length - 1))];
      const all = [...recent, ...middle].filter(Number.isFinite);
      const draw = (values: readonly number[]) => values.map((value) => bar(value, all)).join('');
      const name = seriesName(forecast.item, channel, channels.length, forecasts.length);
      const from = printPeriod(frequency, forecast.start);
      return `${name.padEnd(12)} ${draw(recent)}│${draw(middle)}  from ${from}: ${short(low)} to ${short(high)}`;
    }),
  );
  const hidden = lines.length > most ? [`… and ${lines.length - most} more series`] : [];
  return [...lines.slice(0, most), ...hidden].join('\n');
}

const every = (data: Float64Array, step: number, from: number): number[] =>
  Array.from({ length: data.length / step }, (_, i) => data[i * step + from] ?? Number.NaN);

function bar(value: number, all: readonly number[]): string {
  if (!Number.isFinite(value)) return ' ';
  const [low, high] = [Math.min(...all), Math.max(...all)];
  return bars[Math.round(((value - low) / (high - low || 1)) * (bars.length - 1))] ?? ' ';
}

const short = (value: number): string => String(Number(value.toPrecision(4)));
