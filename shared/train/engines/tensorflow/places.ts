import { alongLast, type Call, expandTo, list, type Operator, whole } from './call.ts';
import type { TensorFlow, TfTensor } from './load.ts';

/** The first of an input's plain numbers. */
const first = (call: Call, index: number): number => call.numbers(index)[0] ?? 0;

function slice(call: Call): TfTensor {
  const { tf } = call;
  const [x, axis, stride] = [call.input(0), first(call, 3), first(call, 4)];
  const size = x.shape[axis] ?? 1;
  // ONNX: negative positions count from the end, then all are brought into the axis.
  const within = (position: number, low: number, high: number) =>
    Math.min(Math.max(position < 0 ? position + size : position, low), high);
  const [low, high] = stride > 0 ? [0, size] : [-1, size - 1];
  const from = within(first(call, 1), Math.max(low, 0), high);
  const count = Math.max(0, Math.ceil((within(first(call, 2), low, high) - from) / stride));
  if (Math.abs(stride) !== 1) {
    const positions = Array.from({ length: count }, (_, i) => from + i * stride);
    return tf.gather(x, tf.tensor1d(positions, 'int32'), axis);
  }
  const begin = x.shape.map((_, i) => (i === axis ? (stride > 0 ? from : from - count + 1) : 0));
  const part = tf.slice(
    x,
    begin,
    x.shape.map((whole, i) => (i === axis ? count : whole)),
  );
  return stride > 0 ? part : tf.reverse(part, axis);
}

function pad(call: Call): TfTensor {
  const [before = 0, after = 0] = call.numbers(1);
  const axis = first(call, 3);
  const sides = call.shape(0).map((_, i): [number, number] => (i === axis ? [before, after] : [0, 0]));
  return call.tf.pad(call.input(0), sides, first(call, 2));
}

/** The positions along an axis, largest or smallest element first, equal ones in their order. */
function topK(call: Call): TfTensor[] {
  const { tf } = call;
  const count = first(call, 1);
  const largest = whole(call, 'largest') === 1;
  return alongLast(tf, call.input(0), whole(call, 'axis'), (x) => {
    const { values, indices } = tf.topk(largest ? x : tf.neg(x), count, true);
    return [largest ? values : tf.neg(values), indices];
  });
}

/** Indices counted from the front: ONNX allows negative ones. */
const fromFront = (tf: TensorFlow, index: TfTensor, size: number): TfTensor =>
  tf.add(index, tf.mul(tf.cast(tf.less(index, 0), 'int32'), tf.scalar(size, 'int32')));

/** Where the elements that GatherElements and ScatterElements mean stand in the row-major data, `[element]`. */
function flatPlaces(tf: TensorFlow, index: TfTensor, shape: readonly number[], axis: number): TfTensor {
  const stride = (i: number) =>
    tf.scalar(
      shape.slice(i + 1).reduce((size, dim) => size * dim, 1),
      'int32',
    );
  const along = tf.mul(fromFront(tf, index, shape[axis] ?? 1), stride(axis));
  const places = index.shape.reduce((sum: TfTensor, size, i) => {
    if (i === axis) return sum;
    const positions = tf.reshape(
      tf.range(0, size, 1, 'int32'),
      index.shape.map((_, k) => (k === i ? size : 1)),
    );
    return tf.add(sum, tf.mul(positions, stride(i)));
  }, along);
  return tf.reshape(places, [-1]);
}

/** Adds numbers up at places of a vector of zeros. */
const addUp = (tf: TensorFlow, places: TfTensor, numbers: TfTensor, size: number): TfTensor =>
  tf.scatterND(tf.reshape(places, [-1, 1]), numbers, [size]);

/** What is handed to a function with a custom gradient beside its operand. */
type Save = (tensors: TfTensor[]) => void;

/**
 * Picks elements of a vector. TensorFlow.js differentiates tf.gather by one pass over the data for each
 * element of the vector; adding up at the places is one pass.
 */
const pick = (tf: TensorFlow, vector: TfTensor, places: TfTensor): TfTensor =>
  tf.customGrad((...[operand, save]) => {
    (save as Save)([places]);
    const gradFunc = (dy: TfTensor, [kept = places]: TfTensor[]) => addUp(tf, kept, dy, vector.size);
    return { value: tf.gather(operand as TfTensor, places), gradFunc };
  })(vector);

/** Adds numbers up at places of a vector of zeros; TensorFlow.js has no gradient for that. */
const put = (tf: TensorFlow, numbers: TfTensor, places: TfTensor, size: number): TfTensor =>
  tf.customGrad((...[operand, save]) => {
    (save as Save)([places]);
    const gradFunc = (dy: TfTensor, [kept = places]: TfTensor[]) => tf.gather(dy, kept);
    return { value: addUp(tf, places, operand as TfTensor, size), gradFunc };
  })(numbers);

function gatherElements(call: Call): TfTensor {
  const { tf } = call;
  const [x, index] = [call.input(0), call.input(1)];
  const places = flatPlaces(tf, index, x.shape, whole(call, 'axis'));
  return tf.reshape(pick(tf, tf.reshape(x, [-1]), places), index.shape);
}

/** ScatterElements with reduction `add`, the only one our graphs have. */
function scatterElements(call: Call): TfTensor {
  const { tf } = call;
  const [x, index, updates] = [call.input(0), call.input(1), call.input(2)];
  const places = flatPlaces(tf, index, x.shape, whole(call, 'axis'));
  return tf.add(x, tf.reshape(put(tf, tf.reshape(updates, [-1]), places, x.size), x.shape));
}

/** What ONNX's operators on shapes and positions are in TensorFlow.js. */
export const places: Readonly<Record<string, Operator>> = {
  Shape: (call) => call.tf.tensor1d(call.shape(0).slice(whole(call, 'start'), whole(call, 'end')), 'int32'),
  // A size of 0 means the operand's own, as in ONNX.
  Reshape: (call) =>
    call.tf.reshape(
      call.input(0),
      call.numbers(1).map((size, axis) => (size === 0 ? (call.shape(0)[axis] ?? 0) : size)),
    ),
  Unsqueeze: (call) => call.tf.expandDims(call.input(0), whole(call, 'axis')),
  Squeeze: (call) => call.tf.squeeze(call.input(0), [whole(call, 'axis')]),
  Transpose: (call) => call.tf.transpose(call.input(0), list(call, 'perm')),
  Expand: (call) => expandTo(call.tf, call.input(0), call.numbers(1)),
  Concat: (call) => call.tf.concat([...call.all()], whole(call, 'axis')),
  Split: (call) => call.tf.split(call.input(0), list(call, 'sizes'), whole(call, 'axis')),
  Slice: slice,
  Pad: pad,
  Gather: (call) => {
    const [x, axis] = [call.input(0), whole(call, 'axis')];
    return call.tf.gather(x, fromFront(call.tf, call.input(1), x.shape[axis] ?? 1), axis);
  },
  GatherElements: gatherElements,
  ScatterElements: scatterElements,
  TopK: topK,
  Range: (call) => call.tf.range(first(call, 0), first(call, 1), first(call, 2), 'int32'),
};
