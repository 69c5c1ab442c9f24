import {
  constant,
  createScope,
  type Graph,
  input,
  reshape,
  slice,
  squeeze,
  transpose,
  type Value,
} from '../graph/index.ts';
import {
  asSeries,
  countParameters,
  covariateColumns,
  cutParameters,
  decaysOf,
  encodeStatics,
  type FeatureRows,
  type ForecasterSettings,
  featureRows,
  forChannels,
  listedStatics,
  lookback,
  type MemberSettings,
  memberLayout,
  quantilesOf,
  rowNames,
  rowsAt,
  runByStep,
  runMember,
  span,
  stackRows,
  staticInputs,
  stepEnds,
  stepInputs,
} from '../model/index.ts';
import type { TrainingGraph } from './engines/engine.ts';
import { stepLoss } from './step-loss.ts';

/** Channels that one training series has: all of an item's in a joint network, else one. */
export const channelsTogether = ({ joint, channels }: ForecasterSettings): number => (joint ? channels : 1);

/** Rows of one training example: what its steps reach back to, the steps, and the horizon of the last one. */
export const exampleRows = (settings: ForecasterSettings): number =>
  lookback(settings) + settings.stride * (settings.steps - 1) + 1 + settings.horizon;

/**
 * The features of whole series, computed once before training by the graph that the served forecaster has inside.
 *
 * - in: `values` float64 `[batch, context + horizon, channel]`, NaN where missing, outside the series and in the
 *   future; where there are such covariates `known` float64 `[batch, context + horizon, known]` and `past` float64
 *   `[batch, context, past]`
 * - out: `rows` float32 `[batch, context + horizon, channel, row]`
 */
export function featureGraph(all: ForecasterSettings): Graph {
  const settings = { ...all, channels: channelsTogether(all) };
  const scope = createScope();
  const length = settings.context + settings.horizon;
  const values = input(scope, 'values', 'float64', ['batch', length, settings.channels]);
  const known =
    settings.known > 0 ? input(scope, 'known', 'float64', ['batch', length, settings.known]) : null;
  const past =
    settings.past > 0 ? input(scope, 'past', 'float64', ['batch', settings.context, settings.past]) : null;
  const timeFirst = (value: Value) => transpose(value, [1, 0, 2]);
  const { rows } = featureRows(
    settings,
    asSeries(timeFirst(values)),
    known ? covariateColumns(settings, timeFirst(known)) : [],
    past ? covariateColumns(settings, timeFirst(past)) : [],
  );
  const stacked = transpose(stackRows(settings, rows), [1, 0, 2]); // [series, row of time, row]
  const width = rowNames(settings).length;
  const apart = reshape(stacked, ['batch', settings.channels, length * width]);
  const bySeries = reshape(apart, ['batch', settings.channels, length, width]);
  return {
    inputs: [values, ...(known ? [known] : []), ...(past ? [past] : [])],
    outputs: { rows: transpose(bySeries, [0, 2, 1, 3]) },
  };
}

/**
 * One member with its loss. Every step of the recurrent network is a training example: it forecasts the horizon
 * from what was known then.
 *
 * - in: `rows` float32 `[batch, row of time, channel, row]`, the first step's last period at `lookback`; `weight`
 *   float32 `[batch]`; with calendar features `start` int64 `[batch]`, the period index of the first row; `static_number`
 *   and `static_category` as the served forecaster has them
 * - loss: twice the pinball loss of z in units of the data's mean change, averaged over knots, steps and the observed
 *   part of the horizon
 * - out: `quantiles` `[step, series, horizon, knot]`, z
 */
export function memberTraining(all: ForecasterSettings, member: MemberSettings): TrainingGraph {
  const settings = { ...all, channels: channelsTogether(all) };
  const scope = createScope();
  const layout = memberLayout(all, member);
  const names = rowNames(settings);
  const parameters = input(scope, 'parameters', 'float32', [countParameters(layout)]);
  const stacked = input(scope, 'rows', 'float32', [
    'batch',
    exampleRows(settings),
    settings.channels,
    names.length,
  ]);
  const weight = input(scope, 'weight', 'float32', ['batch']);
  const dated = settings.calendar.length > 0;
  const start = dated ? input(scope, 'start', 'int64', ['batch']) : null;
  const origin = start
    ? forChannels(reshape(start, [1, 'batch']), settings.channels)
    : constant([0], 'int64', [1, 1]);

  const fixed = staticInputs(scope, settings);
  const encoded = encodeStatics(settings, fixed);
  const statics = encoded && forChannels(encoded, settings.channels);
  const rows = apart(stacked, names);
  const ends = stepEnds(settings, lookback(settings));
  const inputs = stepInputs(settings, member, { rows, ends, origin, statics });
  const said = runMember(settings, member, cutParameters(layout, parameters), inputs, runByStep);
  const target = transpose(rowsAt(rowOf(rows, 'target'), ends, span(1, settings.horizon)), [0, 2, 1]);
  const weights = reshape(forChannels(reshape(weight, [1, 'batch']), settings.channels), [1, 'series', 1]);
  return {
    parameters,
    decays: decaysOf(layout),
    inputs: [stacked, weight, ...(start ? [start] : []), ...listedStatics(fixed)],
    loss: stepLoss(settings, said, target, weights),
    outputs: { quantiles: quantilesOf(settings, said) },
  };
}

/** `[batch, time, channel, row]` → `[time, series]` by name. */
function apart(stacked: Value, names: readonly string[]): FeatureRows {
  const [, length = 1, channels = 1, width = 1] = stacked.shape;
  const timeFirst = transpose(stacked, [1, 0, 2, 3]);
  const flat = reshape(reshape(timeFirst, [length, 'batch', Number(channels) * Number(width)]), [
    length,
    'series',
    width,
  ]);
  return Object.fromEntries(names.map((name, i) => [name, squeeze(slice(flat, 2, i, i + 1), 2)]));
}

function rowOf(rows: FeatureRows, name: string): Value {
  const row = rows[name];
  if (!row) throw new TypeError(`there is no row ${name}`);
  return row;
}
