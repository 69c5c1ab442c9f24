import { apply1, type Op, sizeOf, type Value } from '../value.ts';
import { unbroadcast } from './broadcast.ts';
import { at, broadcast, mismatch, sameDtype } from './define.ts';
import { reshape, transpose } from './shape.ts';

const gemmOp: Op = {
  name: 'Gemm',
  infer: (inputs, { transA, transB }) => {
    const [left, right] = [at(inputs, 0), at(inputs, 1)];
    sameDtype('matmul', left, right);
    const [rows, inner] = transA ? [...left.shape].reverse() : left.shape;
    const [innerRight, columns] = transB ? [...right.shape].reverse() : right.shape;
    if (left.shape.length !== 2 || right.shape.length !== 2 || inner !== innerRight) {
      throw mismatch('matmul', 'the inner dimensions must be equal', left, right);
    }
    return [{ dtype: left.dtype, shape: [rows ?? 1, columns ?? 1] }];
  },
  gradient: ({ inputs, attributes, needs }, [dy]) => {
    if (!dy) return [null, null];
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    const [transA, transB] = [attributes.transA === 1, attributes.transB === 1];
    const toA = () => (transA ? gemm(b, dy, transB, true) : gemm(dy, b, false, !transB));
    const toB = () => (transB ? gemm(dy, a, true, transA) : gemm(a, dy, !transA, false));
    return [needs[0] ? toA() : null, needs[1] ? toB() : null];
  },
};

/** The product of two matrices, either of them transposed first. */
export const gemm = (a: Value, b: Value, transA = false, transB = false): Value =>
  apply1(gemmOp, [a, b], { transA: transA ? 1 : 0, transB: transB ? 1 : 0 });

const matMulOp: Op = {
  name: 'MatMul',
  infer: (inputs) => {
    const [left, right] = [at(inputs, 0), at(inputs, 1)];
    sameDtype('matmul', left, right);
    if (left.shape.length < 2 || right.shape.length < 2 || left.shape.at(-1) !== right.shape.at(-2)) {
      throw mismatch('matmul', 'the inner dimensions must be equal', left, right);
    }
    const outer = (value: Value) => ({ dtype: value.dtype, shape: value.shape.slice(0, -2) });
    const batch = broadcast('matmul', outer(left), outer(right));
    return [{ dtype: left.dtype, shape: [...batch, left.shape.at(-2) ?? 1, right.shape.at(-1) ?? 1] }];
  },
  gradient: ({ inputs, needs }, [dy]) => {
    if (!dy) return [null, null];
    const [a, b] = [at(inputs, 0), at(inputs, 1)];
    const toA = () => unbroadcast(matmul(dy, transpose(b)), a);
    const toB = () =>
      b.shape.length === 2 ? gemm(rows(a), rows(dy), true) : unbroadcast(matmul(transpose(a), dy), b);
    return [needs[0] ? toA() : null, needs[1] ? toB() : null];
  },
};

/** All axes but the last made one: the rows of one large matrix. */
function rows(x: Value): Value {
  const outer = x.shape.slice(0, -1);
  const count = outer.every((dim) => typeof dim === 'number') ? sizeOf(outer) : outer.join('*');
  return reshape(x, [count, at(x.shape, outer.length)]);
}

/** The product over the last two axes; leading axes broadcast. */
export const matmul = (a: Value, b: Value): Value =>
  a.shape.length === 2 && b.shape.length === 2 ? gemm(a, b) : apply1(matMulOp, [a, b]);
