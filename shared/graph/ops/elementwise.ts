import { apply1, type DType, elementType, isFloat, type Op, type Value } from '../value.ts';
import { unbroadcast } from './broadcast.ts';
import {
  at,
  broadcast,
  flat,
  mismatch,
  type Operand,
  pair,
  requireFloat,
  sameDtype,
  scalar,
  unaryGradient,
} from './define.ts';

// ---- one operand ----

function unary(name: string, rule: (adjoint: Value, x: Value, y: Value) => Value) {
  const op: Op = {
    name,
    infer(inputs) {
      requireFloat(name, at(inputs, 0));
      return [at(inputs, 0)];
    },
    gradient: unaryGradient(rule),
  };
  return (x: Value): Value => apply1(op, [x]);
}

export const neg = unary('Neg', (dy) => neg(dy));
export const abs = unary('Abs', (dy, x) => mul(dy, sign(x)));
export const exp = unary('Exp', (dy, _, y) => mul(dy, y));
export const log = unary('Log', (dy, x) => div(dy, x));
export const sqrt = unary('Sqrt', (dy, _, y) => div(mul(dy, 0.5), y));
export const sin = unary('Sin', (dy, x) => mul(dy, cos(x)));
export const cos = unary('Cos', (dy, x) => neg(mul(dy, sin(x))));
export const relu = unary('Relu', (dy, x) => where(greater(x, 0), dy, 0));
// Written as dy·y − (dy·y)·y, which is one node less in a loop than dy·y·(1 − y) and needs no constant.
export const sigmoid = unary('Sigmoid', (dy, _, y) => sub(mul(dy, y), mul(mul(dy, y), y)));
export const tanh = unary('Tanh', (dy, _, y) => sub(dy, mul(mul(dy, y), y)));

function step(name: string) {
  const op: Op = { name, infer: (inputs) => [at(inputs, 0)], gradient: flat };
  return (x: Value): Value => apply1(op, [x]);
}

/** −1, 0 or 1. */
export const sign = step('Sign');
export const floor = step('Floor');
/** To the nearest integer, halves to the even one. */
export const round = step('Round');

const isNaNOp: Op = {
  name: 'IsNaN',
  infer(inputs) {
    requireFloat('isNaN', at(inputs, 0));
    return [{ dtype: 'bool', shape: at(inputs, 0).shape }];
  },
  gradient: flat,
};
/** True where a value is missing. */
export const isMissing = (x: Value): Value => apply1(isNaNOp, [x]);

const notOp: Op = { name: 'Not', infer: (inputs) => [at(inputs, 0)], gradient: flat };
export const not = (x: Value): Value => apply1(notOp, [x]);

const dtypeOf = (type: unknown): DType => {
  const found = (Object.keys(elementType) as DType[]).find((dtype) => elementType[dtype] === type);
  if (!found) throw new RangeError(`no dtype has the ONNX number ${String(type)}`);
  return found;
};

const castOp: Op = {
  name: 'Cast',
  infer: (inputs, { to }) => [{ dtype: dtypeOf(to), shape: at(inputs, 0).shape }],
  gradient: ({ inputs }, [dy]) => [dy && isFloat(at(inputs, 0)) ? cast(dy, at(inputs, 0).dtype) : null],
};
/** Converts to another dtype; from float to int64 cuts off the fraction. */
export const cast = (x: Value, dtype: DType): Value =>
  x.dtype === dtype ? x : apply1(castOp, [x], { to: elementType[dtype] });

const identityOp: Op = { name: 'Identity', infer: (inputs) => [at(inputs, 0)], gradient: flat };
/** The value itself, as if it did not depend on anything: no gradient goes through. */
export const stopGradient = (x: Value): Value => apply1(identityOp, [x]);

// ---- two operands ----

function binary(
  name: string,
  rule: (dy: Value, a: Value, b: Value, y: Value) => readonly [() => Value, () => Value],
) {
  const op: Op = {
    name,
    infer(inputs) {
      const [left, right] = [at(inputs, 0), at(inputs, 1)];
      sameDtype(name, left, right);
      return [{ dtype: left.dtype, shape: broadcast(name, left, right) }];
    },
    gradient({ inputs, outputs, needs }, [dy]) {
      if (!dy) return [null, null];
      const [a, b] = [at(inputs, 0), at(inputs, 1)];
      const [toA, toB] = rule(dy, a, b, at(outputs, 0));
      return [needs[0] ? unbroadcast(toA(), a) : null, needs[1] ? unbroadcast(toB(), b) : null];
    },
  };
  return (a: Operand, b: Operand): Value => apply1(op, pair(a, b));
}

export const add = binary('Add', (dy) => [() => dy, () => dy]);
export const sub = binary('Sub', (dy) => [() => dy, () => neg(dy)]);
export const mul = binary('Mul', (dy, a, b) => [() => mul(dy, b), () => mul(dy, a)]);
export const div = binary('Div', (dy, _, b, y) => [() => div(dy, b), () => neg(div(mul(dy, y), b))]);
/** a to the power b, for a > 0 where b needs a gradient. */
export const pow = binary('Pow', (dy, a, b, y) => [
  () => mul(dy, mul(b, pow(a, sub(b, 1)))),
  () => mul(dy, mul(y, log(a))),
]);
/** The larger of two; the gradient goes to the left one where they are equal. */
export const max = binary('Max', (dy, a, b) => [
  () => where(less(a, b), 0, dy),
  () => where(less(a, b), dy, 0),
]);
/** The smaller of two; the gradient goes to the left one where they are equal. */
export const min = binary('Min', (dy, a, b) => [
  () => where(greater(a, b), 0, dy),
  () => where(greater(a, b), dy, 0),
]);

const modOp: Op = {
  name: 'Mod',
  infer(inputs) {
    const [left, right] = [at(inputs, 0), at(inputs, 1)];
    if (left.dtype !== 'int64' || right.dtype !== 'int64')
      throw mismatch('mod', 'both operands must be int64', left, right);
    return [{ dtype: 'int64', shape: broadcast('mod', left, right) }];
  },
  gradient: flat,
};
/** The remainder of integers, with the divisor's sign: mod(−1, 24) is 23. */
export const mod = (a: Operand, b: Operand): Value => apply1(modOp, pair(a, b));

function compare(name: string) {
  const op: Op = {
    name,
    infer(inputs) {
      const [left, right] = [at(inputs, 0), at(inputs, 1)];
      sameDtype(name, left, right);
      return [{ dtype: 'bool', shape: broadcast(name, left, right) }];
    },
    gradient: flat,
  };
  return (a: Operand, b: Operand): Value => apply1(op, pair(a, b));
}

export const less = compare('Less');
export const greater = compare('Greater');
export const equal = compare('Equal');
export const and = compare('And');
export const or = compare('Or');

const whereOp: Op = {
  name: 'Where',
  infer(inputs) {
    const [test, left, right] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    sameDtype('where', left, right);
    if (test.dtype !== 'bool') throw mismatch('where', 'the condition must be bool', test, left);
    const shape = broadcast('where', left, right);
    return [{ dtype: left.dtype, shape: broadcast('where', test, { dtype: left.dtype, shape }) }];
  },
  gradient({ inputs, needs }, [dy]) {
    if (!dy) return [null, null, null];
    const [test, a, b] = [at(inputs, 0), at(inputs, 1), at(inputs, 2)];
    return [
      null,
      needs[1] ? unbroadcast(where(test, dy, 0), a) : null,
      needs[2] ? unbroadcast(where(test, 0, dy), b) : null,
    ];
  },
};
/** `a` where the condition holds, `b` elsewhere. What is not chosen has no influence, not even as NaN. */
export const where = (condition: Value, a: Operand, b: Operand): Value =>
  apply1(whereOp, [condition, ...pair(a, b)]);

// ---- made of the above ----

export const square = (x: Value): Value => mul(x, x);
export const clip = (x: Value, low: Operand, high: Operand): Value => min(max(x, low), high);

/** ln(1 + eˣ) without overflow, on operators that exist in float64 too; min(x, −x) keeps the slope ½ at 0. */
export const softplus = (x: Value): Value => add(relu(x), log(add(exp(min(x, neg(x))), 1)));

/** ln(x + √(x² + 1)), taken from the positive side, so that it keeps its digits for large negative x. */
export function asinh(x: Value): Value {
  const side = where(less(x, 0), scalar(-1, x.dtype), scalar(1, x.dtype));
  return mul(side, log(add(mul(side, x), sqrt(add(square(x), 1)))));
}
export const sinh = (x: Value): Value => mul(sub(exp(x), exp(neg(x))), 0.5);
