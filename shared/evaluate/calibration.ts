import { show } from '../errors/index.ts';
import { EvaluationError } from './errors.ts';
import { checkLevels, type Forecast, type SeriesOutcome } from './forecast.ts';
import { pinball } from './metrics/points.ts';

/** How to widen each quantile: q′ = c + factor·(q − c), c the centre of the forecast at that step. */
export interface Calibration {
  readonly levels: readonly number[];
  /** [level]; 1 leaves a level as it is. */
  readonly factors: readonly number[];
}

/** One observed point: the actual value, and the centre and quantiles that were forecast for it. */
interface Point {
  readonly actual: number;
  readonly centre: number;
  readonly row: Float64Array; // [level]
}

/** Fewer windows say too little: the points of one window err together. */
const fewestWindows = 8;
/** So many points have to lie beyond a level on average: a tail that was hardly seen is not corrected. */
const fewestBeyond = 10;
const widest = 2;
/** A gain below this share of the loss is noise. */
const gain = 0.005;

export const identityCalibration = (levels: readonly number[]): Calibration => ({
  levels,
  factors: levels.map(() => 1),
});

/**
 * Fits a factor per level on calibration windows: the one with which the level would have held its share there,
 * as split conformal prediction takes the quantile of rank ⌈(n + 1)·τ⌉ of the scores (y − c) / (q − c) (Romano,
 * Patterson & Candès 2019), up to 2. A factor is kept only where it lowers that level's scaled pinball loss. None
 * narrows: the served members know newer data, what comes is not what was, and an interval that promises too much does
 * more harm than one that is a little wide (decision 10). Otherwise, and with too few windows or points, it is 1.
 *
 * @param forecasts one per window
 * @param outcomes what came of each, in the same order; NaN where missing
 */
export function fitCalibration(
  forecasts: readonly Pick<Forecast, 'quantiles'>[],
  outcomes: readonly Pick<SeriesOutcome, 'target'>[],
  levels: readonly number[],
): Calibration {
  checkLevels(levels);
  checkShapes(forecasts, outcomes, levels.length);
  const windows = forecasts
    .map(({ quantiles }, i) => pointsOf(quantiles, (outcomes[i] as SeriesOutcome).target, levels))
    .filter((points) => points.length > 0);
  if (windows.length < fewestWindows) return identityCalibration(levels);
  const points = windows.flat();
  return { levels, factors: levels.map((level, j) => factorOf(points, level, j)) };
}

/**
 * Applies the factors and sorts each step's quantiles, which may cross where neighbours' factors differ; sorting
 * never raises the loss (Chernozhukov, Fernández-Val & Galichon 2010).
 *
 * @param quantiles [horizon, level]
 * @returns the same shape
 */
export function applyCalibration(quantiles: Float64Array, { levels, factors }: Calibration): Float64Array {
  const width = levels.length;
  const result = new Float64Array(quantiles.length);
  for (let from = 0; from < quantiles.length; from += width) {
    const row = quantiles.subarray(from, from + width);
    const centre = centreOf(row, levels);
    const moved = row.map((value, j) =>
      (factors[j] as number) === 1 ? value : centre + (factors[j] as number) * (value - centre),
    );
    result.set(moved.sort(), from);
  }
  return result;
}

/** The median; without that level the middle between its neighbours, or the nearest level where all are to one side. */
function centreOf(row: Float64Array, levels: readonly number[]): number {
  const above = levels.findIndex((level) => level >= 0.5);
  if (above < 0) return row[levels.length - 1] as number;
  if (above === 0 || levels[above] === 0.5) return row[above] as number;
  return ((row[above - 1] as number) + (row[above] as number)) / 2;
}

function pointsOf(quantiles: Float64Array, target: Float64Array, levels: readonly number[]): Point[] {
  const points: Point[] = [];
  target.forEach((actual, step) => {
    if (Number.isNaN(actual)) return;
    const row = quantiles.subarray(step * levels.length, (step + 1) * levels.length);
    points.push({ actual, centre: centreOf(row, levels), row });
  });
  return points;
}

function factorOf(points: readonly Point[], level: number, j: number): number {
  if (points.length * Math.min(level, 1 - level) < fewestBeyond) return 1;
  const factor = conformalFactor(points, level, j);
  const better = lossWith(factor, points, level, j) < lossWith(1, points, level, j) * (1 - gain);
  return better && factor > 1 ? factor : 1;
}

/** The score (y − c) / (q − c) runs against y where q is below c: there the rank is taken from the other end. */
function conformalFactor(points: readonly Point[], level: number, j: number): number {
  const scores = Float64Array.from(
    points.filter(({ centre, row }) => row[j] !== centre),
    ({ actual, centre, row }) => (actual - centre) / ((row[j] as number) - centre),
  ).sort();
  if (scores.length === 0) return 1;
  const rank = Math.ceil((scores.length + 1) * Math.max(level, 1 - level));
  return Math.min(scores[Math.min(rank, scores.length) - 1] as number, widest);
}

/** The pinball loss in units of each point's own distance from the centre: a few wild points do not decide for all. */
function lossWith(factor: number, points: readonly Point[], level: number, j: number): number {
  let sum = 0;
  for (const { actual, centre, row } of points) {
    const distance = (row[j] as number) - centre;
    if (distance !== 0) sum += pinball(level, actual, centre + factor * distance) / Math.abs(distance);
  }
  return sum;
}

function checkShapes(
  forecasts: readonly Pick<Forecast, 'quantiles'>[],
  outcomes: readonly Pick<SeriesOutcome, 'target'>[],
  levels: number,
): void {
  const fits = (i: number): boolean =>
    forecasts[i]?.quantiles.length === (outcomes[i]?.target.length ?? Number.NaN) * levels;
  if (forecasts.length === outcomes.length && forecasts.every((_, i) => fits(i))) return;
  throw new EvaluationError({
    rule: 'every calibration window has one quantile per step and level',
    received: show(
      forecasts.map(({ quantiles }, i) => [quantiles.length, outcomes[i]?.target.length]).slice(0, 3),
    ),
    remedy: 'pass forecasts and outcomes of the same windows, and the levels of the forecasts',
  });
}
