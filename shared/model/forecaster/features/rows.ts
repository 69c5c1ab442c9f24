import {
  abs,
  add,
  cast,
  clip,
  concat,
  div,
  isMissing,
  max,
  mul,
  not,
  pad,
  reduceSum,
  slice,
  sqrt,
  square,
  sub,
  unsqueeze,
  type Value,
  where,
} from '../../../graph/index.ts';
import { type ForecasterSettings, needsTheta } from '../settings.ts';
import { type Filled, fillGaps } from './gaps.ts';
import { pastRows } from './past.ts';
import { type SeasonIndex, seasonIndex, seasonOffset } from './season.ts';
import { thetaRows } from './theta.ts';
import { type Transformed, transformSeries } from './transform.ts';

/** What the network's inputs are cut from, by name: `[context + horizon, series]` each, float32. */
export type FeatureRows = Readonly<Record<string, Value>>;

/** The name of a season's rows. */
export const seasonRow = (i: number, part: 'ratio' | 'center' | 'shrink'): string => `${part}${i}`;
export const knownRow = (k: number): string => `known${k}`;
export const pastRow = (k: number): string => `past${k}`;
export const recentRow = (k: number): string => `recent${k}`;
const theta = ['thetaLevel', 'thetaSlope', 'thetaReach', 'thetaBase'] as const;

/** The rows of a forecaster, in the order in which training keeps them. */
export function rowNames(settings: ForecasterSettings): readonly string[] {
  const { seasons, known, past } = settings;
  return [
    /** z, NaN where missing: what is to be forecast. */
    'target',
    /** z without gaps. */
    'value',
    ...seasons.flatMap((_, i) => (['ratio', 'center', 'shrink'] as const).map((part) => seasonRow(i, part))),
    ...(needsTheta(settings) ? theta : []),
    ...Array.from({ length: known }, (_, k) => knownRow(k)),
    ...Array.from({ length: past }, (_, k) => [pastRow(k), recentRow(k)]).flat(),
  ];
}

/**
 * From raw series to the rows that every step of every member reads. A row at period t depends on nothing after t but
 * for the transform's centre and scale; it is computed once for a whole series, in training as in serving.
 *
 * @param raw `[context + horizon, series]`, float64, NaN where missing and in a future that is not known
 * @param known `[context + horizon, series]` for each known covariate, float64, NaN where not known
 * @param past `[context, series]` for each past covariate, float64, NaN where missing
 */
export function featureRows(
  settings: ForecasterSettings,
  raw: Value,
  known: readonly Value[],
  past: readonly Value[] = [],
): { readonly rows: FeatureRows; readonly transformed: Transformed } {
  const { context, horizon, seasons, transform } = settings;
  const transformed = transformSeries(transform, raw, context);
  const filled = fillGaps(slice(transformed.z, 0, 0, context), seasons[0] ?? 1);
  const indices = seasonIndices(filled, seasons);
  const ahead = (x: Value) => cast(pad(x, 0, 0, horizon), 'float32');
  const rows: Record<string, Value> = {
    target: cast(transformed.z, 'float32'),
    value: ahead(filled.values),
  };
  indices.forEach((index, i) => {
    for (const part of ['ratio', 'center', 'shrink'] as const) rows[seasonRow(i, part)] = ahead(index[part]);
  });
  if (needsTheta(settings)) {
    const { level, slope, reach, base } = thetaRows(filled, seasons[0] ?? 1, indices[0] ?? null, transform);
    Object.assign(rows, {
      thetaLevel: ahead(level),
      thetaSlope: ahead(slope),
      thetaReach: ahead(reach),
      thetaBase: ahead(base),
    });
  }
  known.forEach((covariate, k) => {
    rows[knownRow(k)] = standardise(covariate, context);
  });
  past.forEach((covariate, k) => {
    const { now, recent } = pastRows(covariate);
    rows[pastRow(k)] = ahead(now);
    rows[recentRow(k)] = ahead(recent);
  });
  return { rows, transformed };
}

/** One index after the other, each of what the ones before it leave. */
function seasonIndices(filled: Filled, seasons: readonly number[]): readonly SeasonIndex[] {
  const indices: SeasonIndex[] = [];
  let values = filled.values;
  for (const season of seasons) {
    const index = seasonIndex({ ...filled, values }, season);
    indices.push(index);
    const own = sub(shifted(index.ratio, seasonOffset(season, 0)), index.center);
    values = sub(values, mul(index.shrink, own));
  }
  return indices;
}

/** The row so many periods earlier (0 or negative). */
const shifted = (x: Value, offset: number): Value =>
  offset === 0 ? x : pad(slice(x, 0, 0, Number(x.shape[0]) + offset), 0, -offset, 0);

/** A known covariate by the mean and deviation of its past, at most five deviations away; 0 where it is not known. */
function standardise(covariate: Value, context: number): Value {
  const past = slice(covariate, 0, 0, context);
  const present = not(isMissing(past));
  const count = max(reduceSum(cast(present, 'float64'), [0], true), 1);
  const mean = div(reduceSum(where(present, past, 0), [0], true), count);
  const apart = where(present, sub(past, mean), 0);
  const deviation = sqrt(div(reduceSum(square(apart), [0], true), count));
  const least = add(mul(abs(mean), 1e-9), 1e-30);
  const standard = clip(div(sub(covariate, mean), max(deviation, least)), -5, 5);
  return cast(where(isMissing(covariate), 0, standard), 'float32');
}

/** Rows side by side as training keeps them: `[context + horizon, series, row]`. */
export const stackRows = (settings: ForecasterSettings, rows: FeatureRows): Value =>
  concat(
    rowNames(settings).flatMap((name) => {
      const row = rows[name];
      return row ? [unsqueeze(row, 2)] : [];
    }),
    2,
  );
