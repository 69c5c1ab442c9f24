import { GradientError } from '../errors.ts';
import { apply1, type Dim, type Op, showShape, showType, type Value } from '../value.ts';
import { at, axisOf, mismatch, sameDtype, scalar } from './define.ts';
import { int64, knownInteger, minus, plus, sizeAlong } from './size.ts';

const concatOp: Op = {
  name: 'Concat',
  infer: (inputs, { axis }) => {
    const first = at(inputs, 0);
    let size: Dim = 0;
    for (const value of inputs) {
      sameDtype('concat', first, value);
      const differs = value.shape.some((dim, i) => i !== axis && dim !== first.shape[i]);
      if (differs || value.shape.length !== first.shape.length) {
        throw mismatch('concat', `all axes but ${axis} must be equal`, first, value);
      }
      const dim: Dim = at(value.shape, axis as number);
      size =
        typeof size === 'number' && typeof dim === 'number'
          ? size + dim
          : size === 0
            ? dim
            : `${size}+${dim}`;
    }
    return [{ dtype: first.dtype, shape: first.shape.map((dim, i) => (i === axis ? size : dim)) }];
  },
  gradient: ({ inputs, attributes, needs }, [dy]) => {
    if (!dy) return inputs.map(() => null);
    const axis = attributes.axis as number;
    let from: Value = int64([0]);
    return inputs.map((value, i) => {
      const to: Value = plus(from, sizeAlong(value, axis));
      const part = needs[i] ? narrow(dy, from, to, axis, at(value.shape, axis)) : null;
      from = to;
      return part;
    });
  },
};
/** Joins values along an axis. */
export function concat(inputs: readonly Value[], axis: number): Value {
  const first = at(inputs, 0);
  return inputs.length === 1 ? first : apply1(concatOp, inputs, { axis: axisOf('concat', first, axis) });
}

/**
 * A part of a gradient. Where the gradient is a sum of products, the part is cut out of the factors instead:
 * a slice of a product's columns is the product with a slice, and the other columns are never computed.
 */
function narrow(dy: Value, from: Value, to: Value, axis: number, size: Dim): Value {
  if (dy.source.kind === 'output' && knownInteger(from) !== null && axis === 1 && dy.shape.length === 2) {
    const { op, inputs, attributes } = dy.source.node;
    const [a, b] = inputs;
    if (op.name === 'Gemm' && a && b && attributes.transB) {
      return apply1(op, [a, applySlice(b, from, to, 0, 1, size)], attributes);
    }
    if (op.name === 'Add' && a && b && showShape(a.shape) === showShape(b.shape)) {
      return apply1(op, [narrow(a, from, to, axis, size), narrow(b, from, to, axis, size)]);
    }
  }
  return applySlice(dy, from, to, axis, 1, size);
}

function applySlice(x: Value, from: Value, to: Value, axis: number, stride: number, size: Dim): Value {
  const op: Op = {
    name: 'Slice',
    infer: () => [{ dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? size : dim)) }],
    gradient: sliceGradient,
  };
  return apply1(op, [x, from, to, int64([axis]), int64([stride])]);
}
const sliceGradient: Op['gradient'] = ({ inputs }, [dy]) => {
  if (!dy) return [null, null, null, null, null];
  const [x, from, , axes, strides] = inputs as [Value, Value, Value, Value, Value];
  const [first, axis] = [knownInteger(from), knownInteger(axes) ?? 0];
  if (knownInteger(strides) !== 1 || first === null) {
    throw new GradientError({
      rule: 'slice: only a slice with stride 1 and a known start has a gradient',
      received: `one of ${showType(x)}`,
      remedy: 'use gather with explicit indices',
    });
  }
  const size = sizeAlong(x, axis);
  const before = first < 0 ? plus(size, from) : from;
  const after = minus(size, plus(sizeAlong(dy, axis), before));
  return [applyPad(dy, axis, before, after, 0, at(x.shape, axis)), null, null, null, null];
};

/**
 * Elements `from` up to but not including `to` along an axis, each `stride`-th; negative positions count
 * from the end, and `to` may be left out. On a named axis the size of the result must be given when it is
 * not the rest of a name.
 */
export function slice(x: Value, axis: number, from: number, to?: number, stride = 1, name?: Dim): Value {
  const place = axisOf('slice', x, axis);
  const dim = at(x.shape, place);
  const end = to ?? (stride > 0 ? Number.MAX_SAFE_INTEGER : -Number.MAX_SAFE_INTEGER);
  return applySlice(x, int64([from]), int64([end]), place, stride, name ?? slicedSize(dim, from, to, stride));
}
function slicedSize(dim: Dim, from: number, to: number | undefined, stride: number): Dim {
  if (typeof dim === 'number') {
    const clamp = (position: number) => Math.min(Math.max(position < 0 ? position + dim : position, 0), dim);
    if (stride < 0)
      return Math.ceil((Math.min(clamp(from), dim - 1) - (to === undefined ? -1 : clamp(to))) / -stride);
    return Math.max(0, Math.ceil(((to === undefined ? dim : clamp(to)) - clamp(from)) / stride));
  }
  if (to === undefined && from < 0 && stride === 1) return -from;
  if (to !== undefined && to >= 0 && from >= 0) return Math.ceil((to - from) / stride);
  return to === undefined && from === 0 && Math.abs(stride) === 1
    ? dim
    : `${dim}[${from}:${to ?? ''}:${stride}]`;
}

/** Turns an axis around. */
export const reverse = (x: Value, axis: number): Value =>
  slice(x, axis, -1, undefined, -1, at(x.shape, axisOf('reverse', x, axis)));

function applyPad(x: Value, axis: number, before: Value, after: Value, value: number, size: Dim): Value {
  const op: Op = {
    name: 'Pad',
    infer: () => [{ dtype: x.dtype, shape: x.shape.map((dim, i) => (i === axis ? size : dim)) }],
    gradient: ({ inputs }, [dy]) => {
      const original = at(inputs, 0);
      const to = plus(before, sizeAlong(original, axis));
      return [dy ? applySlice(dy, before, to, axis, 1, at(original.shape, axis)) : null];
    },
  };
  const [first, last] = [knownInteger(before), knownInteger(after)];
  const around = first !== null && last !== null ? int64([first, last]) : concat([before, after], 0);
  return apply1(op, [x, around, scalar(value, x.dtype), int64([axis])]);
}

/** Puts `before` and `after` copies of a number around an axis of a value. */
export function pad(x: Value, axis: number, before: number, after: number, value = 0): Value {
  const place = axisOf('pad', x, axis);
  const dim = at(x.shape, place);
  const size = typeof dim === 'number' ? dim + before + after : `${dim}+${before + after}`;
  return applyPad(x, place, int64([before]), int64([after]), value, size);
}
