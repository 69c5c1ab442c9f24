import { ShapeError } from '../errors.ts';
import { apply1, type Op, type Shape, showShape, showType, sizeOf, type Value } from '../value.ts';
import { concat } from './cut.ts';
import { at, axisOf, retyped } from './define.ts';
import { int64, sizeAlong } from './size.ts';

/** The whole shape as an int64 vector, known when the graph runs. */
export const shapeOf = (x: Value): Value =>
  concat(
    x.shape.map((_, axis) => sizeAlong(x, axis)),
    0,
  );

const applyReshape = retyped('Reshape', ({ inputs }, [dy]) => [
  dy ? reshapeLike(dy, at(inputs, 0)) : null,
  null,
]);

/**
 * The same elements in another shape. A named dimension may stay at its axis; besides those one dimension may be
 * named, which takes what the others leave.
 */
export function reshape(x: Value, shape: Shape): Value {
  if (showShape(shape) === showShape(x.shape)) return x;
  // ONNX reads 0 as "the operand's size at this axis" and -1 as "what is left".
  const target = shape.map((dim, i) => (typeof dim === 'number' ? dim : dim === x.shape[i] ? 0 : -1));
  const complete = [...shape, ...x.shape].every((dim) => typeof dim === 'number');
  if (target.filter((dim) => dim === -1).length > 1 || (complete && sizeOf(shape) !== sizeOf(x.shape))) {
    throw new ShapeError({
      rule: `reshape: the target must hold the elements of ${showType(x)}, with at most one new named dimension`,
      received: showShape(shape),
      remedy: 'keep the other named dimensions at their axes, or use reshapeLike',
    });
  }
  return applyReshape(x, int64(target), shape);
}

/** The same elements in the shape of another value, which may have several named dimensions. */
export const reshapeLike = (x: Value, like: Value): Value =>
  showShape(x.shape) === showShape(like.shape) ? x : applyReshape(x, shapeOf(like), like.shape);

/** Adds an axis of size 1. */
export function unsqueeze(x: Value, axis: number): Value {
  const place = axis < 0 ? axis + x.shape.length + 1 : axis;
  return apply1(unsqueezeOp, [x, int64([place])], { axis: place });
}
const unsqueezeOp: Op = {
  name: 'Unsqueeze',
  internal: ['axis'],
  infer: (inputs, { axis }) => {
    const value = at(inputs, 0);
    return [
      {
        dtype: value.dtype,
        shape: [...value.shape.slice(0, axis as number), 1, ...value.shape.slice(axis as number)],
      },
    ];
  },
  gradient: ({ attributes }, [dy]) => [dy ? squeeze(dy, attributes.axis as number) : null, null],
};

/** Removes an axis of size 1. */
export function squeeze(x: Value, axis: number): Value {
  const place = axisOf('squeeze', x, axis);
  return apply1(squeezeOp, [x, int64([place])], { axis: place });
}
const squeezeOp: Op = {
  name: 'Squeeze',
  internal: ['axis'],
  infer: (inputs, { axis }) => {
    const value = at(inputs, 0);
    if (value.shape[axis as number] !== 1) {
      throw new ShapeError({
        rule: `squeeze: axis ${axis} must have size 1`,
        received: showType(value),
        remedy: 'use reshape',
      });
    }
    return [{ dtype: value.dtype, shape: value.shape.filter((_, i) => i !== axis) }];
  },
  gradient: ({ attributes }, [dy]) => [dy ? unsqueeze(dy, attributes.axis as number) : null, null],
};

const transposeOp: Op = {
  name: 'Transpose',
  infer: (inputs, { perm }) => {
    const value = at(inputs, 0);
    return [{ dtype: value.dtype, shape: (perm as readonly number[]).map((axis) => at(value.shape, axis)) }];
  },
  gradient: ({ attributes }, [dy]) => {
    const perm = attributes.perm as readonly number[];
    return [
      dy
        ? transpose(
            dy,
            perm.map((_, axis) => perm.indexOf(axis)),
          )
        : null,
    ];
  },
};
/** Permutes the axes; without a permutation the last two change places. */
export function transpose(x: Value, perm: readonly number[] = lastTwo(x.shape.length)): Value {
  const axes = perm.map((axis) => axisOf('transpose', x, axis));
  return axes.every((axis, i) => axis === i) ? x : apply1(transposeOp, [x], { perm: axes });
}
const lastTwo = (rank: number): number[] => [...Array(rank - 2).keys(), rank - 1, rank - 2];
