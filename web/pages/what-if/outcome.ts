import type { Item, Model } from '../../api/answers.ts';
import type { Band, ChartData, Values } from '../../charts/chart-data.ts';
import { axisZone, hasClock, timeOf } from '../../format/index.ts';
import type { ChannelForecast } from '../../views/index.ts';

interface Shown {
  readonly model: Model;
  readonly item: Item;
  readonly channel: string;
  /** With what is stored; null where values are missing there. */
  readonly stored: ChannelForecast | null;
  readonly changed: ChannelForecast | null;
  /** The texts of the chart. */
  readonly texts: {
    readonly title: string;
    readonly time: string;
    readonly observed: string;
    readonly before: string;
    readonly after: string;
    readonly interval: (share: number) => string;
  };
}

/** Periods of the past that are shown, in horizons: enough to see the rhythm, few enough to see the change. */
const horizonsBefore = 4;

/** The newest observations, the forecast as stored, and the one with other values in its bands. */
export function outcomeChart({ model, item, channel, stored, changed, texts }: Shown): ChartData {
  const observed = item.target[channel] ?? [];
  const from = Math.max(0, observed.length - Math.max(horizonsBefore * model.horizon, 2 * model.season));
  const past = observed.slice(from);
  const ahead = (changed ?? stored)?.timestamps ?? [];
  const times = [...item.timestamps.slice(from, observed.length), ...ahead].map(timeOf);
  const behind = (values: Values): Values => [...past.map(() => null), ...values];
  return {
    title: texts.title,
    axisLabel: texts.time,
    axis: {
      ...{ kind: 'time', values: times, clock: hasClock(model.frequency) },
      zone: axisZone(model.frequency, model.timezone),
    },
    lines: [
      { label: texts.observed, values: [...past, ...ahead.map(() => null)], colour: 'observed' },
      ...(stored
        ? [
            {
              ...{ label: texts.before, values: behind(middleOf(stored, model.quantiles)) },
              ...{ colour: 'baseline' as const, style: 'dashed' as const },
            },
          ]
        : []),
      ...(changed
        ? [
            {
              ...{ label: texts.after, values: behind(middleOf(changed, model.quantiles)) },
              colour: 'forecast' as const,
            },
          ]
        : []),
    ],
    bands: changed
      ? intervalsOf(model.quantiles).map(
          ({ share, low, high }): Band => ({
            label: texts.interval(share),
            low: behind(changed.quantiles[low] ?? []),
            high: behind(changed.quantiles[high] ?? []),
          }),
        )
      : [],
    ...(ahead[0] !== undefined && { now: timeOf(ahead[0]) }),
  };
}

/** The median where the model was trained for it, else the mean. */
const middleOf = ({ quantiles, mean }: ChannelForecast, levels: readonly number[]): Values =>
  quantiles[levels.indexOf(0.5)] ?? mean;

/** Levels as far below the middle as above it, by their places, the widest first. */
function intervalsOf(levels: readonly number[]) {
  return levels.flatMap((level, low) => {
    const high = levels.findIndex((other) => Math.abs(level + other - 1) < 1e-9);
    const share = (levels[high] ?? 0) - level;
    return level < 0.5 && high >= 0 ? [{ share, low, high }] : [];
  });
}

/** By which share the middle's sum over the steps changes; null where there is nothing to compare with. */
export function changeOf(
  stored: ChannelForecast | null,
  changed: ChannelForecast | null,
  levels: readonly number[],
): number | null {
  if (!stored || !changed) return null;
  const sum = (forecast: ChannelForecast) =>
    middleOf(forecast, levels).reduce<number>((total, value) => total + (value ?? Number.NaN), 0);
  const before = sum(stored);
  return before === 0 ? null : (sum(changed) - before) / Math.abs(before);
}
