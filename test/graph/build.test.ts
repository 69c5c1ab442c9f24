import * as g from '../../shared/graph/index.ts';

const y = (result: Record<string, g.Tensor>) => (result.y ? g.numbersOf(result.y) : []);

const inputs = (...shapes: g.Shape[]) => {
  const scope = g.createScope();
  return shapes.map((shape, i) => g.input(scope, `x${i}`, 'float32', shape)) as [g.Value, g.Value, g.Value];
};

describe('a shape error is raised while building, names the operator and both operands', () => {
  const [a, b] = inputs(['batch', 4], [3, 5]);
  const whole = g.constant([1, 2], 'int64');

  test.each<[string, () => unknown, string]>([
    [
      'elementwise',
      () => g.add(a, b),
      'Add: dimensions must be equal or 1, counted from the right, got left float32[batch, 4] and right float32[3, 5]',
    ],
    [
      'two names',
      () => g.mul(a, g.transpose(a)),
      'Mul: dimensions must be equal or 1, counted from the right, got left float32[batch, 4] and right float32[4, batch]',
    ],
    [
      'matrices',
      () => g.matmul(a, b),
      'matmul: the inner dimensions must be equal, got left float32[batch, 4] and right float32[3, 5]',
    ],
    [
      'concat',
      () => g.concat([a, b], 1),
      'concat: all axes but 1 must be equal, got left float32[batch, 4] and right float32[3, 5]',
    ],
    [
      'dtypes',
      () => g.add(b, g.cast(b, 'float64')),
      'Add: operands must have one dtype, got left float32[3, 5] and right float64[3, 5]',
    ],
    [
      'split',
      () => g.split(b, [2, 2], 1),
      'split: the sizes must add up to axis 1 of float32[3, 5], got [2, 2]',
    ],
    ['axis', () => g.reduceSum(b, [2]), 'ReduceSum: axis must be in -2..1 for float32[3, 5], got 2'],
    ['reshape', () => g.reshape(b, [4, 4]), 'reshape: the target must hold the elements of float32[3, 5]'],
    ['integers', () => g.tanh(whole), 'Tanh: the operand must be float32 or float64, got int64[2]'],
    [
      'constants',
      () => g.constant([1, 2, 3], 'float32', [2]),
      'constant: a constant of shape [2] must have 2 numbers, got 3',
    ],
  ])('%s', (_, build, message) => {
    expect(build).toThrow(g.ShapeError);
    expect(build).toThrow(message);
  });
});

describe('other mistakes have errors of their own', () => {
  test('operands of two graphs', () => {
    const [[a], [b]] = [inputs([2]), inputs([2])];
    expect(() => g.add(a, b)).toThrow('Add: operands must belong to one graph');
  });

  test('a gradient of something that is not a number', () => {
    const [a] = inputs([2]);
    expect(() => g.gradients(a, [a])).toThrow(
      'gradients: what is differentiated must be one float number, got float32[2]',
    );
  });

  test('a gradient through a fused operator', () => {
    const [x, w, h] = inputs([3, 'batch', 2], [4, 2], ['batch', 4]);
    const bias = g.constant(new Float32Array(8));
    const fused = g.fusedRnn(x, { input: w, recurrent: g.concat([w, w], 1), bias }, [h], 'Tanh');
    expect(() => g.gradients(g.reduceSum(fused.hidden), [w])).toThrow('RNN has no gradient');
  });

  test('an input that is not declared', () => {
    const [a, b] = inputs([2], [2]);
    expect(() => g.writeOnnx({ inputs: [a], outputs: { y: g.add(a, b) } })).toThrow(
      'every input that a graph uses must be declared',
    );
  });

  test('two things of one name', () => {
    const [a] = inputs([2]);
    expect(() => g.writeOnnx({ inputs: [a], outputs: { x0: g.neg(a) } })).toThrow(
      'names in a graph must differ',
    );
  });

  test('a tensor whose data do not fill its shape', async () => {
    const [a] = inputs([2]);
    const session = await g.openSession({ inputs: [a], outputs: { y: g.neg(a) } });
    await expect(session.run({ x0: g.tensor('float32', [2], [1, 2, 3]) })).rejects.toThrow(
      'x0: a tensor of shape [2] must have 2 numbers, got 3',
    );
  });
});

describe('writing', () => {
  test('the same graph is the same bytes, whatever was built before', () => {
    const build = () => {
      const [a] = inputs(['batch', 3]);
      return g.writeOnnx({
        inputs: [a],
        outputs: { y: g.softmax(g.mul(g.add(a, 1), g.constant([1, 2, 3])), 1) },
      });
    };
    const first = build();
    inputs([1], [2]);
    expect(build()).toEqual(first);
  });

  test('names given to inputs and outputs may look like generated ones', async () => {
    const scope = g.createScope();
    const x = g.input(scope, 'v1', 'float32', [1]);
    const session = await g.openSession({ inputs: [x], outputs: { v2: g.mul(g.add(x, 1), 2) } });
    const { v2 } = await session.run({ v1: g.tensor('float32', [1], [2]) });
    expect(v2 && g.numbersOf(v2)).toEqual([6]);
  });

  test('an equal node is built once', () => {
    const [a] = inputs([2]);
    expect(g.exp(g.mul(a, 2))).toBe(g.exp(g.mul(a, 2)));
  });

  test('an input, a constant and one value under two names can be outputs', async () => {
    const [a] = inputs([2]);
    const y = g.neg(a);
    const session = await g.openSession({
      inputs: [a],
      outputs: { same: a, fixed: g.constant([7]), y, again: y },
    });
    const result = await session.run({ x0: g.tensor('float32', [2], [1, 2]) });
    const numbers = Object.fromEntries(
      Object.entries(result).map(([name, tensor]) => [name, g.numbersOf(tensor)]),
    );
    expect(numbers).toEqual({ same: [1, 2], fixed: [7], y: [-1, -2], again: [-1, -2] });
  });

  // Python's onnxruntime, which can feed it too, is in test/oracles.
  test('an input with a fallback may be left out', async () => {
    const scope = g.createScope();
    const x = g.input(scope, 'x', 'float32', [2]);
    const k = g.input(scope, 'k', 'float32', [], [10]);
    const session = await g.openSession({ inputs: [x, k], outputs: { y: g.mul(x, k) } });
    const run = async (feeds: Record<string, g.Tensor>) => y(await session.run(feeds));
    const two = g.tensor('float32', [2], [1, 2]);
    expect(await run({ x: two })).toEqual([10, 20]);
    await expect(run({ x: two, k: g.tensor('float32', [], [3]) })).rejects.toThrow(
      'a tensor can be fed to one of x, got one for k',
    );
  });
});

describe('values on real numbers', () => {
  const evaluate = async (build: () => g.Value) => {
    const session = await g.openSession({ inputs: [], outputs: { y: build() } });
    return y(await session.run({}));
  };
  const float = (numbers: readonly number[], shape?: number[]) => g.constant(numbers, 'float64', shape);

  test.each<[string, () => g.Value, number[]]>([
    ['mod has the divisor’s sign', () => g.mod(g.constant([-1, 25], 'int64'), 24), [23, 1]],
    [
      'what where does not choose has no influence, not even NaN',
      () => g.where(g.isMissing(float([Number.NaN, 2])), 0, float([Number.NaN, 2])),
      [0, 2],
    ],
    ['softplus does not overflow', () => g.softplus(float([1000, -1000, 0])), [1000, 0, Math.log(2)]],
    ['asinh keeps its digits far below zero', () => g.asinh(float([-1e8])), [Math.asinh(-1e8)]],
    ['sort puts the smallest first', () => g.sort(float([3, 1, 2]), 0), [1, 2, 3]],
    ['cumSum', () => g.cumSum(float([1, 2, 3]), 0), [1, 3, 6]],
    ['cumSum from the end', () => g.cumSum(float([1, 2, 3]), 0, true), [6, 5, 3]],
    ['reverse', () => g.reverse(float([1, 2, 3]), 0), [3, 2, 1]],
    ['slice with a stride', () => g.slice(float([0, 1, 2, 3, 4]), 0, 0, undefined, 2), [0, 2, 4]],
    ['argMin gives the first of equal ones', () => g.argMin(float([2, 1, 1]), 0), [1]],
    ['argMax', () => g.argMax(float([2, 5, 1]), 0), [1]],
    [
      'floor and round',
      () => g.concat([g.floor(float([1.7, -1.2])), g.round(float([2.5, 3.5]))], 0),
      [1, -2, 2, 4],
    ],
    ['range counts from 0', () => g.range(g.constant([3], 'int64'), 'n'), [0, 1, 2]],
    [
      'comparisons and logic',
      () =>
        g.and(g.less(float([1, 3]), 2), g.not(g.or(g.equal(float([5, 5]), 5), g.greater(float([1, 1]), 9)))),
      [0, 0],
    ],
  ])('%s', async (_, build, expected) => {
    const found = await evaluate(build);
    expect(found).toHaveLength(expected.length);
    found.forEach((number, i) => {
      expect(number).toBeCloseTo(expected[i] ?? Number.NaN, 10);
    });
  });
});
