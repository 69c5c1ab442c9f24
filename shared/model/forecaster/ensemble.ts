import {
  add,
  cast,
  constant,
  createScope,
  div,
  input,
  mul,
  pad,
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
import { featureRows } from './features/index.ts';
import { alignRows, asSeries, forChannels, knownColumns, lastPeriods } from './history.ts';
import { stepInputs } from './inputs.ts';
import { meanOf } from './mean.ts';
import { layerSettings, memberLayout, runMember } from './member.ts';
import type { ForecasterSettings } from './settings.ts';

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
  const { context, horizon, channels } = settings;
  const scope = createScope();
  const history = input(scope, 'history', 'float64', ['batch', 'time', channels]);
  const start = input(scope, 'start', 'int64', ['batch']);
  const known =
    settings.known > 0 ? input(scope, 'known', 'float64', ['batch', 'time+horizon', settings.known]) : null;

  const past = lastPeriods(history, context);
  const raw = asSeries(past); // [context, series]
  const knownRows = known ? knownColumns(settings, lastPeriods(known, context + horizon)) : [];
  const { rows, transformed } = featureRows(settings, pad(raw, 0, 0, horizon, Number.NaN), knownRows);
  const skipped = sub(sizeAlong(history, 1), constant([context], 'int64'));
  const stepped = alignRows(settings, raw, rows, forChannels(unsqueeze(add(start, skipped), 0), channels));

  const members = await Promise.all(
    settings.members.map(async (member, k) => {
      const vector = parameters[k] ?? new Float32Array();
      const { weights, packed } = await storeWeights(
        layerSettings(settings, member),
        memberLayout(settings, member),
        vector,
        `member${k}.`,
      );
      const runLayer = hasFusedForm(member.cell) ? runFused((part) => packed.get(part)) : runByStep;
      return runMember(
        settings,
        member,
        weights,
        stepInputs(settings, member, stepped),
        runLayer,
        stepped.last,
      );
    }),
  );
  // Series last: the way back has a centre and a scale for each.
  const z = transpose(sort(average(members), 2), [1, 2, 0]); // [horizon, level, series]
  const quantiles = stretchFromMedian(settings.levels, transformed.back(z), stretch);
  const mean = meanOf(settings.levels, z, transformed.back); // [horizon, 1, series]
  return writeOnnx({
    inputs: [history, start, ...(known ? [known] : [])],
    outputs: { quantiles: byItem(settings, quantiles), mean: squeeze(byItem(settings, mean), 3) },
    metadata,
  });
}

/** The members' mean in double precision: `[1, series, …]` each → `[series, …]`. */
function average(values: readonly Value[]): Value {
  const sum = values.map((value) => cast(squeeze(value, 0), 'float64')).reduce((a, b) => add(a, b));
  return div(sum, values.length);
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
