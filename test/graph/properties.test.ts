import fc from 'fast-check';
import * as g from '../../shared/graph/index.ts';
import { checkGradient, random } from '../support/gradient.ts';

/** A recipe for a random small graph: each step picks an operator and which earlier values it takes. */
interface Step {
  readonly operator: number;
  readonly left: number;
  readonly right: number;
}

const size = 3;
type Smooth = (a: g.Value, b: g.Value) => g.Value;

/** Smooth operators on [3, 3] matrices that keep values of moderate size. */
const operators: readonly Smooth[] = [
  (a) => g.tanh(a),
  (a) => g.sigmoid(a),
  (a) => g.sin(a),
  (a) => g.softplus(a),
  (a) => g.neg(a),
  (a, b) => g.add(a, b),
  (a, b) => g.sub(a, g.mul(b, 0.5)),
  (a, b) => g.mul(g.tanh(a), b),
  (a, b) => g.div(a, g.add(g.square(b), 1)),
  (a, b) => g.mul(g.matmul(g.tanh(a), b), 1 / size),
  (a, b) => g.mul(g.gemm(a, g.sin(b), true, true), 1 / size),
  (a, b) => g.slice(g.concat([a, b], 1), 1, 1, 1 + size),
  (a, b) => g.slice(g.concat([a, b], 0), 0, 2, 2 + size),
  (a) => g.softmax(a, 1),
  (a) => g.mul(g.cumSum(a, 0), 0.5),
  (a) => g.transpose(a),
  (a, b) => g.add(g.reduceMean(a, [0], true), b),
  (a, b) => g.gather(g.add(a, b), [2, 0, 0], 1),
  (a, b) => loop(a, b),
];

function loop(a: g.Value, b: g.Value): g.Value {
  const start = g.squeeze(g.slice(b, 0, 0, 1), 0);
  const { outputs } = g.scan([start], [a], ([state = start], [x = start]) => {
    const next = g.tanh(g.add(g.mul(state, 0.7), g.mul(x, g.reduceSum(b, [0]))));
    return { states: [next], outputs: [next] };
  });
  return outputs[0] ?? a;
}

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.record({ operator: fc.nat(operators.length - 1), left: fc.nat(20), right: fc.nat(20) }),
  { minLength: 1, maxLength: 7 },
);

function build(recipe: readonly Step[], ...start: g.Value[]): g.Value {
  const values = [...start];
  const pick = (index: number): g.Value => {
    const value = values[index % values.length];
    if (!value) throw new RangeError('there is at least one value');
    return value;
  };
  for (const { operator, left, right } of recipe) {
    const apply = operators[operator];
    if (apply) values.push(apply(pick(left), pick(right)));
  }
  return pick(values.length - 1);
}

test('random small graphs differentiate correctly', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (recipe) => {
      const { worst } = await checkGradient([random([size, size]), random([size, size])], (a, b) =>
        build(recipe, a, b),
      );
      expect(worst).toBeLessThan(1e-6);
    }),
    { numRuns: 60, seed: 20261123 },
  );
});

test('a random graph gives the same numbers alone and as part of its gradient graph', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (recipe) => {
      const scope = g.createScope();
      const x = g.input(scope, 'x', 'float64', [size, size]);
      const y = g.reduceSum(build(recipe, x, g.sin(x)));
      const numbers = Array.from({ length: size * size }, (_, i) => Math.cos(i));
      const feeds = { x: g.tensor('float64', [size, size], numbers) };
      const alone = await g.openSession({ inputs: [x], outputs: { y } });
      const [gradient = x] = g.gradients(y, [x]);
      const both = await g.openSession({ inputs: [x], outputs: { y, gradient } });
      const first = (await alone.run(feeds)).y?.data[0];
      expect((await both.run(feeds)).y?.data[0]).toBe(first);
    }),
    { numRuns: 40, seed: 7 },
  );
});
