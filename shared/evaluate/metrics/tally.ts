import { show } from '../../errors/index.ts';
import { EvaluationError } from '../errors.ts';
import type { SeriesForecast, SeriesOutcome } from '../forecast.ts';
import { type Interval, intervalsOf } from './intervals.ts';
import { absoluteError, pinball, symmetricError } from './points.ts';

/** The sums of the pointwise statistics over the observed points of one series, from which every metric follows. */
export interface Tally {
  points: number;
  symmetric: number;
  absolute: number;
  /** Σ(ŷ − y), ŷ the mean forecast */
  signed: number;
  /** Σ(y − ŷ)², ŷ the mean forecast */
  squared: number;
  /** Σ|y| */
  size: number;
  /** Σρ_τ per level: [level] */
  readonly pinball: Float64Array;
  /** Points within each central interval: [interval] */
  readonly inside: Float64Array;
  /** The denominator of MASE; NaN where the training part has no two values a season apart. */
  scale: number;
}

/** What is scored, and which forecast stands for ŷ in sMAPE, MASE and WAPE. */
export interface TallySettings {
  readonly levels: readonly number[];
  readonly season: number;
  /** The position of the median among the levels; null to take the mean forecast. */
  readonly median: number | null;
}

/** @throws EvaluationError where shapes differ, or a forecast is missing where an actual value is there */
export function tally(
  forecast: SeriesForecast,
  { target, training }: SeriesOutcome,
  { levels, season, median }: TallySettings,
): Tally {
  const intervals = intervalsOf(levels);
  checkShapes(forecast, target.length, levels.length);
  const sums: Tally = { ...emptyTally(levels.length, intervals.length), scale: scaleOf(training, season) };
  for (let step = 0; step < target.length; step++) {
    const actual = target[step] as number;
    if (Number.isNaN(actual)) continue;
    const row = forecast.quantiles.subarray(step * levels.length, (step + 1) * levels.length);
    const mean = forecast.mean[step] as number;
    checkThere(forecast.item, step, mean, row);
    addPoint(sums, { actual, mean, row }, { levels, median, intervals });
  }
  return sums;
}

/** An observed value, and what was forecast for it. */
export interface Point {
  readonly actual: number;
  readonly mean: number;
  /** Quantiles, [level] */
  readonly row: Float64Array;
}

/** Adds one observed value to the sums of its series, or of whatever else it is counted with. */
export function addPoint(
  sums: Tally,
  { actual, mean, row }: Point,
  { levels, median, intervals }: Omit<TallySettings, 'season'> & { readonly intervals: readonly Interval[] },
): void {
  const point = median === null ? mean : (row[median] as number);
  sums.points += 1;
  sums.symmetric += symmetricError(actual, point);
  sums.absolute += absoluteError(actual, point);
  sums.signed += mean - actual;
  sums.squared += (mean - actual) ** 2;
  sums.size += Math.abs(actual);
  addQuantiles(sums, actual, row, levels, intervals);
}

export const emptyTally = (levels: number, intervals: number): Tally => ({
  points: 0,
  symmetric: 0,
  absolute: 0,
  signed: 0,
  squared: 0,
  size: 0,
  pinball: new Float64Array(levels),
  inside: new Float64Array(intervals),
  scale: Number.NaN,
});

function addQuantiles(
  sums: Tally,
  actual: number,
  row: Float64Array,
  levels: readonly number[],
  intervals: readonly Interval[],
): void {
  levels.forEach((level, j) => {
    sums.pinball[j] = (sums.pinball[j] as number) + pinball(level, actual, row[j] as number);
  });
  intervals.forEach(({ low, high }, j) => {
    const held = (row[low] as number) <= actual && actual <= (row[high] as number);
    sums.inside[j] = (sums.inside[j] as number) + (held ? 1 : 0);
  });
}

/** Mean |y_t − y_{t−m}| over the pairs of the training part that were both observed (Hyndman & Koehler 2006). */
export function scaleOf(training: Float64Array, season: number): number {
  let sum = 0;
  let pairs = 0;
  for (let t = season; t < training.length; t++) {
    const change = Math.abs((training[t] as number) - (training[t - season] as number));
    if (Number.isNaN(change)) continue;
    sum += change;
    pairs += 1;
  }
  return sum / pairs;
}

function checkShapes({ item, mean, quantiles }: SeriesForecast, horizon: number, levels: number): void {
  if (mean.length === horizon && quantiles.length === horizon * levels) return;
  throw new EvaluationError({
    rule: `a forecast of ${horizon} actual values has as many means and ${horizon} × ${levels} quantiles`,
    received: `${mean.length} means and ${quantiles.length} quantiles for ${show(item)}`,
    remedy: 'cut both to the same steps, and name the levels that the forecast was made with',
  });
}

function checkThere(item: string, step: number, mean: number, row: Float64Array): void {
  if (!Number.isNaN(mean) && !row.includes(Number.NaN)) return;
  throw new EvaluationError({
    rule: 'every observed value needs a forecast',
    received: `NaN for ${show(item)}, step ${step + 1}`,
    remedy: 'mend the forecast, or set the actual value to NaN to leave the point out',
  });
}
