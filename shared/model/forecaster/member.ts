import {
  add,
  concat,
  expandLike,
  gatherElements,
  matmul,
  mul,
  reshape,
  slice,
  split,
  transpose,
  unsqueeze,
  type Value,
} from '../../graph/index.ts';
import { type LayerSettings, layerPlacements, type RunLayer, runLayers } from '../layers.ts';
import { layOut, type ModelWeights, type Parameter } from '../parameters.ts';
import { inputWidth, type StepInputs } from './inputs.ts';
import { knotsOf } from './knots.ts';
import type { ForecasterSettings, MemberSettings } from './settings.ts';

/** A member's recurrent layer, with a learned initial state. */
export function layerSettings(settings: ForecasterSettings, member: MemberSettings): LayerSettings {
  return {
    cell: member.cell,
    inputs: inputWidth(settings, member) * (settings.joint ? settings.channels : 1),
    units: member.units,
    layers: 1,
    activations: { f: 'tanh', g: 'sigmoid', o: 'tanh' },
    initialState: 'learned',
    seed: member.seed,
  };
}

/**
 * The member's weights: the recurrent layer, a read-out that starts small, and a linear skip from the inputs that
 * starts at zero.
 */
export function memberLayout(settings: ForecasterSettings, member: MemberSettings): readonly Parameter[] {
  const layer = layerSettings(settings, member);
  const width = settings.horizon * knotsOf(settings.levels).length * (settings.joint ? settings.channels : 1);
  return layOut([
    ...layerPlacements(layer),
    { part: 'quantiles', name: 'weight', shape: [member.units, width], range: 0.1 / Math.sqrt(member.units) },
    { part: 'quantiles', name: 'bias', shape: [1, width], range: 0 },
    { part: 'quantiles', name: 'skip', shape: [layer.inputs, width], range: 0 },
  ]);
}

/** What a member's network says at its steps: z = base + scale · output. */
export interface StepOutputs {
  /** `[step, series, knot·horizon]`: the whole horizon of a knot, then the next knot's. */
  readonly output: Value;
  /** `[step, series, horizon]`, or `[step, series, 1]` for all of it. */
  readonly base: Value;
  /** `[step, series, 1]` */
  readonly scale: Value;
}

/**
 * Runs a member over its steps.
 *
 * @param last reads out this step of each series alone, `[1, series]` int64; without it all of them
 */
export function runMember(
  settings: ForecasterSettings,
  member: MemberSettings,
  weights: ModelWeights,
  { x, base, scale }: StepInputs,
  runLayer: RunLayer,
  last?: Value,
): StepOutputs {
  const layer = layerSettings(settings, member);
  const [steps = 1] = x.shape;
  const sequence = settings.joint ? reshape(x, [steps, 'batch', layer.inputs]) : x;
  const { hidden } = runLayers(layer, { sequence, weights }, runLayer);
  const lastOf = settings.joint && last ? firstChannel(last, settings.channels) : last;
  const [state, input] = stepsOf([hidden, sequence], lastOf) as [Value, Value];
  const [origin, unit] = stepsOf([base, scale], last) as [Value, Value];
  const { weight, bias, skip } = weights.quantiles ?? {};
  if (!weight || !bias || !skip) throw new TypeError('a member has a read-out');
  const read = add(add(matmul(state, weight), matmul(input, skip)), bias);
  const width = settings.horizon * knotsOf(settings.levels).length;
  return { output: reshape(read, [read.shape[0] ?? 1, 'series', width]), base: origin, scale: unit };
}

/** The quantiles at the knots as z, `[step, series, horizon, knot]`. */
export function quantilesOf(
  { horizon, levels }: ForecasterSettings,
  { output, base, scale }: StepOutputs,
): Value {
  const byKnot = reshape(output, [output.shape[0] ?? 1, 'series', knotsOf(levels).length, horizon]);
  const z = add(mul(byKnot, unsqueeze(scale, 3)), unsqueeze(base, 2));
  return transpose(z, [0, 1, 3, 2]);
}

/** One step of each series, or all: `[step, series, width]` each → `[1, series, width]`. */
function stepsOf(values: readonly Value[], step: Value | undefined): readonly Value[] {
  if (!step) return values;
  const widths = values.map(({ shape }) => Number(shape[2]));
  const all = concat(values, 2);
  const one = gatherElements(all, expandLike(unsqueeze(step, 2), slice(all, 0, 0, 1)), 0);
  return split(one, widths, 2);
}

/** The channels of an item have their steps in common: `[1, series]` → `[1, batch]`. */
const firstChannel = (last: Value, channels: number): Value =>
  reshape(slice(reshape(last, [1, 'batch', channels]), 2, 0, 1), [1, 'batch']);
