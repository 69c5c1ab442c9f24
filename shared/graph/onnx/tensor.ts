import type { DType, Numbers } from '../value.ts';

/** A tensor with numbers in it, row-major. int64 holds 64-bit integers, bool holds 0 and 1. */
export interface Tensor {
  readonly dtype: DType;
  readonly shape: readonly number[];
  readonly data: Float32Array | Float64Array | BigInt64Array | Uint8Array;
}

/** The typed array of a dtype with the given numbers in it. */
export function typedArray(dtype: DType, numbers: Numbers): Tensor['data'] {
  if (dtype === 'float32') return Float32Array.from(numbers);
  if (dtype === 'float64') return Float64Array.from(numbers);
  if (dtype === 'int64') return BigInt64Array.from(numbers as ArrayLike<number>, (number) => BigInt(number));
  return Uint8Array.from(numbers, (number) => (number ? 1 : 0));
}

/** A tensor from plain numbers. */
export const tensor = (dtype: DType, shape: readonly number[], numbers: Numbers): Tensor => ({
  dtype,
  shape,
  data: typedArray(dtype, numbers),
});

/** The elements as plain numbers. */
export const numbersOf = ({ data }: Tensor): number[] => Array.from<number | bigint, number>(data, Number);

/** The numbers as ONNX stores them, little-endian. */
export function toBytes(dtype: DType, numbers: Numbers): Uint8Array {
  const { buffer, byteOffset, byteLength } = typedArray(dtype, numbers);
  return new Uint8Array(buffer, byteOffset, byteLength);
}
