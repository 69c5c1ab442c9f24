import { add, matmul, transpose, type Value } from '../graph/index.ts';
import { type LayerStates, layerPlacements, type RunLayer, runByStep, runLayers } from './layers.ts';
import {
  countParameters,
  cutParameters,
  decaysOf,
  drawParameters,
  layOut,
  type ModelWeights,
  type Parameter,
} from './parameters.ts';
import type { NetworkSettings } from './settings.ts';

/** The places of all trainable numbers in one vector: layer by layer, then the read-out. */
export function parameterLayout(settings: NetworkSettings): readonly Parameter[] {
  const { units, outputs } = settings;
  const readout = { part: 'readout', range: 1 / Math.sqrt(units) };
  return layOut([
    ...layerPlacements(settings),
    { ...readout, name: 'weight', shape: [units, outputs] },
    { ...readout, name: 'bias', shape: [1, outputs] },
  ]);
}

/** How many numbers the network trains. */
export const parameterCount = (settings: NetworkSettings): number =>
  countParameters(parameterLayout(settings));

/** First weights, uniform in ±1/√units from the settings' seed; learned initial states start at zero. */
export const initialParameters = (settings: NetworkSettings): Float32Array =>
  drawParameters(parameterLayout(settings), settings.seed);

/** 1 for each number that weight decay applies to, else 0. */
export const decayMask = (settings: NetworkSettings): Float32Array => decaysOf(parameterLayout(settings));

/** Cuts the parameter vector `[parameter]` into the network's weights. */
export const weightsOf = (settings: NetworkSettings, parameters: Value): ModelWeights =>
  cutParameters(parameterLayout(settings), parameters);

export interface NetworkInputs {
  /** `[batch, time, input]` */
  readonly x: Value;
  readonly weights: ModelWeights;
  /** States on entry, by layer; needed where the settings say `given`, and an override elsewhere. */
  readonly initial?: readonly LayerStates[];
  /** For each layer `[batch, units]`: 0 where an output is dropped, 1/(1 − dropout) elsewhere. */
  readonly masks?: readonly Value[];
}

export interface NetworkResult {
  /** `[batch, time, output]`, or `[batch, output]` where only the last step is read out. */
  readonly output: Value;
  /** The states after the last step, by layer. */
  readonly last: readonly LayerStates[];
}

/** The network as a graph: layers over time, then the read-out y_t = W_yo h_t + b_y. */
export function forward(
  settings: NetworkSettings,
  { x, ...inputs }: NetworkInputs,
  runLayer: RunLayer = runByStep,
): NetworkResult {
  const sequence = transpose(x, [1, 0, 2]); // [time, batch, input]
  const { hidden, end, last } = runLayers(settings, { sequence, ...inputs }, runLayer);
  const { weight, bias } = inputs.weights.readout ?? {};
  if (!weight || !bias) throw new TypeError('the network has a read-out');
  const readOut = (value: Value) => add(matmul(value, weight), bias);
  const output = settings.readout === 'every' ? transpose(readOut(hidden), [1, 0, 2]) : readOut(end);
  return { output, last };
}
