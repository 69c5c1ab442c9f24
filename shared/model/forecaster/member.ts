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
  unsqueeze,
  type Value,
} from '../../graph/index.ts';
import { type LayerSettings, layerPlacements, type RunLayer, runLayers } from '../layers.ts';
import { layOut, type ModelWeights, type Parameter } from '../parameters.ts';
import { inputWidth, type StepInputs } from './inputs.ts';
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
  const width = settings.horizon * settings.levels.length * (settings.joint ? settings.channels : 1);
  return layOut([
    ...layerPlacements(layer),
    { part: 'quantiles', name: 'weight', shape: [member.units, width], range: 0.1 / Math.sqrt(member.units) },
    { part: 'quantiles', name: 'bias', shape: [1, width], range: 0 },
    { part: 'quantiles', name: 'skip', shape: [layer.inputs, width], range: 0 },
  ]);
}

/**
 * Runs a member over its steps.
 *
 * @param last reads out this step of each series alone, `[1, series]` int64; without it all of them
 * @returns the quantiles as z, `[step, series, horizon, level]`
 */
export function runMember(
  settings: ForecasterSettings,
  member: MemberSettings,
  weights: ModelWeights,
  { x, base, scale }: StepInputs,
  runLayer: RunLayer,
  last?: Value,
): Value {
  const layer = layerSettings(settings, member);
  const [steps = 1] = x.shape;
  const sequence = settings.joint ? reshape(x, [steps, 'batch', layer.inputs]) : x;
  const { hidden } = runLayers(layer, { sequence, weights }, runLayer);
  const lastOf = settings.joint && last ? firstChannel(last, settings.channels) : last;
  const [state, input] = stepsOf([hidden, sequence], lastOf) as [Value, Value];
  const [origin, unit] = stepsOf([base, scale], last) as [Value, Value];
  const { weight, bias, skip } = weights.quantiles ?? {};
  if (!weight || !bias || !skip) throw new TypeError('a member has a read-out');
  const output = add(add(matmul(state, weight), matmul(input, skip)), bias);
  const count = output.shape[0] ?? 1;
  const { horizon, levels } = settings;
  const flat = reshape(output, [count, 'series', horizon * levels.length]);
  const apart = reshape(flat, [count, 'series', horizon, levels.length]);
  return add(mul(apart, unsqueeze(unit, 3)), unsqueeze(origin, 3));
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
