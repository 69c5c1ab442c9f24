import { ShapeError } from '../errors.ts';
import {
  type Attributes,
  apply,
  apply1,
  constant,
  fixed,
  type Op,
  type Shape,
  showShape,
  showType,
  sizeOf,
  type Value,
} from '../value.ts';
import { concat } from './cut.ts';
import { at, axisOf, requireFloat, retyped, scalar } from './define.ts';
import { shapeOf, unsqueeze } from './shape.ts';
import { int64 } from './size.ts';

export function reducedShape(x: Value, { axes, keepdims }: Attributes): Shape {
  const over = axes as readonly number[];
  return x.shape.flatMap((dim, i) => (over.includes(i) ? (keepdims ? [1] : []) : [dim]));
}

/** Gives a reduced gradient its axes back, so that it broadcasts against the operand. */
function restore(dy: Value, { axes, keepdims }: Attributes): Value {
  if (keepdims) return dy;
  return [...(axes as readonly number[])]
    .sort((a, b) => a - b)
    .reduce((value, axis) => unsqueeze(value, axis), dy);
}

/** A reduction over axes; its gradient rule sees `dy` and `y` with the axes restored to size 1. */
export function reduction(
  name: string,
  rule: (dy: Value, x: Value, y: Value, attributes: Attributes) => Value,
) {
  const op: Op = {
    name,
    internal: ['axes'],
    infer: (inputs, attributes) => {
      const value = at(inputs, 0);
      requireFloat(name, value);
      return [{ dtype: value.dtype, shape: reducedShape(value, attributes) }];
    },
    gradient: ({ inputs, outputs, attributes }, [dy]) => {
      if (!dy) return [null, null];
      const [x, y] = [at(inputs, 0), at(outputs, 0)];
      return [rule(restore(dy, attributes), x, restore(y, attributes), attributes), null];
    },
  };
  return (x: Value, axes: readonly number[] = x.shape.map((_, i) => i), keepdims = false): Value => {
    const places = axes.map((axis) => axisOf(name, x, axis));
    return places.length === 0
      ? x
      : apply1(op, [x, constant(places, 'int64')], { axes: places, keepdims: keepdims ? 1 : 0 });
  };
}

/** Sum over axes (all of them by default). */
export const reduceSum = reduction('ReduceSum', (dy, x) => expandLike(dy, x));
const applyExpand = retyped('Expand', ({ inputs }, [dy]) => [
  dy ? unbroadcast(dy, at(inputs, 0)) : null,
  null,
]);

/** Repeats along axes of size 1 until the value has the shape of `like`. */
export function expandLike(x: Value, like: Value): Value {
  return showShape(x.shape) === showShape(like.shape) ? x : applyExpand(x, shapeOf(like), like.shape);
}

/** Repeats along axes of size 1; `sizes` gives each axis as a fixed size or as a value from `sizeAlong`. */
export function expand(
  x: Value,
  shape: Shape,
  sizes: readonly Value[] = shape.map((dim) => int64([fixed(dim, 'expand')])),
): Value {
  return applyExpand(x, concat(sizes, 0), shape);
}

/** Zeros in the shape of another value. */
export function zerosLike(x: Value): Value {
  if (x.shape.every((dim) => typeof dim === 'number')) {
    return constant(new Float64Array(sizeOf(x.shape)), x.dtype, x.shape);
  }
  return expandLike(scalar(0, x.dtype), x);
}

/** Sums a gradient over the axes along which its operand was repeated. */
export function unbroadcast(dy: Value, operand: Value): Value {
  const extra = dy.shape.length - operand.shape.length;
  const leading = dy.shape.slice(0, extra).map((_, axis) => axis);
  const summed = leading.length ? reduceSum(dy, leading) : dy;
  const repeated = operand.shape.flatMap((dim, axis) =>
    dim === 1 && summed.shape[axis] !== 1 ? [axis] : [],
  );
  return repeated.length ? reduceSum(summed, repeated, true) : summed;
}

const splitOp: Op = {
  name: 'Split',
  internal: ['sizes'],
  infer: (inputs, { axis, sizes }) => {
    const value = at(inputs, 0);
    const parts = sizes as readonly number[];
    const whole = at(value.shape, axis as number);
    if (parts.reduce((sum, size) => sum + size, 0) !== whole) {
      throw new ShapeError({
        rule: `split: the sizes must add up to axis ${axis} of ${showType(value)}`,
        received: showShape(parts),
        remedy: 'give sizes that cover the axis',
      });
    }
    return parts.map((size) => ({
      dtype: value.dtype,
      shape: value.shape.map((dim, i) => (i === axis ? size : dim)),
    }));
  },
  gradient: ({ outputs, attributes }, adjoints) =>
    adjoints.every((dy) => dy === null)
      ? [null, null]
      : [
          concat(
            adjoints.map((dy, i) => dy ?? zerosLike(at(outputs, i))),
            attributes.axis as number,
          ),
          null,
        ],
};
/** Cuts an axis into parts of given sizes. */
export function split(x: Value, sizes: readonly number[], axis: number): readonly Value[] {
  const place = axisOf('split', x, axis);
  return sizes.length === 1 ? [x] : apply(splitOp, [x, int64(sizes)], { axis: place, sizes });
}
