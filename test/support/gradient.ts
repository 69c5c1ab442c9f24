import {
  constant,
  createScope,
  type DType,
  gradients,
  input,
  mul,
  openSession,
  reduceSum,
  type Shape,
  tensor,
  type Value,
} from '../../shared/graph/index.ts';
import { createRandom } from '../../shared/random/index.ts';

/** An input of a function under test: its declared shape (dimensions may be named) and its real one. */
export interface Operand {
  readonly shape: Shape;
  readonly actual: readonly number[];
  /** Defaults to seeded numbers between low and high. */
  readonly numbers?: readonly number[];
  readonly low?: number;
  readonly high?: number;
}

/** An operand with a fixed shape and numbers in a range. */
export const random = (shape: readonly number[], low = -1, high = 1): Operand => ({
  shape,
  actual: shape,
  low,
  high,
});

/** An operand whose dimensions are named, with the sizes it has when the graph runs. */
export const named = (shape: Shape, actual: readonly number[], low = -1, high = 1): Operand => ({
  shape,
  actual,
  low,
  high,
});

function numbersOf({ actual, numbers, low = -1, high = 1 }: Operand, seed: number): number[] {
  const source = createRandom(seed);
  const size = actual.reduce((product, dim) => product * dim, 1);
  return numbers ? [...numbers] : Array.from({ length: size }, () => low + (high - low) * source.uniform());
}

export interface Checked {
  /** Largest difference between the derived gradient and central differences, relative above 1. */
  readonly worst: number;
  /** The function's weighted sum. */
  readonly loss: number;
}

/**
 * Compares the gradient of Σ w·f(operands), with seeded weights w, with central differences in float64.
 *
 * @param build from the operands to a value of any fixed shape, or a scalar
 */
export async function checkGradient(
  operands: readonly Operand[],
  build: (...values: Value[]) => Value,
  { step = 1e-5, dtype = 'float64' as DType } = {},
): Promise<Checked> {
  const scope = createScope();
  const values = operands.map((operand, i) => input(scope, `x${i}`, dtype, operand.shape));
  const output = build(...values);
  const loss = reduceSum(mul(output, weightsLike(output)));
  const found = gradients(loss, values);
  const outputs = Object.fromEntries(found.map((gradient, i) => [`d${i}`, gradient]));
  const session = await openSession({ inputs: values, outputs: { loss, ...outputs } });
  const numbers = operands.map((operand, i) => numbersOf(operand, 17 + i));
  const run = (at: readonly (readonly number[])[]) =>
    session.run(
      Object.fromEntries(operands.map(({ actual }, i) => [`x${i}`, tensor(dtype, actual, at[i] ?? [])])),
    );
  const lossAt = async (i: number, j: number, change: number) => {
    const moved = numbers.map((list, k) => (k === i ? list.with(j, (list[j] ?? 0) + change) : list));
    return Number((await run(moved)).loss?.data[0]);
  };
  const derived = await run(numbers);
  let worst = 0;
  for (const [i, list] of numbers.entries()) {
    for (const j of list.keys()) {
      const numeric = ((await lossAt(i, j, step)) - (await lossAt(i, j, -step))) / (2 * step);
      const exact = Number(derived[`d${i}`]?.data[j]);
      worst = Math.max(worst, Math.abs(exact - numeric) / Math.max(1, Math.abs(numeric)));
    }
  }
  await session.release();
  return { worst, loss: Number(derived.loss?.data[0]) };
}

/** Seeded weights that broadcast against a value, so that a named dimension needs no known size. */
function weightsLike(value: Value): Value {
  const source = createRandom(5);
  const dims = value.shape.map((dim) => (typeof dim === 'number' ? dim : 1));
  const size = dims.reduce((product, dim) => product * dim, 1);
  return constant(
    Array.from({ length: size }, () => 0.5 + source.uniform()),
    value.dtype,
    dims,
  );
}
