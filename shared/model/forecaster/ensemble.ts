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
  const quantiles = average(outputs.map(({ quantiles: own }) => own)); // [series, horizon, level]
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
