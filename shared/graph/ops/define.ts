import { GradientError, ShapeError } from '../errors.ts';
import {
  apply1,
  type Call,
  constant,
  type Dim,
  isFloat,
  type Op,
  type Shape,
  showType,
  type TensorType,
  type Value,
} from '../value.ts';

/** An operand: a value, or a number that takes the other operand's dtype. */
export type Operand = Value | number;

/** The gradient of an operator whose output does not change with its inputs (or only in jumps). */
export const flat: Op['gradient'] = ({ inputs }) => inputs.map(() => null);

/** The gradient of an operator that is only ever run forward. */
export const forwardOnly =
  (remedy: string): Op['gradient'] =>
  ({ node }) => {
    throw new GradientError({
      rule: `${node.op.name} has no gradient`,
      received: 'a request to differentiate through it',
      remedy,
    });
  };

/** Turns the operands of a binary operator into values of one dtype. */
export function pair(a: Operand, b: Operand): readonly [Value, Value] {
  if (typeof a !== 'number') return [a, typeof b === 'number' ? scalar(b, a.dtype) : b];
  if (typeof b !== 'number') return [scalar(a, b.dtype), b];
  return [scalar(a), scalar(b)];
}

const scalars = new Map<string, Value>();

/** A scalar constant. The same number is the same value, so that equal expressions are found equal. */
export function scalar(number: number, dtype: TensorType['dtype'] = 'float32'): Value {
  const key = `${dtype} ${Object.is(number, -0) ? '-0' : number}`;
  const known = scalars.get(key);
  if (known) return known;
  const value = constant(number, dtype);
  if (scalars.size < 1000) scalars.set(key, value);
  return value;
}

/** The shape two shapes broadcast to (ONNX, "multidirectional broadcasting"). */
export function broadcast(op: string, a: TensorType, b: TensorType): Shape {
  const rank = Math.max(a.shape.length, b.shape.length);
  const dims: Dim[] = [];
  for (let axis = 0; axis < rank; axis++) {
    const left = a.shape[axis - rank + a.shape.length] ?? 1;
    const right = b.shape[axis - rank + b.shape.length] ?? 1;
    if (left !== right && left !== 1 && right !== 1) {
      throw mismatch(op, 'dimensions must be equal or 1, counted from the right', a, b);
    }
    dims.push(left === 1 ? right : left);
  }
  return dims;
}

export function mismatch(op: string, rule: string, a: TensorType, b: TensorType): ShapeError {
  return new ShapeError({
    rule: `${op}: ${rule}`,
    received: `left ${showType(a)} and right ${showType(b)}`,
    remedy: 'reshape, expand or cast one of the two',
  });
}

export function sameDtype(op: string, a: TensorType, b: TensorType): void {
  if (a.dtype !== b.dtype) throw mismatch(op, 'operands must have one dtype', a, b);
}

export function requireFloat(op: string, value: TensorType): void {
  if (!isFloat(value)) {
    throw new ShapeError({
      rule: `${op}: the operand must be float32 or float64`,
      received: showType(value),
      remedy: 'cast it first',
    });
  }
}

/** An axis counted from the front, in range. */
export function axisOf(op: string, value: TensorType, axis: number): number {
  const rank = value.shape.length;
  const actual = axis < 0 ? axis + rank : axis;
  if (!Number.isInteger(axis) || actual < 0 || actual >= rank) {
    throw new ShapeError({
      rule: `${op}: axis must be in ${-rank}..${rank - 1} for ${showType(value)}`,
      received: String(axis),
      remedy: 'name an axis that the operand has',
    });
  }
  return actual;
}

/** The i-th input of a call; a call always has the inputs its operator declares. */
export function at<T>(list: readonly T[], index: number): T {
  const item = list[index];
  if (item === undefined) throw new RangeError(`no element ${index} in a list of ${list.length}`);
  return item;
}

/** The gradient rule of an operator with one input and one output. */
export const unaryGradient =
  (rule: (adjoint: Value, x: Value, y: Value) => Value): Op['gradient'] =>
  (call: Call, [adjoint]) => [adjoint ? rule(adjoint, at(call.inputs, 0), at(call.outputs, 0)) : null];

/** An operator whose second input says the shape at run time; what is known of it now is given beside. */
export const retyped =
  (name: string, gradient: Op['gradient']) =>
  (x: Value, target: Value, shape: Shape): Value =>
    apply1({ name, infer: () => [{ dtype: x.dtype, shape }], gradient }, [x, target]);
