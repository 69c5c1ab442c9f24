import * as g from '../../shared/graph/index.ts';
import { apply1, type Op } from '../../shared/graph/value.ts';
import { checkGradient, named, type Operand, random } from '../support/gradient.ts';

type Case = readonly [title: string, operands: readonly Operand[], build: (...values: g.Value[]) => g.Value];

const positive = (shape: readonly number[]) => random(shape, 0.5, 2);
const away = (shape: readonly number[]) => random(shape, 0.2, 1);
const batch = named(['batch', 3], [4, 3]);
const series = named(['batch', 'time', 3], [2, 4, 3]);

const zero: Operand = { shape: [1], actual: [1], numbers: [0] };

const unary: readonly Case[] = [
  ['neg', [random([2, 3])], g.neg],
  ['abs, left of the kink', [random([2, 3], -2, -0.5)], g.abs],
  ['abs, right of the kink', [away([2, 3])], g.abs],
  ['exp', [random([2, 3])], g.exp],
  ['log', [positive([2, 3])], g.log],
  ['sqrt', [positive([2, 3])], g.sqrt],
  ['sin', [random([2, 3], -4, 4)], g.sin],
  ['cos', [random([2, 3], -4, 4)], g.cos],
  ['relu, above 0', [away([2, 3])], g.relu],
  ['relu, below 0', [random([2, 3], -1, -0.1)], g.relu],
  ['sigmoid', [random([2, 3], -4, 4)], g.sigmoid],
  ['tanh', [random([2, 3], -3, 3)], g.tanh],
  ['square', [random([2, 3])], g.square],
  ['softplus', [random([2, 3], -5, 5)], g.softplus],
  ['softplus, at 0', [zero], g.softplus],
  ['asinh, at 0', [zero], g.asinh],
  ['asinh', [random([2, 3], 0.1, 5)], g.asinh],
  ['sinh', [random([2, 3], -2, 2)], g.sinh],
  ['cast to float32 and back', [random([4])], (x) => g.cast(g.cast(x, 'float64'), 'float64')],
];

const binary: readonly Case[] = [
  ['add, broadcasting both ways', [random([2, 1]), random([1, 3])], g.add],
  ['add, of a vector to each row of a named batch', [batch, random([3])], g.add],
  ['sub, of a scalar', [batch, random([])], g.sub],
  ['mul, of one column by all', [batch, named(['batch', 1], [4, 1])], g.mul],
  ['mul, of a value by itself', [random([3])], (x) => g.mul(x, x)],
  ['div', [random([2, 3]), positive([3])], g.div],
  ['pow, in base and exponent', [positive([3]), random([3], 0.5, 3)], g.pow],
  ['max, away from ties', [random([4], 0, 1), random([4], 2, 3)], g.max],
  ['min, away from ties', [random([4], 0, 1), random([1], 2, 3)], g.min],
  ['clip', [random([6], -3, 3)], (x) => g.clip(x, -1, 1)],
  [
    'where, between two values',
    [random([4]), random([1])],
    (a, b) => g.where(g.less(a, 0.1), a, g.mul(b, b)),
  ],
];

const gates: readonly Case[] = [
  ['gated', [random([2, 3]), random([2, 3])], g.gated],
  ['gatedTanh', [random([2, 3]), random([2, 3])], g.gatedTanh],
  ['gatedTanh of one value twice', [random([2, 3])], (x) => g.gatedTanh(x, x)],
];

const matrix: readonly Case[] = [
  ['gemm', [random([2, 3]), random([3, 4])], (a, b) => g.gemm(a, b)],
  ['gemm, left transposed', [random([3, 2]), random([3, 4])], (a, b) => g.gemm(a, b, true)],
  ['gemm, right transposed', [random([2, 3]), random([4, 3])], (a, b) => g.gemm(a, b, false, true)],
  ['gemm, both transposed', [random([3, 2]), random([4, 3])], (a, b) => g.gemm(a, b, true, true)],
  ['matmul, sequence by matrix', [series, random([3, 2])], g.matmul],
  ['matmul, matrices in a batch', [random([2, 4, 3]), random([2, 3, 2])], g.matmul],
  ['matmul, batch broadcast on the left', [random([4, 3]), random([2, 3, 2])], g.matmul],
  ['transpose', [series], (x) => g.transpose(x, [1, 2, 0])],
];

const shapes: readonly Case[] = [
  ['reshape', [random([2, 6])], (x) => g.reshape(x, [3, 4])],
  ['reshape, keeping a named axis', [series], (x) => g.reshape(g.concat([x, x], 2), ['batch', 'time', 2, 3])],
  ['reshapeLike', [random([6]), random([2, 3])], (x, like) => g.mul(g.reshapeLike(x, like), like)],
  ['unsqueeze and squeeze', [batch], (x) => g.squeeze(g.unsqueeze(x, 1), 1)],
  ['expandLike', [random([1, 3]), batch], (x, like) => g.mul(g.expandLike(x, like), like)],
  ['concat', [batch, named(['batch', 2], [4, 2])], (a, b) => g.concat([a, b], 1)],
  [
    'concat, one part of a product',
    [batch, random([3, 2])],
    (a, w) => g.matmul(g.concat([g.mul(a, 2)], 1), w),
  ],
  ['concat of named axes', [batch, named(['more', 3], [2, 3])], (a, b) => g.square(g.concat([a, b], 0))],
  ['split, with a part unused', [random([5])], (x) => g.square(g.split(x, [2, 1, 2], 0)[2] ?? x)],
  ['slice, from the middle', [random([2, 5])], (x) => g.square(g.slice(x, 1, 1, 4))],
  ['slice, the end of a named axis', [series], (x) => g.square(g.slice(x, 1, -2))],
  ['pad', [random([2, 3])], (x) => g.square(g.pad(x, 1, 2, 1))],
];

const selection: readonly Case[] = [
  ['gather, with an index taken twice', [random([4, 2])], (x) => g.square(g.gather(x, [2, 0, 2], 0))],
  ['gather, on the last axis', [batch], (x) => g.square(g.gather(x, [2, 1], 1))],
  ['sort', [random([2, 5])], (x) => g.mul(g.sort(x, 1), g.constant([1, 2, 3, 4, 5], 'float64'))],
  [
    'scatterAdd',
    [random([3]), random([2])],
    (x, u) => g.square(g.scatterAdd(x, g.constant([1, 1], 'int64'), u, 0)),
  ],
];

const reductions: readonly Case[] = [
  ['reduceSum over one axis', [series], (x) => g.square(g.reduceSum(x, [2]))],
  ['reduceSum over all', [random([2, 3])], (x) => g.square(g.reduceSum(x))],
  ['reduceMean over a named axis', [series], (x) => g.square(g.reduceMean(x, [1], true))],
  ['reduceMax', [random([3, 4])], (x) => g.reduceMax(x, [1])],
  ['reduceMin', [random([3, 4])], (x) => g.reduceMin(x, [0], true)],
  ['cumSum', [random([2, 4])], (x) => g.square(g.cumSum(x, 1))],
  ['cumSum from the end', [random([2, 4])], (x) => g.square(g.cumSum(x, 1, true))],
  ['softmax', [random([2, 4])], (x) => g.square(g.softmax(x, 1))],
];

describe('the gradient agrees with central differences in float64', () => {
  test.each([...unary, ...binary, ...gates, ...matrix, ...shapes, ...selection, ...reductions])(
    '%s',
    async (_, operands, build) => {
      expect((await checkGradient(operands, build)).worst).toBeLessThan(1e-7);
    },
  );
});

describe('the checker', () => {
  const wrongTanh: Op = {
    name: 'Tanh',
    infer: (inputs) => inputs.slice(0, 1),
    gradient: ({ outputs }, [dy]) => [dy && outputs[0] ? g.mul(dy, outputs[0]) : null],
  };

  test('catches a wrong derivative', async () => {
    expect((await checkGradient([random([3])], (x) => apply1(wrongTanh, [x]))).worst).toBeGreaterThan(0.1);
  });

  test('passes at a small step and sees the error of a large one', async () => {
    const at = (step: number) => checkGradient([random([3])], g.exp, { step });
    expect((await at(1e-4)).worst).toBeLessThan(1e-7);
    expect((await at(0.5)).worst).toBeGreaterThan(1e-3);
  });
});

test('a value that the loss does not depend on has a gradient of zeros', () => {
  const scope = g.createScope();
  const [a, b] = [g.input(scope, 'a', 'float64', [2]), g.input(scope, 'b', 'float64', [3])];
  const [, toB] = g.gradients(g.reduceSum(a), [a, b]);
  expect(toB?.shape).toEqual([3]);
  expect(toB?.source.kind).toBe('constant');
});

test('stopGradient passes the value and not the gradient', async () => {
  const scope = g.createScope();
  const x = g.input(scope, 'x', 'float64', [2]);
  const [gradient = x] = g.gradients(g.reduceSum(g.mul(g.stopGradient(x), x)), [x]);
  const session = await g.openSession({ inputs: [x], outputs: { gradient } });
  const { gradient: found } = await session.run({ x: g.tensor('float64', [2], [3, 5]) });
  expect(found && g.numbersOf(found)).toEqual([3, 5]);
});
