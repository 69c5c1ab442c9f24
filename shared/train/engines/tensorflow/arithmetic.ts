import { alongLast, expandTo, list, type Operator, whole } from './call.ts';
import type { TensorFlow, TfTensor } from './load.ts';
import { heldAs } from './tensors.ts';

const unary =
  (compute: (tf: TensorFlow, x: TfTensor) => TfTensor): Operator =>
  (call) =>
    compute(call.tf, call.input(0));

const binary =
  (compute: (tf: TensorFlow, a: TfTensor, b: TfTensor) => TfTensor): Operator =>
  (call) =>
    compute(call.tf, call.input(0), call.input(1));

const reduction =
  (compute: (tf: TensorFlow, x: TfTensor, axes: number[], keep: boolean) => TfTensor): Operator =>
  (call) =>
    compute(call.tf, call.input(0), list(call, 'axes'), whole(call, 'keepdims') === 1);

const argument =
  (compute: (tf: TensorFlow, x: TfTensor, axis: number) => TfTensor): Operator =>
  (call) => {
    const place = compute(call.tf, call.input(0), whole(call, 'axis'));
    return whole(call, 'keepdims') === 1 ? call.tf.expandDims(place, whole(call, 'axis')) : place;
  };

/** Integers as ONNX divides them, towards zero; TensorFlow.js rounds down. */
function divide(tf: TensorFlow, a: TfTensor, b: TfTensor): TfTensor {
  if (a.dtype !== 'int32') return tf.div(a, b);
  const inexact = tf.notEqual(tf.mod(a, b), tf.scalar(0, 'int32'));
  const negative = tf.notEqual(tf.less(a, 0), tf.less(b, 0));
  return tf.add(tf.floorDiv(a, b), tf.cast(tf.logicalAnd(inexact, negative), 'int32'));
}

/** The product over the last two axes. TensorFlow.js's gradient of it does not undo broadcasting: done before. */
function matMul(tf: TensorFlow, a: TfTensor, b: TfTensor): TfTensor {
  const outer = (x: TfTensor) => x.shape.slice(0, -2);
  if (b.rank === 2) {
    const rows = tf.reshape(a, [-1, a.shape.at(-1) ?? 1]);
    return tf.reshape(tf.matMul(rows, b), [...a.shape.slice(0, -1), b.shape.at(-1) ?? 1]);
  }
  const batch = tf.broadcast_util.assertAndGetBroadcastShape(outer(a), outer(b));
  return tf.matMul(
    expandTo(tf, a, [...batch, ...a.shape.slice(-2)]),
    expandTo(tf, b, [...batch, ...b.shape.slice(-2)]),
  );
}

/**
 * What ONNX's operators on numbers are in TensorFlow.js. Gradients are TensorFlow.js's own; at the kink of Abs it takes
 * −1 where our rule has 0.
 */
export const arithmetic: Readonly<Record<string, Operator>> = {
  Neg: unary((tf, x) => tf.neg(x)),
  Abs: unary((tf, x) => tf.abs(x)),
  Exp: unary((tf, x) => tf.exp(x)),
  Log: unary((tf, x) => tf.log(x)),
  Sqrt: unary((tf, x) => tf.sqrt(x)),
  Sin: unary((tf, x) => tf.sin(x)),
  Cos: unary((tf, x) => tf.cos(x)),
  Relu: unary((tf, x) => tf.relu(x)),
  Sigmoid: unary((tf, x) => tf.sigmoid(x)),
  Tanh: unary((tf, x) => tf.tanh(x)),
  // Only `stopGradient` makes one: the value passes, its gradient does not.
  Identity: unary((tf, x) =>
    tf.customGrad((...[operand]) => ({
      value: tf.clone(operand as TfTensor),
      gradFunc: (dy: TfTensor) => tf.zerosLike(dy),
    }))(x),
  ),
  Sign: unary((tf, x) => tf.sign(x)),
  Floor: unary((tf, x) => tf.floor(x)),
  Round: unary((tf, x) => tf.round(x)),
  IsNaN: unary((tf, x) => tf.isNaN(x)),
  Not: unary((tf, x) => tf.logicalNot(x)),
  Cast: (call) => call.tf.cast(call.input(0), heldAs[call.node.outputs[0]?.dtype ?? 'float32']),

  Add: binary((tf, a, b) => tf.add(a, b)),
  Sub: binary((tf, a, b) => tf.sub(a, b)),
  Mul: binary((tf, a, b) => tf.mul(a, b)),
  Div: binary(divide),
  Pow: binary((tf, a, b) => tf.pow(a, b)),
  Max: binary((tf, a, b) => tf.maximum(a, b)),
  Min: binary((tf, a, b) => tf.minimum(a, b)),
  Mod: binary((tf, a, b) => tf.mod(a, b)),
  Less: binary((tf, a, b) => tf.less(a, b)),
  Greater: binary((tf, a, b) => tf.greater(a, b)),
  Equal: binary((tf, a, b) => tf.equal(a, b)),
  And: binary((tf, a, b) => tf.logicalAnd(a, b)),
  Or: binary((tf, a, b) => tf.logicalOr(a, b)),
  Where(call) {
    const { tf } = call;
    const [test, a, b] = [call.input(0), call.input(1), call.input(2)];
    const values = tf.broadcast_util.assertAndGetBroadcastShape(a.shape, b.shape);
    const shape = tf.broadcast_util.assertAndGetBroadcastShape(test.shape, values);
    return tf.where(expandTo(tf, test, shape), expandTo(tf, a, shape), expandTo(tf, b, shape));
  },

  Gemm: (call) =>
    call.tf.matMul(call.input(0), call.input(1), whole(call, 'transA') === 1, whole(call, 'transB') === 1),
  MatMul: binary(matMul),

  ReduceSum: reduction((tf, x, axes, keep) => tf.sum(x, axes, keep)),
  ReduceMean: reduction((tf, x, axes, keep) => tf.mean(x, axes, keep)),
  ReduceMax: reduction((tf, x, axes, keep) => tf.max(x, axes, keep)),
  ReduceMin: reduction((tf, x, axes, keep) => tf.min(x, axes, keep)),
  ArgMin: argument((tf, x, axis) => tf.argMin(x, axis)),
  ArgMax: argument((tf, x, axis) => tf.argMax(x, axis)),
  CumSum(call) {
    const reverse = whole(call, 'reverse') === 1;
    return alongLast(call.tf, call.input(0), call.numbers(1)[0] ?? 0, (x) => [
      call.tf.cumsum(x, x.rank - 1, false, reverse), // its gradient does not know negative axes
    ]);
  },
  Softmax: (call) => alongLast(call.tf, call.input(0), whole(call, 'axis'), (x) => [call.tf.softmax(x)]),
};
