import { type DType, GraphError, type Numbers, type Tensor, type Value } from '../../../graph/index.ts';
import type { TensorFlow, TfTensor } from './load.ts';

/**
 * How our element types are held. TensorFlow.js has neither float64 nor int64: values declared float64 are
 * computed in float32 and agree with ONNX Runtime's to float32's digits only.
 */
export const heldAs = {
  float32: 'float32',
  float64: 'float32',
  int64: 'int32',
  bool: 'bool',
} as const satisfies Record<DType, string>;

/** A TensorFlow tensor from numbers in row-major order. @throws GraphError for an int64 beyond 32 bits */
export function toTf(
  tf: TensorFlow,
  dtype: DType,
  shape: readonly number[],
  data: Numbers | Tensor['data'],
): TfTensor {
  return tf.tensor(hold(dtype, data), [...shape], heldAs[dtype]);
}

function hold(dtype: DType, data: Numbers | Tensor['data']): Float32Array | Int32Array | Uint8Array {
  if (dtype === 'bool')
    return data instanceof Uint8Array ? data : Uint8Array.from(data as Numbers, (item) => (item ? 1 : 0));
  if (dtype === 'int64') return Int32Array.from(data as ArrayLike<number | bigint>, toInt32);
  return data instanceof Float32Array ? data : Float32Array.from(data as Numbers);
}

function toInt32(item: number | bigint): number {
  const number = Number(item);
  if (number === (number | 0)) return number;
  throw new GraphError({
    rule: 'the tensorflow engine holds int64 in 32 bits: whole numbers from −2147483648 to 2147483647',
    received: String(item),
    remedy: 'use smaller numbers, or the onnxruntime engine',
  });
}

/** A copy in the dtype the graph declares. */
export function fromTf({ dtype }: Value, result: TfTensor): Tensor {
  const data = result.dataSync();
  return { dtype, shape: [...result.shape], data: release(dtype, data) };
}

function release(dtype: DType, data: ArrayLike<number>): Tensor['data'] {
  if (dtype === 'int64') return BigInt64Array.from(data, (item) => BigInt(item));
  if (dtype === 'bool') return Uint8Array.from(data);
  return dtype === 'float64' ? Float64Array.from(data) : Float32Array.from(data);
}

/** The same numbers as a tensor that no gradient flows through. */
export const detached = (tf: TensorFlow, x: TfTensor): TfTensor =>
  tf.tensor(x.dataSync(), x.shape, x.dtype as 'float32');

/** Runs work and disposes of all tensors it made, except kept ones. Returns plain data, unlike tf.tidy. */
export function scoped<T>(tf: TensorFlow, work: () => T): T {
  tf.engine().startScope();
  try {
    return work();
  } finally {
    tf.engine().endScope();
  }
}
