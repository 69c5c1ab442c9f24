import type { Band, ChartData, Line, Values } from '../charts/index.ts';
import { axisZone, type Formats, hasClock, timeOf } from '../format/index.ts';
import type { Words } from '../words/index.ts';
import { type Interval, valuesAt } from './intervals.ts';

interface Quantiles {
  readonly timestamps: readonly string[];
  readonly quantiles: readonly { readonly level: number; readonly values: Values }[];
}

/** What the chart of an item is made of; everything but the history may be missing. */
export interface ForecastParts {
  readonly title: string;
  readonly frequency: string;
  readonly timezone: string | null;
  readonly intervals: readonly Interval[];
  readonly history: { readonly timestamps: readonly string[]; readonly values: Values };
  readonly forecast: Quantiles | null;
  /** Earlier forecasts, none of them over another. */
  readonly backtests?: readonly Quantiles[];
  /** Timestamps of unusual observations. */
  readonly anomalies?: readonly string[];
}

/** An item's history and forecast with its intervals, and what else is to be seen beside them. */
export function forecastData(parts: ForecastParts, words: Words, formats: Formats): ChartData {
  const { title, frequency, timezone, intervals, history, forecast, backtests = [], anomalies } = parts;
  const all = [history, ...backtests, ...(forecast ? [forecast] : [])];
  const times = [...new Set(all.flatMap(({ timestamps }) => timestamps.map(timeOf)))].sort((a, b) => a - b);
  const place = new Map(times.map((time, i) => [time, i]));
  const spread = (sources: readonly { timestamps: readonly string[]; values: Values }[]): Values => {
    const result: (number | null)[] = new Array(times.length).fill(null);
    for (const { timestamps, values } of sources) {
      timestamps.forEach((timestamp, i) => {
        const at = place.get(timeOf(timestamp));
        if (at !== undefined) result[at] = values[i] ?? null;
      });
    }
    return result;
  };
  const level = (sources: readonly Quantiles[], wanted: number): Values =>
    spread(sources.map(({ timestamps, quantiles }) => ({ timestamps, values: valuesAt(quantiles, wanted) })));
  const observed = spread([history]);
  const now = history.timestamps.at(-1);
  const lines: Line[] = [{ label: words.model.observed, values: observed, colour: 'observed' }];
  const bands: Band[] = [];
  if (forecast) {
    lines.push({ label: words.model.median, values: level([forecast], 0.5), colour: 'forecast' });
    for (const { share, low, high } of intervals) {
      const label = words.model.interval(formats.share(share));
      bands.push({ label, low: level([forecast], low), high: level([forecast], high) });
    }
  }
  const wide = intervals.find(({ share }) => share === 0.8) ?? intervals[0];
  if (backtests.length > 0) {
    const values = level(backtests, 0.5);
    lines.push({ label: words.model.backtestMedian, values, colour: 'baseline', style: 'dashed' });
    if (wide) {
      const label = words.model.backtestInterval(formats.share(wide.share));
      const [low, high] = [level(backtests, wide.low), level(backtests, wide.high)];
      bands.push({ label, low, high, colour: 'baseline' });
    }
  }
  if (anomalies) {
    const unusual = new Set(anomalies.map(timeOf));
    const values = observed.map((value, i) => (unusual.has(times[i] ?? Number.NaN) ? value : null));
    lines.push({ label: words.model.anomaly, values, colour: 'alert', style: 'points' });
  }
  return {
    title,
    axisLabel: words.model.time,
    axis: { kind: 'time', values: times, zone: axisZone(frequency, timezone), clock: hasClock(frequency) },
    ...{ lines, bands },
    ...(now !== undefined && forecast && { now: timeOf(now) }),
  };
}

/** The forecast and a few horizons before it: what is seen first. */
export function firstWindow({ axis: { values } }: ChartData, horizon: number) {
  const from = values[Math.max(0, values.length - Math.max(5 * horizon, 60))] ?? 0;
  return { min: from, max: values.at(-1) ?? from };
}
