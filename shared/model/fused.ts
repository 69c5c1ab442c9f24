import {
  concat,
  type FusedActivation,
  type FusedWeights,
  fusedGru,
  fusedLstm,
  fusedRnn,
  reshape,
  slice,
  transpose,
  type Value,
  zerosLike,
} from '../graph/index.ts';
import type { Activation, CellName, Weights } from './cells.ts';
import type { LayerSettings, LayerStates, RunLayer } from './layers.ts';

/** One gate's weights, apart: `input [input, hidden]`, `recurrent [hidden, hidden]`, biases `[1, hidden]`. */
interface Gate {
  readonly input: Value;
  readonly recurrent: Value;
  readonly inputBias: Value;
  readonly hiddenBias: Value;
}

/** Takes a block `[hidden + input + 1, hidden]` apart. */
function gateOf(block: Value | undefined): Gate {
  if (!block) throw new RangeError('the cell has this weight');
  const hidden = Number(block.shape[1]);
  const inputBias = slice(block, 0, -1);
  return {
    recurrent: slice(block, 0, 0, hidden),
    input: slice(block, 0, hidden, Number(block.shape[0]) - 1),
    inputBias,
    hiddenBias: zerosLike(inputBias),
  };
}

function gruCandidate({ candidateInput, candidateHidden }: Weights): Gate {
  if (!candidateInput || !candidateHidden) throw new RangeError('the cell has these weights');
  const [input, inputBias] = apart(candidateInput);
  const [recurrent, hiddenBias] = apart(candidateHidden);
  return { input, inputBias, recurrent, hiddenBias };
}

/** A matrix and the bias in its last row. */
const apart = (weights: Value): readonly [matrix: Value, bias: Value] => [
  slice(weights, 0, 0, Number(weights.shape[0]) - 1),
  slice(weights, 0, -1),
];

/** Stacks gates as ONNX wants them: `[gates·hidden, input]`, `[gates·hidden, hidden]`, `[2·gates·hidden]`. */
function stack(gates: readonly Gate[]): FusedWeights {
  const biases = [...gates.map(({ inputBias }) => inputBias), ...gates.map(({ hiddenBias }) => hiddenBias)];
  const bias = concat(biases, 1);
  return {
    input: concat(
      gates.map(({ input }) => transpose(input)),
      0,
    ),
    recurrent: concat(
      gates.map(({ recurrent }) => transpose(recurrent)),
      0,
    ),
    bias: reshape(bias, [Number(bias.shape[1])]),
  };
}

/** How a cell maps to a fused ONNX operator: its gates in ONNX's order, and the operator. */
interface FusedForm {
  gates(weights: Weights): readonly Gate[];
  run(
    settings: LayerSettings,
    x: Value,
    weights: FusedWeights,
    initial: LayerStates,
  ): ReturnType<typeof fusedGru>;
}

const onnxActivation: Readonly<Record<Activation, FusedActivation>> = {
  tanh: 'Tanh',
  sigmoid: 'Sigmoid',
  relu: 'Relu',
  identity: 'Affine',
};

/** The cells that have a fused operator; `dual` has none and is served by its step. */
const fusedForms: Readonly<Partial<Record<CellName, FusedForm>>> = {
  elman: {
    gates: ({ hidden }) => [gateOf(hidden)],
    run: ({ activations }, x, weights, initial) =>
      fusedRnn(x, weights, initial, onnxActivation[activations.f]),
  },
  gru: {
    gates: (weights) => [gateOf(weights.update), gateOf(weights.reset), gruCandidate(weights)],
    run: (_, x, weights, initial) => fusedGru(x, weights, initial),
  },
  lstm: {
    gates: (weights) => ['input', 'output', 'forget', 'cell'].map((name) => gateOf(weights[name])),
    run: (_, x, weights, initial) => fusedLstm(x, weights, initial),
  },
};

export const hasFusedForm = (cell: CellName): boolean => fusedForms[cell] !== undefined;

/** A layer's weights as its fused operator wants them, or null where there is none. */
export function fusedWeights(cell: CellName, weights: Weights): FusedWeights | null {
  const form = fusedForms[cell];
  return form ? stack(form.gates(weights)) : null;
}

/** Runs a layer by its fused operator; `packed` holds the weights where they were stacked before. */
export const runFused =
  (packed?: (weights: Weights) => FusedWeights | undefined): RunLayer =>
  (settings, weights, x, initial) => {
    const form = fusedForms[settings.cell];
    if (!form) throw new RangeError(`${settings.cell} has no fused operator`);
    return form.run(settings, x, packed?.(weights) ?? stack(form.gates(weights)), initial);
  };
