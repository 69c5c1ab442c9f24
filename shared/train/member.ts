import {
  add,
  cast,
  createScope,
  div,
  input,
  less,
  mul,
  reshape,
  slice,
  sub,
  transpose,
  type Value,
  where,
} from '../graph/index.ts';
import {
  asSeries,
  type Context,
  contextLength,
  countParameters,
  cutParameters,
  decaysOf,
  type ForecasterSettings,
  type MemberSettings,
  memberLayout,
  normalise,
  rowsAround,
  runByStep,
  runMember,
  stepEnds,
  stepInputs,
} from '../model/index.ts';
import type { TrainingGraph } from './engines/engine.ts';
import { lossOf } from './loss.ts';

/** How much the mean's square error counts: little, so that clipping by the global norm sees the quantiles. */
const meanWeight = 0.02;

/**
 * One member with its loss. Every step of the recurrent network is a training example: it forecasts the horizon
 * from what was known then.
 *
 * - in: `values` float64 `[batch, context + horizon, target]`, NaN where missing or outside the series; `start` int64
 *   `[batch]`, the period index of the first row; with known covariates `known` `[batch, context + horizon, known]`
 * - loss: twice the pinball loss, in units of the context's mean absolute change, averaged over levels, steps and
 *   the observed part of the horizon
 * - out: `score`, the same of the last step alone
 */
export function memberTraining(settings: ForecasterSettings, member: MemberSettings): TrainingGraph {
  const scope = createScope();
  const layout = memberLayout(settings, member);
  const length = contextLength(settings);
  const rows = length + settings.horizon;
  const parameters = input(scope, 'parameters', 'float32', [countParameters(layout)]);
  const values = input(scope, 'values', 'float64', ['batch', rows, settings.channels]);
  const start = input(scope, 'start', 'int64', ['batch']);
  const known = settings.known > 0 ? input(scope, 'known', 'float64', ['batch', rows, settings.known]) : null;

  const raw = asSeries(transpose(values, [1, 0, 2])); // [context + horizon, series]
  const context = normalise(slice(raw, 0, 0, length));
  const knownRows = known && transpose(known, [1, 0, 2]);
  const inputs = stepInputs(settings, member, context, start, knownRows);
  const weights = cutParameters(layout, parameters);
  const { quantiles, mean } = runMember(settings, member, weights, inputs, runByStep, true);
  const target = targets(settings, context, raw);
  const flat = (value: Value, width: number) =>
    reshape(value, [settings.steps, 'series', settings.horizon * width]);
  const predicted = flat(quantiles, settings.levels.length);
  const pinball = { kind: 'pinball', levels: settings.levels } as const;
  const lastStep = (value: Value) => slice(value, 0, -1);
  return {
    parameters,
    decays: decaysOf(layout),
    inputs: [values, start, ...(known ? [known] : [])],
    loss: add(
      lossOf(pinball, predicted, target),
      mul(lossOf({ kind: 'mse' }, flat(mean, 1), target), meanWeight),
    ),
    outputs: { score: lossOf(pinball, lastStep(predicted), lastStep(target)) },
  };
}

/**
 * What each step should have said, in the context's units: `[step, series, horizon]`, NaN where missing and where
 * the series was too short then.
 */
function targets(settings: ForecasterSettings, context: Context, raw: Value): Value {
  const ends = stepEnds(settings);
  const normalised = cast(div(sub(raw, context.center), context.unit), 'float32');
  const coming = rowsAround(normalised, ends, 1, settings.horizon);
  const seen = rowsAround(context.count, ends, 0, 0); // [step, series, 1]
  return where(less(seen, settings.first), Number.NaN, coming);
}
