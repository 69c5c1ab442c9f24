import { type Attributes, apply, type Op, type Value } from '../value.ts';
import { at, forwardOnly } from './define.ts';
import { squeeze, unsqueeze } from './shape.ts';

/** ONNX's activation names. `Affine` with alpha 1 and beta 0 is the identity, which ONNX Runtime's RNN lacks. */
export type FusedActivation = 'Tanh' | 'Sigmoid' | 'Relu' | 'Affine';

/** The weights of a fused operator, gates stacked in ONNX's order (LSTM i,o,f,c; GRU z,r,h). */
export interface FusedWeights {
  /** `[gates·hidden, input]` */
  readonly input: Value;
  /** `[gates·hidden, hidden]` */
  readonly recurrent: Value;
  /** `[2·gates·hidden]`: the biases on the input's side, then those on the hidden state's side. */
  readonly bias: Value;
}

export interface FusedResult {
  /** The hidden state at every step, `[time, batch, hidden]`. */
  readonly hidden: Value;
  /** The states after the last step, each `[batch, hidden]`. */
  readonly last: readonly Value[];
}

function recurrentOp(name: string, states: number): Op {
  return {
    name,
    arrange: (names) => [...names.slice(0, 4), '', ...names.slice(4)],
    infer: (inputs, { hidden_size }) => {
      const { dtype, shape } = at(inputs, 0);
      const [time, batch] = [at(shape, 0), at(shape, 1)];
      const last = { dtype, shape: [1, batch, hidden_size as number] };
      return [
        { dtype, shape: [time, 1, batch, hidden_size as number] },
        ...Array.from({ length: states }, () => last),
      ];
    },
    gradient: forwardOnly('train the unfused form of the cell; the fused operator is for serving'),
  };
}

const [rnnOp, gruOp, lstmOp] = [recurrentOp('RNN', 1), recurrentOp('GRU', 1), recurrentOp('LSTM', 2)];

function run(
  op: Op,
  x: Value,
  weights: FusedWeights,
  initial: readonly Value[],
  attributes: Attributes,
): FusedResult {
  const inputs = [weights.input, weights.recurrent, weights.bias, ...initial].map((value) =>
    unsqueeze(value, 0),
  );
  const hidden_size = Number(at(at(initial, 0).shape, 1));
  const [hidden, ...last] = apply(op, [x, ...inputs], { ...attributes, hidden_size });
  return { hidden: squeeze(at([hidden as Value], 0), 1), last: last.map((state) => squeeze(state, 0)) };
}

/** ONNX RNN over `x [time, batch, input]` from `initial` h `[batch, hidden]`. Forward only. */
export const fusedRnn = (
  x: Value,
  weights: FusedWeights,
  initial: readonly Value[],
  activation: FusedActivation,
): FusedResult =>
  run(rnnOp, x, weights, initial, {
    activations: [activation],
    ...(activation === 'Affine' && { activation_alpha: { floats: [1] }, activation_beta: { floats: [0] } }),
  });

/** ONNX GRU with `linear_before_reset = 1`, over `x [time, batch, input]`. Forward only. */
export const fusedGru = (x: Value, weights: FusedWeights, initial: readonly Value[]): FusedResult =>
  run(gruOp, x, weights, initial, { linear_before_reset: 1 });

/** ONNX LSTM without peepholes, over `x [time, batch, input]`, from h and c. Forward only. */
export const fusedLstm = (x: Value, weights: FusedWeights, initial: readonly Value[]): FusedResult =>
  run(lstmOp, x, weights, initial, {});
