export { gradients } from './backward.ts';
export { GradientError, GraphError, ShapeError } from './errors.ts';
export { numbersOf, type Tensor, tensor, typedArray } from './onnx/tensor.ts';
export { type Graph, writeOnnx } from './onnx/write.ts';
export { expand, expandLike, reduceSum, split, zerosLike } from './ops/broadcast.ts';
export { concat, pad, reverse, slice } from './ops/cut.ts';
export { type Operand, scalar } from './ops/define.ts';
export * from './ops/elementwise.ts';
export * from './ops/fused.ts';
export { gated, gatedTanh } from './ops/gate.ts';
export * from './ops/matrix.ts';
export * from './ops/reduce.ts';
export { type ScanResult, type StepResult, scan } from './ops/scan.ts';
export * from './ops/select.ts';
export * from './ops/shape.ts';
export { sizeAlong } from './ops/size.ts';
export { openSession, type Session, type SessionOptions } from './run.ts';
export {
  constant,
  createScope,
  type Dim,
  type DType,
  input,
  type Numbers,
  type Scope,
  type Shape,
  showShape,
  showType,
  type TensorType,
  type Value,
} from './value.ts';
