import { add, matmul, mul, reshape, slice, stopGradient, unsqueeze, type Value } from '../../graph/index.ts';
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
 * The member's weights: the recurrent layer, a read-out of the quantiles that starts small, a linear skip from the
 * inputs that starts at zero, and both again for the mean's distance from the median.
 */
export function memberLayout(settings: ForecasterSettings, member: MemberSettings): readonly Parameter[] {
  const layer = layerSettings(settings, member);
  const series = settings.joint ? settings.channels : 1;
  const [quantiles, means] = [settings.horizon * settings.levels.length * series, settings.horizon * series];
  const small = 0.1 / Math.sqrt(member.units);
  const readout = (part: string, width: number, range: number) => [
    { part, name: 'weight', shape: [member.units, width] as const, range },
    { part, name: 'bias', shape: [1, width] as const, range: 0 },
    { part, name: 'skip', shape: [layer.inputs, width] as const, range: 0 },
  ];
  return layOut([
    ...layerPlacements(layer),
    ...readout('quantiles', quantiles, small),
    ...readout('mean', means, 0),
  ]);
}

/** What a member says, in the context's normalised units. */
export interface MemberOutput {
  /** `[step, series, horizon, level]` */
  readonly quantiles: Value;
  /** `[step, series, horizon, 1]` */
  readonly mean: Value;
}

/**
 * Runs a member over its steps.
 *
 * The mean is the median plus a distance of its own. Learning it changes neither the quantiles nor the recurrent
 * layer, since squared errors of a few spikes would drown everything else.
 *
 * @param every reads out every step, for training; else only the last one
 */
export function runMember(
  settings: ForecasterSettings,
  member: MemberSettings,
  weights: ModelWeights,
  { x, level, scale }: StepInputs,
  runLayer: RunLayer,
  every: boolean,
): MemberOutput {
  const layer = layerSettings(settings, member);
  const [steps = 1] = x.shape;
  const sequence = settings.joint ? reshape(x, [steps, 'batch', layer.inputs]) : x;
  const { hidden, end } = runLayers(layer, { sequence, weights }, runLayer);
  const read = (value: Value) => (every ? value : slice(value, 0, -1));
  const [state, input] = [every ? hidden : unsqueeze(end, 0), read(sequence)];
  const width = settings.levels.length;
  const apart = (value: Value, last: number) =>
    reshape(reshape(value, [state.shape[0] ?? 1, 'series', settings.horizon * last]), [
      state.shape[0] ?? 1,
      'series',
      settings.horizon,
      last,
    ]);
  const quantiles = apart(readOut(weights.quantiles, state, input), width);
  const middle = settings.levels.indexOf(0.5);
  const median = slice(quantiles, 3, middle, middle + 1);
  const distance = apart(readOut(weights.mean, stopGradient(state), stopGradient(input)), 1);
  const place = (value: Value) =>
    add(mul(value, unsqueeze(unsqueeze(read(scale), 2), 3)), unsqueeze(unsqueeze(read(level), 2), 3));
  return { quantiles: place(quantiles), mean: place(add(stopGradient(median), distance)) };
}

function readOut(weights: ModelWeights[string] | undefined, state: Value, input: Value): Value {
  const { weight, bias, skip } = weights ?? {};
  if (!weight || !bias || !skip) throw new TypeError('a member has two read-outs');
  return add(add(matmul(state, weight), matmul(input, skip)), bias);
}
