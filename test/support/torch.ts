import { readFileSync } from 'node:fs';
import {
  add,
  concat,
  reshape,
  type Shape,
  slice,
  type Tensor,
  tensor,
  transpose,
  type Value,
} from '../../shared/graph/index.ts';
import type { Activation, CellName, Weights } from '../../shared/model/index.ts';

/** A case of test/golden, as scripts/golden/pytorch.py wrote it: tensors flat, in PyTorch's layout. */
export interface GoldenCase {
  readonly layer: 'RNN' | 'GRU' | 'LSTM';
  readonly nonlinearity?: Activation;
  readonly batch: number;
  readonly time: number;
  readonly inputs: number;
  readonly hidden: number;
  /** `input`, `h0`, `c0` and the weights. */
  readonly given: Readonly<Record<string, readonly number[]>>;
  /** `output` and the states after the last step, `h` and `c`. */
  readonly results: Readonly<Record<string, readonly number[]>>;
  /** The loss is the sum of the results, each number times its weight. */
  readonly lossWeights: Readonly<Record<string, readonly number[]>>;
  readonly loss: number;
  /** Of the loss, with respect to all that is given. */
  readonly gradients: Readonly<Record<string, readonly number[]>>;
}

export function goldenCases(file: 'rnn' | 'gru' | 'lstm'): readonly GoldenCase[] {
  const text = readFileSync(new URL(`../golden/${file}.json`, import.meta.url), 'utf8');
  return (JSON.parse(text) as { cases: readonly GoldenCase[] }).cases;
}

type Layer = GoldenCase['layer'];
export const cellOf: Readonly<Record<Layer, CellName>> = { RNN: 'elman', GRU: 'gru', LSTM: 'lstm' };

/** Our names of the gates in the order in which PyTorch stacks them (r,z,n and i,f,g,o). */
const gates: Readonly<Record<Layer, readonly string[]>> = {
  RNN: ['hidden'],
  GRU: ['reset', 'update', 'candidate'],
  LSTM: ['input', 'forget', 'cell', 'output'],
};

/** The shape of one of PyTorch's tensors. */
export function torchShape({ layer, batch, time, inputs, hidden }: GoldenCase, name: string): Shape {
  const stacked = gates[layer].length * hidden;
  const shapes: Readonly<Record<string, Shape>> = {
    input: [time, batch, inputs],
    output: [time, batch, hidden],
    weight_ih: [stacked, inputs],
    weight_hh: [stacked, hidden],
    bias_ih: [stacked],
    bias_hh: [stacked],
  };
  return shapes[name] ?? [1, batch, hidden];
}

export const torchTensor = (
  golden: GoldenCase,
  name: string,
  numbers: readonly number[],
  dtype: 'float32' | 'float64',
): Tensor => tensor(dtype, torchShape(golden, name) as readonly number[], numbers);

/** PyTorch's weights as our cell's, in the graph, so that gradients arrive in PyTorch's layout. */
export function cellWeights({ layer, hidden }: GoldenCase, torch: Readonly<Record<string, Value>>): Weights {
  const weights = gates[layer].map((name, i) => {
    const part = (of: string) => slice(valueAt(torch, of), 0, i * hidden, (i + 1) * hidden);
    const row = (bias: Value) => reshape(bias, [1, hidden]);
    const recurrent = transpose(part('weight_hh'));
    const input = transpose(part('weight_ih'));
    if (name !== 'candidate') {
      // One block: rows for the hidden state, rows for the input, one row for the bias.
      return { [name]: concat([recurrent, input, row(add(part('bias_ih'), part('bias_hh')))], 0) };
    }
    // GRU's candidate keeps its two biases apart: the reset gate multiplies the hidden state's side only.
    return {
      candidateInput: concat([input, row(part('bias_ih'))], 0),
      candidateHidden: concat([recurrent, row(part('bias_hh'))], 0),
    };
  });
  return Object.assign({}, ...weights) as Weights;
}

export function valueAt<T>(values: Readonly<Record<string, T>>, name: string): T {
  const value = values[name];
  if (value === undefined) throw new RangeError(`there must be a ${name}, got ${Object.keys(values)}`);
  return value;
}
