import {
  add,
  cast,
  constant,
  createScope,
  div,
  input,
  matmul,
  mul,
  pad,
  reshape,
  round,
  sizeAlong,
  slice,
  sort,
  squeeze,
  sub,
  transpose,
  unsqueeze,
  type Value,
  writeOnnx,
} from '../../graph/index.ts';
import { hasFusedForm, runFused } from '../fused.ts';
import { runByStep } from '../layers.ts';
import { storeWeights } from '../stored.ts';
import { type FeatureRows, featureRows, transformSeries } from './features/index.ts';
import { alignRows, asSeries, covariateColumns, forChannels, lastPeriods } from './history.ts';
import { stepInputs } from './inputs.ts';
import { knotsOf, knotWeights } from './knots.ts';
import { meanOf } from './mean.ts';
import { layerSettings, memberLayout, quantilesOf, runMember } from './member.ts';
import { baselineAhead, mixedWith } from './mixture.ts';
import type { ForecasterSettings, Mixture } from './settings.ts';
import { encodeStatics, listedStatics, staticInputs } from './statics.ts';
import { together } from './together.ts';

/** How far each quantile's distance from the median is stretched, by level; ones leave the ensemble as it is. */
export type Stretch = readonly number[];

/** Members that see series through the same transform, with their trained vectors. */
export interface View {
  readonly settings: ForecasterSettings;
  /** One for each of the view's members. */
  readonly parameters: readonly Float32Array[];
}

/**
 * The whole forecaster as one ONNX model, raw numbers in and quantiles out: what its views expect together.
 *
 * - in: `history` float64 `[batch, time, target]`, NaN where missing; `start` int64 `[batch]`, the period index of
 *   the first step; where there are such covariates `known` float64 `[batch, time + horizon, known]`, `past` float64
 *   `[batch, time, past]`, `static_number` float64 `[batch, number]`, `static_category` int64 `[batch, category]`
 * - out: `quantiles` float64 `[batch, horizon, target, level]`, rising; `mean` float64 `[batch, horizon, target]`
 *
 * @param views one at least; they differ in transform, unit, members and mixture alone
 */
export async function exportForecaster(
  views: readonly View[],
  stretch: Stretch,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const [first] = views;
  if (!first) throw new RangeError('a forecaster has a view at least');
  const { settings } = first;
  const { context, horizon, channels } = settings;
  const scope = createScope();
  const history = input(scope, 'history', 'float64', ['batch', 'time', channels]);
  const start = input(scope, 'start', 'int64', ['batch']);
  const known =
    settings.known > 0 ? input(scope, 'known', 'float64', ['batch', 'time+horizon', settings.known]) : null;
  const past = settings.past > 0 ? input(scope, 'past', 'float64', ['batch', 'time', settings.past]) : null;
  const statics = staticInputs(scope, settings);
  const encoded = encodeStatics(settings, statics);
  const skipped = sub(sizeAlong(history, 1), constant([context], 'int64'));
  const seen: Seen = {
    raw: asSeries(lastPeriods(history, context)),
    known: known ? covariateColumns(settings, lastPeriods(known, context + horizon)) : [],
    past: past ? covariateColumns(settings, lastPeriods(past, context)) : [],
    statics: encoded && forChannels(encoded, channels),
    start: forChannels(unsqueeze(add(start, skipped), 0), channels),
  };

  const looks = await Promise.all(views.map((view, v) => lookThrough(view, seen, `view${v}.`)));
  const all = views.map((view) => view.settings);
  const levels = together(
    all,
    looks.map((look) => look.levels),
  );
  const mean = together(
    all,
    looks.map((look) => look.mean),
  );
  const { allowed } = transformSeries(settings.transform, seen.raw, context);
  const stretched = allowed(stretchFromMedian(settings.levels, levels, stretch));
  const quantiles = settings.integers ? round(stretched) : stretched;
  return writeOnnx({
    inputs: [history, start, ...(known ? [known] : []), ...(past ? [past] : []), ...listedStatics(statics)],
    outputs: {
      quantiles: byItem(settings, quantiles),
      mean: squeeze(byItem(settings, mean), 3),
    },
    metadata,
  });
}

/** What all views look at. */
interface Seen {
  /** `[context, series]` */
  readonly raw: Value;
  readonly known: readonly Value[];
  readonly past: readonly Value[];
  readonly statics: Value | null;
  /** `[1, series]`, int64: the period index of row 0. */
  readonly start: Value;
}

/**
 * What the members of a view forecast together, in the data's units.
 *
 * @param name begins the names of its weights
 * @returns `levels` `[horizon, level, series]`, rising, and `mean` `[horizon, 1, series]`
 */
async function lookThrough(
  { settings, parameters }: View,
  { raw, known, past, statics, start }: Seen,
  name: string,
) {
  const { rows, transformed } = featureRows(
    settings,
    pad(raw, 0, 0, settings.horizon, Number.NaN),
    known,
    past,
  );
  const stepped = { ...alignRows(settings, raw, rows, start), statics };
  const members = await Promise.all(
    settings.members.map(async (member, k) => {
      const { weights, packed } = await storeWeights(
        layerSettings(settings, member),
        memberLayout(settings, member),
        parameters[k] ?? new Float32Array(),
        `${name}member${k}.`,
      );
      const runLayer = hasFusedForm(member.cell) ? runFused((part) => packed.get(part)) : runByStep;
      const inputs = stepInputs(settings, member, stepped);
      return quantilesOf(settings, runMember(settings, member, weights, inputs, runLayer, stepped.last));
    }),
  );
  const { levels, mixture } = settings;
  const knots = knotsOf(levels);
  // Series last: the way back has a centre and a scale for each.
  const own = transpose(sort(average(members), 2), [1, 2, 0]); // [horizon, knot, series]
  const z = mixture ? mixed(settings, mixture, own, rows) : own;
  const weights = constant(knotWeights(knots, levels).flat(), 'float64', [levels.length, knots.length]);
  return { levels: transformed.back(matmul(weights, z)), mean: meanOf(knots, z, transformed.back) };
}

/** The members' mean in double precision: `[1, series, …]` each → `[series, …]`. */
function average(values: readonly Value[]): Value {
  const sum = values.map((value) => cast(squeeze(value, 0), 'float64')).reduce((a, b) => add(a, b));
  return div(sum, values.length);
}

/** The members' quantiles moved towards a baseline. */
function mixed(settings: ForecasterSettings, mixture: Mixture, z: Value, rows: FeatureRows): Value {
  const middle = knotsOf(settings.levels).indexOf(0.5);
  const baseline = cast(baselineAhead(settings, mixture.baseline, rows), 'float64');
  return mixedWith(z, slice(z, 1, middle, middle + 1), unsqueeze(baseline, 1), mixture.weight);
}

/** Each level's distance from the median times its factor, `[horizon, level, series]`; they rise again after it. */
function stretchFromMedian(levels: readonly number[], quantiles: Value, factors: Stretch): Value {
  if (factors.every((factor) => factor === 1)) return quantiles;
  const middle = levels.indexOf(0.5);
  const median = slice(quantiles, 1, middle, middle + 1);
  const stretched = mul(sub(quantiles, median), constant([...factors], 'float64', [levels.length, 1]));
  return sort(add(median, stretched), 1);
}

/** `[horizon, last, series]` → `[batch, horizon, target, last]`. */
function byItem({ channels, horizon }: ForecasterSettings, value: Value): Value {
  const last = value.shape[1] ?? 1;
  const bySeries = transpose(value, [2, 0, 1]); // [series, horizon, last]
  return transpose(reshape(bySeries, ['batch', channels, horizon, last]), [0, 2, 1, 3]);
}
