import type { Value } from '../../../graph/index.ts';
import type { TensorFlow, TfTensor } from './load.ts';

/** An application of an operator in the graph. */
export type Node = Extract<Value['source'], { readonly kind: 'output' }>['node'];

/** An application of an operator in a run. */
export interface Call {
  readonly tf: TensorFlow;
  readonly node: Node;
  all(): readonly TfTensor[];
  input(index: number): TfTensor;
  shape(index: number): readonly number[];
  /** An input as plain numbers: sizes, axes and positions, which TensorFlow.js takes that way. */
  numbers(index: number): readonly number[];
}

/** Computes a node's output, or its outputs. */
export type Operator = (call: Call) => TfTensor | TfTensor[];

/** An attribute that is a whole number; 0 where it is left out, as in ONNX. */
export const whole = ({ node }: Call, name: string): number => Number(node.attributes[name] ?? 0);
/** An attribute that is a list of whole numbers. */
export const list = ({ node }: Call, name: string): number[] => [
  ...(node.attributes[name] as readonly number[]),
];

/**
 * Repeats along axes of size 1. Floats by a product with ones: TensorFlow.js's gradient of broadcastTo makes
 * one slice for each repetition.
 */
export function expandTo(tf: TensorFlow, x: TfTensor, shape: readonly number[]): TfTensor {
  const target = tf.broadcast_util.assertAndGetBroadcastShape(x.shape, [...shape]);
  if (target.length === x.rank && target.every((size, axis) => size === x.shape[axis])) return x;
  return x.dtype === 'float32' ? tf.mul(x, tf.ones(target)) : tf.broadcastTo(x, target);
}

/** Applies an operator that TensorFlow.js has, or differentiates rightly, along the last axis only. */
export function alongLast(
  tf: TensorFlow,
  x: TfTensor,
  axis: number,
  compute: (moved: TfTensor) => TfTensor[],
): TfTensor[] {
  const last = x.rank - 1;
  if (axis === last) return compute(x);
  const perm = x.shape.map((_, i) => (i === axis ? last : i === last ? axis : i));
  return compute(tf.transpose(x, perm)).map((moved) => tf.transpose(moved, perm));
}
