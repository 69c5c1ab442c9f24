import {
  add,
  concat,
  gated,
  gatedTanh,
  matmul,
  relu,
  sigmoid,
  slice,
  split,
  sub,
  tanh,
  type Value,
} from '../graph/index.ts';

export const activations = {
  tanh,
  sigmoid,
  relu,
  identity: (x: Value): Value => x,
};
export type Activation = keyof typeof activations;

/** The activations of the two cells that leave a choice: f of elman; f, g and o of dual. */
export interface CellActivations {
  readonly f: Activation;
  readonly g: Activation;
  readonly o: Activation;
}

/** How a weight starts: uniform in ±1/√hidden, as PyTorch's recurrent layers do. */
export interface WeightSpec {
  readonly name: string;
  readonly shape: readonly [rows: number, columns: number];
}

export type Weights = Readonly<Record<string, Value>>;

/**
 * A recurrent cell: one step and the weights it needs. The caller owns the loop, the batch and the states.
 *
 * A weight that is applied to the input and the hidden state is one block `[hidden + input + 1, hidden]`: rows
 * for the hidden state, rows for the input, and the bias as the weight of a constant 1. One product then does
 * the work of two products and two sums (measured: docs/decisions/0002-training-loop.md).
 */
export interface Cell {
  /** The states it carries: the hidden state `h` first. */
  readonly states: readonly string[];
  weights(input: number, hidden: number): readonly WeightSpec[];
  /**
   * @param x `[batch, input + 1]`, the input with a constant 1 as its last column
   * @param states each `[batch, hidden]`, `h` first
   * @returns the next states
   */
  step(weights: Weights, x: Value, states: readonly Value[], activations: CellActivations): readonly Value[];
}

/**
 * Several gates from one wide product `joined · [W₁ W₂ …]`, cut apart. The weights side by side are no work of the
 * loop: what does not depend on the step leaves it.
 */
function gatesOf(joined: Value, weights: Weights, names: readonly string[]): (i: number) => Value {
  const blocks = names.map((name) => weight(weights, name));
  const widths = blocks.map(({ shape }) => Number(shape[1]));
  const gates = split(matmul(joined, concat(blocks, 1)), widths, 1);
  return (i) => valueAt(gates, i);
}

const block = (name: string, input: number, hidden: number): WeightSpec => ({
  name,
  shape: [hidden + input + 1, hidden],
});

const weight = (weights: Weights, name: string): Value => {
  const value = weights[name];
  if (!value) throw new RangeError(`the cell has no weight ${name}`);
  return value;
};

function valueAt(values: readonly Value[], index: number): Value {
  const value = values[index];
  if (!value) throw new RangeError(`the cell has no state or gate ${index}`);
  return value;
}

/** h_t = f(W_xh x_t + W_hh h_{t−1} + b_h) (Elman 1990). */
const elman: Cell = {
  states: ['h'],
  weights: (input, hidden) => [block('hidden', input, hidden)],
  step(weights, x, states, { f }) {
    const joined = concat([valueAt(states, 0), x], 1);
    return [activations[f](matmul(joined, weight(weights, 'hidden')))];
  },
};

/**
 * Two paths from the same input and state, then mixed:
 * h̃_t = f(W_xh x_t + W_hh h_{t−1} + b_h), c_t = g(W_xc x_t + W_hc h_{t−1} + b_c),
 * h_t = o(W_ho h̃_t + W_oc c_t + b_o).
 */
const dual: Cell = {
  states: ['h'],
  weights: (input, hidden) => [
    block('hidden', input, hidden),
    block('context', input, hidden),
    { name: 'mix', shape: [2 * hidden, hidden] },
    { name: 'mixBias', shape: [1, hidden] },
  ],
  step(weights, x, states, { f, g, o }) {
    const joined = concat([valueAt(states, 0), x], 1);
    const candidate = activations[f](matmul(joined, weight(weights, 'hidden')));
    const context = activations[g](matmul(joined, weight(weights, 'context')));
    const mixed = matmul(concat([candidate, context], 1), weight(weights, 'mix'));
    return [activations[o](add(mixed, weight(weights, 'mixBias')))];
  },
};

/**
 * Gated recurrent unit in the form of ONNX's GRU with `linear_before_reset = 1`, which is cuDNN's and PyTorch's:
 * z = σ(…), r = σ(…), n = tanh(W_n x + b_n + r ⊙ (R_n h + c_n)), h = (1 − z) ⊙ n + z ⊙ h.
 */
const gru: Cell = {
  states: ['h'],
  weights: (input, hidden) => [
    block('update', input, hidden),
    block('reset', input, hidden),
    { name: 'candidateInput', shape: [input + 1, hidden] },
    { name: 'candidateHidden', shape: [hidden + 1, hidden] },
  ],
  step(weights, x, states) {
    const h = valueAt(states, 0);
    const joined = concat([h, x], 1);
    const gate = gatesOf(joined, weights, ['update', 'reset']);
    const one = slice(x, 1, -1);
    const recurrent = matmul(concat([h, one], 1), weight(weights, 'candidateHidden'));
    const candidate = tanh(add(matmul(x, weight(weights, 'candidateInput')), gated(gate(1), recurrent)));
    return [add(candidate, gated(gate(0), sub(h, candidate)))];
  },
};

/** In ONNX's order: i, o, f, c. */
const lstmGates = ['input', 'output', 'forget', 'cell'];

/**
 * Long short-term memory without peepholes (Hochreiter & Schmidhuber 1997, with Gers' forget gate), as ONNX's LSTM:
 * c = σ(f) ⊙ c + σ(i) ⊙ tanh(g), h = σ(o) ⊙ tanh(c).
 */
const lstm: Cell = {
  states: ['h', 'c'],
  weights: (input, hidden) => lstmGates.map((gate) => block(gate, input, hidden)),
  step(weights, x, states) {
    const joined = concat([valueAt(states, 0), x], 1);
    const gate = gatesOf(joined, weights, lstmGates);
    const cell = add(gated(gate(2), valueAt(states, 1)), gatedTanh(gate(0), gate(3)));
    return [gatedTanh(gate(1), cell), cell];
  },
};

export const cells = { elman, dual, gru, lstm } as const satisfies Record<string, Cell>;
export type CellName = keyof typeof cells;
