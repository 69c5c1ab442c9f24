import { apply1, constant, type Op, type Value } from '../value.ts';
import { at, axisOf, flat } from './define.ts';

export const int64 = (numbers: readonly number[]): Value => constant(numbers, 'int64');

const shapeOp: Op = {
  name: 'Shape',
  infer: (_, { start, end }) => [{ dtype: 'int64', shape: [Number(end) - Number(start)] }],
  gradient: flat,
};
/** The size of one axis as an int64 vector of length 1, known when the graph runs. */
export function sizeAlong(x: Value, axis: number): Value {
  const from = axisOf('sizeAlong', x, axis);
  const dim = x.shape[from];
  return typeof dim === 'number' ? int64([dim]) : apply1(shapeOp, [x], { start: from, end: from + 1 });
}

const plusOp: Op = { name: 'Add', infer: (inputs) => [at(inputs, 0)], gradient: flat };
const minusOp: Op = { name: 'Sub', infer: (inputs) => [at(inputs, 0)], gradient: flat };

/** A size or position that is known now. */
export const knownInteger = ({ source }: Value): number | null =>
  source.kind === 'constant' ? Number(source.data[0]) : null;

/** The sum of two sizes, computed now where both are known. */
export const plus = (a: Value, b: Value): Value => fold(plusOp, a, b, (x, y) => x + y);
/** The difference of two sizes, computed now where both are known. */
export const minus = (a: Value, b: Value): Value => fold(minusOp, a, b, (x, y) => x - y);

function fold(op: Op, a: Value, b: Value, compute: (x: number, y: number) => number): Value {
  const [x, y] = [knownInteger(a), knownInteger(b)];
  return x !== null && y !== null ? int64([compute(x, y)]) : apply1(op, [a, b]);
}
