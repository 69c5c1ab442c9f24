import { medianOf } from '../metrics/score.ts';
import { scaleOf } from '../metrics/tally.ts';
import type { AccuracySettings, Pair } from './pooled.ts';

/** What forecasts leave unexplained; NaN where nothing is defined. */
export interface Residuals {
  readonly count: number;
  readonly mean: number;
  readonly deviation: number;
  readonly autocorrelation: readonly { readonly lag: number; readonly value: number }[];
  /** 1.96 / √count: white noise stays within it 95 times of 100. */
  readonly bound: number;
  /** The first and the last bin count what lies beyond them too. */
  readonly histogram: readonly { readonly from: number; readonly to: number; readonly count: number }[];
}

const mostLags = 48;
const bins = 40;
/** How far the histogram reaches to either side of the mean, in standard deviations. */
const reach = 4;

/**
 * The errors of a window in units that items share: observation minus median, divided by the in-sample mean absolute
 * error of the seasonal naive, the denominator of MASE.
 *
 * @returns [horizon], NaN where nothing was observed; null for a series without a scale
 */
export function residualsOf(
  { forecast, outcome: { target, training } }: Pair,
  { levels, season }: Pick<AccuracySettings, 'levels' | 'season'>,
): Float64Array | null {
  const scale = scaleOf(training, season);
  if (!(scale > 0)) return null;
  const median = medianOf({ levels });
  return target.map((actual, step) => {
    const point = median === null ? forecast.mean[step] : forecast.quantiles[step * levels.length + median];
    return (actual - (point as number)) / scale;
  });
}

export interface Moments {
  readonly count: number;
  readonly mean: number;
  readonly variance: number;
  readonly least: number;
  readonly most: number;
}

/** Mean and variance of residuals as they come, by Welford's method: they may be many, and far from zero. */
export function moments() {
  let [count, mean, squares] = [0, 0, 0];
  let [least, most] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  return {
    add(residuals: Float64Array): void {
      for (const value of residuals) {
        if (Number.isNaN(value)) continue;
        count += 1;
        const before = value - mean;
        mean += before / count;
        squares += before * (value - mean);
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    },
    result: (): Moments => ({
      ...{ count, least, most },
      mean: count > 0 ? mean : Number.NaN,
      variance: count > 0 ? squares / count : Number.NaN,
    }),
  };
}

/**
 * Describes residuals whose moments are known. The autocorrelation at lag k is the mean product of the deviations of
 * two residuals of one window that lie k steps apart, over the variance of all: windows of a few steps have no mean of
 * their own to speak of.
 *
 * @param windows the residuals that the moments are of, by window: [horizon], NaN where missing
 */
export function describeResiduals(
  windows: Iterable<Float64Array>,
  { count, mean, variance, least, most }: Moments,
  { season, horizon }: Pick<AccuracySettings, 'season' | 'horizon'>,
): Residuals {
  const lags = Math.max(0, Math.min(2 * season, horizon - 1, mostLags));
  const products = new Float64Array(lags);
  const pairs = new Float64Array(lags);
  const deviation = Math.sqrt(variance);
  const from = Math.max(least, mean - reach * deviation);
  const width = (Math.min(most, mean + reach * deviation) - from) / bins;
  const counts = new Array<number>(width > 0 ? bins : Math.min(count, 1)).fill(0);
  for (const window of windows) {
    window.forEach((value, t) => {
      if (Number.isNaN(value)) return;
      const bin = width > 0 ? Math.floor((value - from) / width) : 0;
      const at = Math.max(0, Math.min(bin, counts.length - 1));
      counts[at] = (counts[at] as number) + 1;
      for (let lag = 1; lag <= lags && t + lag < window.length; lag++) {
        const later = window[t + lag] as number;
        if (Number.isNaN(later)) continue;
        products[lag - 1] = (products[lag - 1] as number) + (value - mean) * (later - mean);
        pairs[lag - 1] = (pairs[lag - 1] as number) + 1;
      }
    });
  }
  return {
    ...{ count, mean, deviation },
    autocorrelation: Array.from(products, (sum, i) => ({
      lag: i + 1,
      value: variance > 0 ? sum / (pairs[i] as number) / variance : Number.NaN,
    })),
    bound: count > 0 ? 1.96 / Math.sqrt(count) : Number.NaN,
    histogram: counts.map((size, i) => ({ from: from + i * width, to: from + (i + 1) * width, count: size })),
  };
}
