import { ConfigurationError } from '../errors/index.ts';
import { createScope, input, type Tensor, type Value } from '../graph/index.ts';
import {
  cells,
  decayMask,
  forward,
  type NetworkSettings,
  parameterCount,
  weightsOf,
} from '../model/index.ts';
import type { Random } from '../random/index.ts';
import type { Tensors, TrainingGraph } from './engines/engine.ts';
import { type LossSettings, lossOf, outputsPerTarget } from './loss.ts';

/**
 * A network with its loss, ready to be trained.
 *
 * - in: `x` `[batch, time, input]`, `y` `[batch, time, target]` (or `[batch, target]` for a read-out at the last
 *   step), NaN where missing; with dropout a mask `dropout_k` `[batch, units]` for each layer; with given states
 *   `initial_k_h` (and `_c`) `[batch, units]` for each layer
 * - out: `output`, like `y` with the loss's outputs for each target
 *
 * @throws ConfigurationError where the outputs are no multiple of what the loss needs for one target
 */
export function networkTraining(settings: NetworkSettings, loss: LossSettings): TrainingGraph {
  const perTarget = outputsPerTarget(loss);
  if (settings.outputs % perTarget !== 0) {
    throw new ConfigurationError({
      rule: `outputs must be a multiple of ${perTarget}, the outputs that the ${loss.kind} loss needs for each target`,
      received: String(settings.outputs),
      remedy: 'set outputs to targets × quantile levels',
    });
  }
  const scope = createScope();
  const parameters = input(scope, 'parameters', 'float32', [parameterCount(settings)]);
  const x = input(scope, 'x', 'float32', ['batch', 'time', settings.inputs]);
  const targets = settings.outputs / perTarget;
  const y = input(
    scope,
    'y',
    'float32',
    settings.readout === 'every' ? ['batch', 'time', targets] : ['batch', targets],
  );
  const perLayer = (name: (layer: number) => string) =>
    Array.from({ length: settings.layers }, (_, layer) =>
      input(scope, name(layer), 'float32', ['batch', settings.units]),
    );
  const masks = settings.dropout > 0 ? perLayer(maskName) : [];
  const given =
    settings.initialState === 'given'
      ? cells[settings.cell].states.map((state) => perLayer((layer) => stateName(layer, state)))
      : [];
  const initial =
    given.length > 0
      ? Array.from({ length: settings.layers }, (_, layer) => given.map((states) => states[layer] as Value))
      : undefined;
  const { output } = forward(settings, {
    x,
    weights: weightsOf(settings, parameters),
    masks,
    ...(initial && { initial }),
  });
  return {
    parameters,
    decays: decayMask(settings),
    inputs: [x, y, ...masks, ...given.flat()],
    loss: lossOf(loss, output, y),
    outputs: { output },
  };
}

const maskName = (layer: number): string => `dropout_${layer}`;

/** The name under which a given state of a layer is fed. */
export const stateName = (layer: number, state: string): string => `initial_${layer}_${state}`;

/**
 * Dropout masks for a batch, one number for each unit and series, the same at every step (Gal & Ghahramani 2016).
 *
 * @param random null keeps every output, for evaluation
 */
export function dropoutMasks(settings: NetworkSettings, batch: number, random: Random | null): Tensors {
  if (settings.dropout === 0) return {};
  const kept = 1 / (1 - settings.dropout);
  const masks: Record<string, Tensor> = {};
  for (let layer = 0; layer < settings.layers; layer++) {
    const data = new Float32Array(batch * settings.units).fill(1);
    if (random)
      for (let i = 0; i < data.length; i++) data[i] = random.uniform() < settings.dropout ? 0 : kept;
    masks[maskName(layer)] = { dtype: 'float32', shape: [batch, settings.units], data };
  }
  return masks;
}
