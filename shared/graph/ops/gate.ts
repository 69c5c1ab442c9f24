import { apply1, type Op, type Value } from '../value.ts';
import { at } from './define.ts';
import { mul, sigmoid, sub, tanh } from './elementwise.ts';

/**
 * Products with a gate, as one operator each. Their gradients share the product of what comes back and the
 * output, t = dy·y, which the separate rules of Mul, Sigmoid and Tanh would compute piece by piece: in an LSTM
 * that is 17 operators a step instead of 22.
 *
 * The gate before its sigmoid is an input too, so that the gradient can go there directly; ONNX does not see it.
 */
const shown: Op['arrange'] = (names) => names.slice(0, 2);

/** dσ(a)·v/da = y − y·σ(a), times dy. */
const toGate = (t: Value, gate: Value): Value => sub(t, mul(t, gate));

const gatedOp: Op = {
  name: 'Mul',
  arrange: shown,
  infer: (inputs) => [at(inputs, 0)],
  gradient: ({ inputs, outputs }, [dy]) => {
    if (!dy) return [];
    const gate = at(inputs, 0);
    return [null, mul(dy, gate), toGate(mul(dy, at(outputs, 0)), gate)];
  },
};

/** σ(a) ⊙ v, for a and v of one shape. */
export const gated = (a: Value, v: Value): Value => apply1(gatedOp, [sigmoid(a), v, a]);

const gatedTanhOp: Op = {
  name: 'Mul',
  arrange: shown,
  infer: (inputs) => [at(inputs, 0)],
  gradient: ({ inputs, outputs }, [dy]) => {
    if (!dy) return [];
    const [gate, squashed] = [at(inputs, 0), at(inputs, 1)];
    const t = mul(dy, at(outputs, 0));
    return [null, null, toGate(t, gate), sub(mul(dy, gate), mul(t, squashed))];
  },
};

/** σ(a) ⊙ tanh(b), for a and b of one shape. */
export const gatedTanh = (a: Value, b: Value): Value => apply1(gatedTanhOp, [sigmoid(a), tanh(b), a, b]);
