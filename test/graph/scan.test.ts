import * as g from '../../shared/graph/index.ts';
import { checkGradient, named, random } from '../support/gradient.ts';

const steps = named(['time', 'batch', 2], [5, 3, 2]);
const state = named(['batch', 2], [3, 2]);
const only = (values: readonly g.Value[]): g.Value => {
  const [first] = values;
  if (!first) throw new RangeError('one value expected');
  return first;
};

/** s ← tanh(s·w + x·v), stacked. */
const recurrence = (w: g.Value, v: g.Value) => (states: readonly g.Value[], slices: readonly g.Value[]) => {
  const next = g.tanh(g.add(g.matmul(only(states), w), g.mul(only(slices), v)));
  return { states: [next], outputs: [next] };
};

describe('scan', () => {
  test.each([false, true])('is the loop written out (reverse: %s)', async (reverse) => {
    const scope = g.createScope();
    const x = g.input(scope, 'x', 'float64', [3, 2]);
    const zero = g.constant([0, 0], 'float64');
    const looped = g.scan(
      [zero],
      [x],
      ([s], [xt]) => {
        const next = g.add(g.mul(s ?? zero, 0.5), xt ?? zero);
        return { states: [next], outputs: [next] };
      },
      reverse,
    );
    const session = await g.openSession({
      inputs: [x],
      outputs: { all: only(looped.outputs), end: only(looped.states) },
    });
    const { all, end } = await session.run({ x: g.tensor('float64', [3, 2], [1, 2, 3, 4, 5, 6]) });
    const expected = reverse
      ? [1 + 1.5 + 1.25, 2 + 2 + 1.5, 3 + 2.5, 4 + 3, 5, 6]
      : [1, 2, 3.5, 5, 6.75, 8.5];
    expect(all && g.numbersOf(all)).toEqual(expected);
    expect(end && g.numbersOf(end)).toEqual(reverse ? expected.slice(0, 2) : expected.slice(4));
  });

  test('differentiates through states, sequences and values from outside', async () => {
    const { worst } = await checkGradient([steps, state, random([2, 2]), random([2])], (x, s, w, v) => {
      const loop = g.scan([s], [x], recurrence(w, v));
      return g.add(g.reduceSum(g.square(only(loop.outputs))), g.reduceSum(only(loop.states)));
    });
    expect(worst).toBeLessThan(1e-7);
  });

  test('differentiates a loop that runs backwards in time', async () => {
    const { worst } = await checkGradient([steps, state, random([2, 2]), random([2])], (x, s, w, v) =>
      g.reduceSum(g.square(only(g.scan([s], [x], recurrence(w, v), true).outputs))),
    );
    expect(worst).toBeLessThan(1e-7);
  });

  test('differentiates a loop over a loop’s outputs', async () => {
    const { worst } = await checkGradient([steps, state, random([2, 2]), random([2])], (x, s, w, v) => {
      const lower = g.scan([s], [x], recurrence(w, v));
      return g.reduceSum(g.square(only(g.scan([s], lower.outputs, recurrence(w, v)).outputs)));
    });
    expect(worst).toBeLessThan(1e-7);
  });

  test('differentiates a loop inside a loop', async () => {
    const nested = named(['outer', 'time', 'batch', 2], [2, 3, 2, 2]);
    const { worst } = await checkGradient(
      [nested, named(['batch', 2], [2, 2]), random([2, 2]), random([2])],
      (x, s, w, v) => {
        const outer = g.scan([s], [x], ([carried], [inner]) => {
          if (!carried || !inner) throw new RangeError('one state and one sequence');
          const scaled = g.mul(v, g.tanh(g.reduceSum(carried)));
          const loop = g.scan([carried], [inner], recurrence(w, scaled));
          return { states: loop.states, outputs: [g.reduceSum(only(loop.outputs))] };
        });
        return g.add(g.reduceSum(only(outer.outputs)), g.reduceSum(only(outer.states)));
      },
    );
    expect(worst).toBeLessThan(1e-7);
  });

  test('a state that changes its shape is refused with both shapes', () => {
    const scope = g.createScope();
    const x = g.input(scope, 'x', 'float64', [3, 2]);
    const zero = g.constant([0, 0], 'float64');
    const grow = () =>
      g.scan([zero], [x], ([s], [xt]) => ({ states: [g.concat([s ?? zero, xt ?? zero], 0)], outputs: [] }));
    expect(grow).toThrow('scan: state 0 must keep its type, got left float64[2] and right float64[4]');
  });

  test('work that does not depend on the step leaves the loop', () => {
    const scope = g.createScope();
    const [x, w] = [g.input(scope, 'x', 'float64', [3, 2]), g.input(scope, 'w', 'float64', [2])];
    let inside: g.Value | undefined;
    g.scan([w], [x], ([s], [xt]) => {
      inside = g.exp(w);
      return { states: [g.mul(g.add(s ?? w, xt ?? w), inside)], outputs: [] };
    });
    expect(inside?.scope).toBe(scope);
  });
});
