import { apply1, constant, type Op, type Value } from '../value.ts';
import { expandLike, reducedShape, reduceSum, reduction } from './broadcast.ts';
import { at, axisOf, flat } from './define.ts';
import { cast, div, equal, mul, sub } from './elementwise.ts';
import { sizeAlong } from './size.ts';

export const reduceMean = reduction('ReduceMean', (dy, x, _, { axes }) =>
  expandLike(div(dy, count(x, axes as readonly number[])), x),
);
/** Largest element; equal ones each receive the whole gradient. */
export const reduceMax = reduction('ReduceMax', (dy, x, y) => mul(dy, cast(equal(x, y), x.dtype)));
/** Smallest element; equal ones each receive the whole gradient. */
export const reduceMin = reduction('ReduceMin', (dy, x, y) => mul(dy, cast(equal(x, y), x.dtype)));

/** The number of elements along some axes, as a value of x's dtype with a shape that broadcasts. */
function count(x: Value, axes: readonly number[]): Value {
  return axes.map((axis) => cast(sizeAlong(x, axis), x.dtype)).reduce((product, size) => mul(product, size));
}

const cumSumOp: Op = {
  name: 'CumSum',
  infer: (inputs) => [at(inputs, 0)],
  gradient: ({ inputs, attributes }, [dy]) => [
    dy ? apply1(cumSumOp, [dy, at(inputs, 1)], { reverse: attributes.reverse ? 0 : 1 }) : null,
    null,
  ],
};
/** Running sum along an axis, from its start or (reverse) from its end. */
export const cumSum = (x: Value, axis: number, reverse = false): Value =>
  apply1(cumSumOp, [x, constant(axisOf('cumSum', x, axis), 'int64')], { reverse: reverse ? 1 : 0 });

function argument(name: string) {
  const op: Op = {
    name,
    infer: (inputs, attributes) => [
      {
        dtype: 'int64',
        shape: reducedShape(at(inputs, 0), { ...attributes, axes: [attributes.axis as number] }),
      },
    ],
    gradient: flat,
  };
  return (x: Value, axis: number): Value => apply1(op, [x], { axis: axisOf(name, x, axis), keepdims: 1 });
}

/** Position of the smallest element along an axis, which keeps size 1; the first of equal ones. */
export const argMin = argument('ArgMin');
/** Position of the largest element along an axis, which keeps size 1; the first of equal ones. */
export const argMax = argument('ArgMax');

const softmaxOp: Op = {
  name: 'Softmax',
  infer: (inputs) => [at(inputs, 0)],
  gradient: ({ outputs, attributes }, [dy]) => {
    const y = at(outputs, 0);
    return [dy ? mul(y, sub(dy, reduceSum(mul(dy, y), [attributes.axis as number], true))) : null];
  },
};
/** Positive numbers that add up to one along an axis. */
export const softmax = (x: Value, axis: number): Value =>
  apply1(softmaxOp, [x], { axis: axisOf('softmax', x, axis) });
