import { GradientError } from '../errors.ts';
import { apply, apply1, constant, type Dim, type Op, showType, type Value } from '../value.ts';
import { expandLike, zerosLike } from './broadcast.ts';
import { at, axisOf, flat, mismatch } from './define.ts';
import { reshape } from './shape.ts';

const gatherElementsOp: Op = {
  name: 'GatherElements',
  infer: (inputs) => {
    const [data, places] = [at(inputs, 0), at(inputs, 1)];
    if (places.dtype !== 'int64' || places.shape.length !== data.shape.length) {
      throw mismatch('gatherElements', 'the indices must be int64 and of the same rank', data, places);
    }
    return [{ dtype: data.dtype, shape: places.shape }];
  },
  gradient: ({ inputs, attributes }, [dy]) => {
    const [x, index] = [at(inputs, 0), at(inputs, 1)];
    return [dy ? scatterAdd(zerosLike(x), index, dy, attributes.axis as number) : null, null];
  },
};
/** For each place of `index`, the element of `x` at that index along the axis. */
export const gatherElements = (x: Value, index: Value, axis: number): Value =>
  apply1(gatherElementsOp, [x, index], { axis: axisOf('gatherElements', x, axis) });

const scatterAddOp: Op = {
  name: 'ScatterElements',
  infer: (inputs) => [at(inputs, 0)],
  gradient: ({ inputs, attributes }, [dy]) => [
    dy ?? null,
    null,
    dy ? gatherElements(dy, at(inputs, 1), attributes.axis as number) : null,
  ],
};
/** Adds `updates` onto `x` at the given indices along the axis. */
export const scatterAdd = (x: Value, index: Value, updates: Value, axis: number): Value =>
  apply1(scatterAddOp, [x, index, updates], { axis: axisOf('scatterAdd', x, axis), reduction: 'add' });

const gatherOp: Op = {
  name: 'Gather',
  infer: (inputs, { axis }) => {
    const [data, places] = [at(inputs, 0), at(inputs, 1)];
    const place = axis as number;
    return [
      {
        dtype: data.dtype,
        shape: [...data.shape.slice(0, place), ...places.shape, ...data.shape.slice(place + 1)],
      },
    ];
  },
  gradient: ({ inputs, attributes }, [dy]) => {
    if (!dy) return [null, null];
    const [x, index] = [at(inputs, 0), at(inputs, 1)];
    const axis = attributes.axis as number;
    if (index.shape.length !== 1) {
      throw new GradientError({
        rule: 'gather: only a vector of indices has a gradient',
        received: showType(index),
        remedy: 'gather with a vector and reshape',
      });
    }
    const along: Dim[] = dy.shape.map((_, i) => (i === axis ? at(index.shape, 0) : 1));
    return [scatterAdd(zerosLike(x), expandLike(reshape(index, along), dy), dy, axis), null];
  },
};
/** Picks whole slices of `x` along an axis; `index` is a vector, or a matrix whose two axes take the place of the one. */
export function gather(x: Value, index: Value | readonly number[], axis: number): Value {
  const places = 'id' in index ? index : constant(index, 'int64');
  const rank = places.shape.length;
  if (rank !== 1 && rank !== 2)
    throw mismatch('gather', 'the indices must be a vector or a matrix', x, places);
  return apply1(gatherOp, [x, places], { axis: axisOf('gather', x, axis) });
}

const topKOp: Op = {
  name: 'TopK',
  internal: ['k'],
  infer: (inputs, { axis, k }) => {
    const data = at(inputs, 0);
    const shape = data.shape.map((dim, i) => (i === axis ? (k as Dim) : dim));
    return [
      { dtype: data.dtype, shape },
      { dtype: 'int64', shape },
    ];
  },
  gradient: flat,
};
/** Sorts along an axis of fixed size, smallest first. The gradient follows each element to its old place. */
export function sort(x: Value, axis: number): Value {
  const place = axisOf('sort', x, axis);
  const size = at(x.shape, place);
  if (typeof size !== 'number') throw mismatch('sort', 'the sorted axis must be a fixed size', x, x);
  const [, order] = apply(topKOp, [x, constant([size], 'int64')], {
    axis: place,
    k: size,
    largest: 0,
    sorted: 1,
  });
  return gatherElements(x, at([order as Value], 0), place);
}

const rangeOp: Op = { name: 'Range', infer: () => [{ dtype: 'int64', shape: ['range'] }], gradient: flat };
/** The integers from 0 up to a size that is known when the graph runs, as a vector with a named dimension. */
export function range(size: Value, name: Dim): Value {
  const op: Op = { ...rangeOp, infer: () => [{ dtype: 'int64', shape: [name] }] };
  return apply1(op, [constant(0, 'int64'), reshape(size, []), constant(1, 'int64')]);
}
