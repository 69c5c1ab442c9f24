import {
  concat,
  createScope,
  type Graph,
  input,
  slice,
  squeeze,
  type Tensor,
  tensor,
  unsqueeze,
} from '../../shared/graph/index.ts';
import {
  cells,
  forward,
  initialParameters,
  type NetworkSettings,
  parameterCount,
  parameterLayout,
  runByStep,
  weightsOf,
} from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';

/**
 * A network by the equations of its cell, one step at a time in a loop of ours. Inputs and outputs have the names
 * and shapes that `exportNetwork` gives them; the weights are an input, `parameters`.
 *
 * @param fed whether the states on entry are inputs, `[layers, batch, units]` each, or what the settings ask for
 */
export function stepForm(settings: NetworkSettings, fed: boolean): Graph {
  const { cell, inputs, layers, units } = settings;
  const scope = createScope();
  const parameters = input(scope, 'parameters', 'float32', [parameterCount(settings)]);
  const x = input(scope, 'input', 'float32', ['batch', 'time', inputs]);
  const names = cells[cell].states;
  const entries = fed
    ? names.map((state) => input(scope, `initial_${state}`, 'float32', [layers, 'batch', units]))
    : [];
  const initial = Array.from({ length: layers }, (_, layer) =>
    entries.map((entry) => squeeze(slice(entry, 0, layer, layer + 1), 0)),
  );
  const { output, last } = forward(
    settings,
    { x, weights: weightsOf(settings, parameters), ...(fed && { initial }) },
    runByStep,
  );
  const states = names.map((state, i) => {
    const ofLayers = last.flatMap((layer) => layer.slice(i, i + 1));
    return [
      `last_${state}`,
      concat(
        ofLayers.map((value) => unsqueeze(value, 0)),
        0,
      ),
    ] as const;
  });
  return { inputs: [parameters, x, ...entries], outputs: { output, ...Object.fromEntries(states) } };
}

/** Seeded weights; learned states on entry, which start at zero, are drawn too, as training would move them. */
export function trainedParameters(settings: NetworkSettings): Float32Array {
  const random = createRandom(settings.seed + 1);
  const numbers = initialParameters(settings);
  for (const { name, offset, size } of parameterLayout(settings)) {
    if (!name.startsWith('initial_')) continue;
    for (let i = offset; i < offset + size; i++) numbers[i] = random.normal();
  }
  return numbers;
}

/** Seeded standard normal numbers. */
export function normalTensor(seed: number, shape: readonly number[]): Tensor {
  const random = createRandom(seed);
  const size = shape.reduce((product, dim) => product * dim, 1);
  return tensor(
    'float32',
    shape,
    Float32Array.from({ length: size }, () => random.normal()),
  );
}
