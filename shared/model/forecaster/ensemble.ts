import {
  add,
  cast,
  constant,
  createScope,
  div,
  input,
  mul,
  reshape,
  sizeAlong,
  slice,
  sort,
  sqrt,
  square,
  squeeze,
  sub,
  transpose,
  unsqueeze,
  type Value,
  writeOnnx,
} from '../../graph/index.ts';
import { normalQuantile } from '../../random/index.ts';
import { hasFusedForm, runFused } from '../fused.ts';
import { runByStep } from '../layers.ts';
import { storeWeights } from '../stored.ts';
import { asSeries, lastPeriods, normalise } from './context.ts';
import { stepInputs } from './inputs.ts';
import { layerSettings, memberLayout, runMember } from './member.ts';
import { contextLength, type ForecasterSettings } from './settings.ts';

/** How far each quantile's distance from the median is stretched, by level; ones leave the ensemble as it is. */
export type Stretch = readonly number[];

/**
 * The whole forecaster as one ONNX model, raw numbers in and quantiles out.
 *
 * - in: `history` float64 `[batch, time, target]`, NaN where missing; `start` int64 `[batch]`, the period index of
 *   the first step; with known covariates `known` float64 `[batch, time + horizon, known]`
 * - out: `quantiles` float64 `[batch, horizon, target, level]`, rising; `mean` float64 `[batch, horizon, target]`
 *
 * @param parameters each member's trained vector
 */
export async function exportForecaster(
  settings: ForecasterSettings,
  parameters: readonly Float32Array[],
  stretch: Stretch,
  metadata: Readonly<Record<string, string>>,
): Promise<Uint8Array> {
  const scope = createScope();
  const history = input(scope, 'history', 'float64', ['batch', 'time', settings.channels]);
  const start = input(scope, 'start', 'int64', ['batch']);
  const known =
    settings.known > 0 ? input(scope, 'known', 'float64', ['batch', 'time+horizon', settings.known]) : null;

  const length = contextLength(settings);
  const context = normalise(asSeries(lastPeriods(history, length)));
  const skipped = sub(sizeAlong(history, 1), constant([length], 'int64'));
  const contextStart = add(start, skipped);
  const knownRows = known && lastPeriods(known, length + settings.horizon);

  const outputs = await Promise.all(
    settings.members.map(async (member, k) => {
      const layer = layerSettings(settings, member);
      const vector = parameters[k] ?? new Float32Array();
      const { weights, packed } = await storeWeights(
        layer,
        memberLayout(settings, member),
        vector,
        `member${k}.`,
      );
      const inputs = stepInputs(settings, member, context, contextStart, knownRows);
      const runLayer = hasFusedForm(member.cell) ? runFused((part) => packed.get(part)) : runByStep;
      return runMember(settings, member, weights, inputs, runLayer, false);
    }),
  );
  const quantiles = pool(
    settings.levels,
    outputs.map(({ quantiles: own }) => own),
  ); // [series, horizon, level]
  const mean = average(outputs.map(({ mean: own }) => own)); // [series, horizon, 1]
  const stretched = stretch.every((factor) => factor === 1)
    ? quantiles
    : stretchFromMedian(settings.levels, quantiles, stretch);
  const back = (value: Value) => toUnits(settings, value, context.center, context.unit);
  return writeOnnx({
    inputs: [history, start, ...(known ? [known] : [])],
    outputs: { quantiles: back(sort(stretched, 2)), mean: squeeze(back(mean), 3) },
    metadata,
  });
}

/** The members' mean in normalised units, in double precision: `[1, series, …]` each → `[series, …]`. */
function average(values: readonly Value[]): Value {
  const sum = values.map((value) => cast(squeeze(value, 0), 'float64')).reduce((a, b) => add(a, b));
  return div(sum, values.length);
}

/**
 * The members' mean, its distances from the median widened by how far the members disagree: within a normal
 * distribution variances add up, so that a quantile z deviations away moves from d to √(d² + z²·variance). Members
 * that learned a short history by heart disagree, and each of them is too sure.
 */
function pool(levels: readonly number[], members: readonly Value[]): Value {
  const mean = average(members);
  if (members.length === 1) return mean;
  const middle = levels.indexOf(0.5);
  const medianOf = (value: Value) => slice(value, 2, middle, middle + 1); // [series, horizon, 1]
  const median = medianOf(mean);
  const apart = members.map((own) => square(sub(medianOf(cast(squeeze(own, 0), 'float64')), median)));
  const variance = div(
    apart.reduce((a, b) => add(a, b)),
    members.length - 1,
  );
  const z = levels.map(normalQuantile);
  const squares = constant(
    z.map((deviations) => deviations ** 2),
    'float64',
  );
  const distance = sqrt(add(square(sub(mean, median)), mul(variance, squares)));
  return add(
    median,
    mul(
      distance,
      constant(
        levels.map((level) => Math.sign(level - 0.5)),
        'float64',
      ),
    ),
  );
}

function stretchFromMedian(levels: readonly number[], quantiles: Value, factors: Stretch): Value {
  const middle = levels.indexOf(0.5);
  const median = slice(quantiles, 2, middle, middle + 1);
  return add(median, mul(sub(quantiles, median), constant([...factors], 'float64')));
}

/** `[series, horizon, last]` in normalised units → `[batch, horizon, target, last]` in the data's. */
function toUnits({ channels, horizon }: ForecasterSettings, value: Value, center: Value, unit: Value): Value {
  const last = value.shape[2] ?? 1;
  const perSeries = (row: Value) => unsqueeze(transpose(row, [1, 0]), 2); // [series, 1, 1]
  const raw = add(mul(value, perSeries(unit)), perSeries(center));
  return transpose(reshape(raw, ['batch', channels, horizon, last]), [0, 2, 1, 3]);
}
