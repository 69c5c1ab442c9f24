import {
  add,
  constant,
  createScope,
  gradients,
  input,
  mul,
  openSession,
  reduceSum,
  squeeze,
  type Tensor,
  type Value,
} from '../../shared/graph/index.ts';
import { cells, networkSettings, type RunLayer, runByStep, runFused } from '../../shared/model/index.ts';
import { largestDifference } from '../support/compare.ts';
import {
  cellOf,
  cellWeights,
  type GoldenCase,
  goldenCases,
  torchShape,
  torchTensor,
  valueAt,
} from '../support/torch.ts';

type Float = 'float32' | 'float64';

/** A layer of ours over PyTorch's tensors: what goes in, and what PyTorch's layer hands out. */
function layerGraph(golden: GoldenCase, dtype: Float, runLayer: RunLayer) {
  const { layer, inputs, hidden, nonlinearity } = golden;
  const scope = createScope();
  const given = Object.fromEntries(
    Object.keys(golden.given).map((name) => [name, input(scope, name, dtype, torchShape(golden, name))]),
  );
  const cell = cellOf[layer];
  const settings = networkSettings({
    cell,
    inputs,
    units: hidden,
    outputs: 1,
    ...(nonlinearity && { activations: { f: nonlinearity } }),
  });
  const initial = cells[cell].states.map((state) => squeeze(valueAt(given, `${state}0`), 0));
  const { hidden: output, last } = runLayer(
    settings,
    cellWeights(golden, given),
    valueAt(given, 'input'),
    initial,
  );
  const states = cells[cell].states.map((state, i) => [state, last[i] as Value] as const);
  const results: Readonly<Record<string, Value>> = { output, ...Object.fromEntries(states) };
  return { given, results };
}

const gradientOf = (name: string): string => `d_loss_d_${name}`;

/** PyTorch's loss, and its gradients with respect to all that is given. */
function lossGraph(golden: GoldenCase, { given, results }: ReturnType<typeof layerGraph>) {
  const loss = Object.entries(results)
    .map(([name, value]) =>
      reduceSum(mul(value, constant(valueAt(golden.lossWeights, name), value.dtype, value.shape))),
    )
    .reduce((sum, part) => add(sum, part));
  const names = Object.keys(given);
  const found = gradients(loss, Object.values(given));
  return { loss, ...Object.fromEntries(names.map((name, i) => [gradientOf(name), found[i] as Value])) };
}

async function run(
  golden: GoldenCase,
  given: Readonly<Record<string, Value>>,
  outputs: Readonly<Record<string, Value>>,
  dtype: Float,
): Promise<Record<string, Tensor>> {
  const session = await openSession({ inputs: Object.values(given), outputs });
  const feeds = Object.entries(golden.given).map(([name, numbers]) => [
    name,
    torchTensor(golden, name, numbers, dtype),
  ]);
  const found = await session.run(Object.fromEntries(feeds));
  await session.release();
  return found;
}

/** What is further away than the tolerance: name and difference. */
const beyond = (
  tolerance: number,
  found: Readonly<Record<string, Tensor>>,
  expected: Readonly<Record<string, readonly number[]>>,
) =>
  Object.entries(expected)
    .map(([name, numbers]) => ({
      name,
      difference: largestDifference(valueAt(found, name).data as Float64Array, numbers),
    }))
    .filter(({ difference }) => difference > tolerance);

// The files hold 11 decimals (half a unit: 5e-12) of inputs that are exact.
const digits = 1e-10;

const titleOf = ({ layer, nonlinearity, batch, time, hidden }: GoldenCase) =>
  `${layer}${nonlinearity ? ` (${nonlinearity})` : ''}, batch ${batch}, ${time} steps, ${hidden} units`;

const cases = (['rnn', 'gru', 'lstm'] as const).flatMap((file) =>
  goldenCases(file).map((golden) => [`PyTorch's ${titleOf(golden)}`, golden] as const),
);

describe.each(cases)('with the same weights as %s', (_, golden) => {
  test('the step in a loop gives the same outputs and states in float64', async () => {
    const { given, results } = layerGraph(golden, 'float64', runByStep);
    const found = await run(golden, given, results, 'float64');
    expect(beyond(digits, found, golden.results)).toEqual([]);
  });

  test('the step in a loop gives the same loss and gradients in float64', async () => {
    const graph = layerGraph(golden, 'float64', runByStep);
    const found = await run(golden, graph.given, lossGraph(golden, graph), 'float64');
    const expected = Object.entries(golden.gradients).map(([name, numbers]) => [gradientOf(name), numbers]);
    expect(beyond(digits, found, { loss: [golden.loss], ...Object.fromEntries(expected) })).toEqual([]);
  });

  test('the fused operator gives the same outputs and states in float32', async () => {
    const { given, results } = layerGraph(golden, 'float32', runFused());
    const found = await run(golden, given, results, 'float32');
    expect(beyond(1e-5, found, golden.results)).toEqual([]);
  });
});
