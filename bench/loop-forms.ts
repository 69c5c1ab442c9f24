/**
 * Which way of writing the recurrent step trains fastest on ONNX Runtime?
 *
 * Loss and gradient of an LSTM layer with a read-out at every step, on one thread, at the shapes of train-step. Each
 * row sets ours (the step of shared/model/cells.ts in a Scan) beside another form of the same computation; a ratio
 * above 1 says that ours is faster. All forms run in turns. Options: --turns N, --json.
 */
import { parseArgs } from 'node:util';
import * as g from '../shared/graph/index.ts';
import { createRandom } from '../shared/random/index.ts';
import { alternate, type Timed } from './support/alternate.ts';
import { report, type ShownRow } from './support/report.ts';
import { type Sizes, sizes } from './support/sizes.ts';

type Gates = readonly [input: g.Value, output: g.Value, forget: g.Value, cell: g.Value];
interface Layer {
  /** `[time, batch, hidden]` */
  readonly hidden: g.Value;
  /** The gradients of the gates' weights, where the form does not leave them to `gradients`. */
  weightGradients?(loss: g.Value): readonly g.Value[];
}
/**
 * @param x `[time, batch, input + 1]`, the last column 1
 * @param weights each gate's, `[hidden + input + 1, hidden]`
 * @param zero `[batch, hidden]`
 */
type Form = (x: g.Value, weights: Gates, zero: g.Value) => Layer;

const gatedStep = ([i, o, f, z]: Gates, c: g.Value) => {
  const next = g.add(g.gated(f, c), g.gatedTanh(i, z));
  return [g.gatedTanh(o, next), next] as const;
};
const plainStep: typeof gatedStep = ([i, o, f, z], c) => {
  const next = g.add(g.mul(g.sigmoid(f), c), g.mul(g.sigmoid(i), g.tanh(z)));
  return [g.mul(g.sigmoid(o), g.tanh(next)), next];
};
const each = (gates: Gates, make: (gate: g.Value, i: number) => g.Value) =>
  gates.map(make) as unknown as Gates;

/** A loop whose body gets the four gates from the hidden state and one step of each sequence. */
function scanned(
  sequences: readonly g.Value[],
  zero: g.Value,
  gatesOf: (h: g.Value, slices: readonly g.Value[]) => Gates,
  step = gatedStep,
): g.Value {
  const loop = g.scan([zero, zero], sequences, ([h = zero, c = zero], slices) => {
    const next = step(gatesOf(h, slices), c);
    return { states: next, outputs: [next[0]] };
  });
  return loop.outputs[0] ?? zero;
}

const quarters = (x: g.Value, axis: number) =>
  g.split(x, Array(4).fill(Number(x.shape[axis]) / 4), axis) as unknown as Gates;

/** [h, x, 1]·P for all gates at once, as in shared/model/cells.ts. */
const wideProduct = (h: g.Value, x: g.Value, weights: Gates): Gates =>
  quarters(g.matmul(g.concat([h, x], 1), g.concat(weights, 1)), 1);

/** [h, x, 1]·P for each gate. */
function gateProducts(h: g.Value, x: g.Value, weights: Gates): Gates {
  const joined = g.concat([h, x], 1);
  return each(weights, (weight) => g.matmul(joined, weight));
}

/**
 * Our step with a sequence of zeros added to each gate. The gradients of the zeros are those of the gates, so that
 * the loop can be made to hand them out; what the additions themselves cost shows in the first of the two forms.
 */
function withZeros(x: g.Value, weights: Gates, zero: g.Value) {
  const shape = [Number(x.shape[0]), ...zero.shape.map(Number)];
  const size = shape.reduce((product, dim) => product * dim, 1);
  const zeros = each(weights, (_, i) => g.constant(new Float32Array(size), 'float32', shape, `zeros${i}`));
  const hidden = scanned([x, ...zeros], zero, (h, [slice = x, ...slices]) =>
    each(gateProducts(h, slice, weights), (gate, i) => g.add(gate, slices[i] ?? zero)),
  );
  return { zeros, hidden };
}
const rows = (x: g.Value) => g.reshape(x, [Number(x.shape[0]) * Number(x.shape[1]), Number(x.shape[2])]);

/** Ours first. */
const forms: Readonly<Record<string, Form>> = {
  ours: (x, weights, zero) => ({
    hidden: scanned([x], zero, (h, [slice = x]) => wideProduct(h, slice, weights)),
  }),
  'plain operators': (x, weights, zero) => ({
    hidden: scanned([x], zero, (h, [slice = x]) => wideProduct(h, slice, weights), plainStep),
  }),
  unrolled(x, weights, zero) {
    const outputs: g.Value[] = [];
    let [h, c] = [zero, zero];
    for (let t = 0; t < Number(x.shape[0]); t++) {
      [h, c] = gatedStep(wideProduct(h, g.squeeze(g.slice(x, 0, t, t + 1), 0), weights), c);
      outputs.push(g.unsqueeze(h, 0));
    }
    return { hidden: g.concat(outputs, 0) };
  },
  'one product per gate': (x, weights, zero) => ({
    hidden: scanned([x], zero, (h, [slice = x]) => gateProducts(h, slice, weights)),
  }),
  /** The input's part of all gates and steps is one product, added to the hidden state's part step by step. */
  'input hoisted'(x, weights, zero) {
    const units = Number(zero.shape[1]);
    const fromHidden = each(weights, (weight) => g.slice(weight, 0, 0, units));
    const fromInput = each(weights, (weight) => g.slice(weight, 0, units));
    const projected = quarters(g.matmul(x, g.concat(fromInput, 1)), 2);
    const gatesOf = (h: g.Value, slices: readonly g.Value[]) =>
      each(fromHidden, (weight, i) => g.add(g.matmul(h, weight), slices[i] ?? zero));
    return { hidden: scanned(projected, zero, gatesOf) };
  },
  'zeros added': (x, weights, zero) => ({ hidden: withZeros(x, weights, zero).hidden }),
  /** The same, but each weight's gradient is one product over all steps instead of a sum in the loop. */
  'zeros added, weight gradients after'(x, weights, zero) {
    const { zeros, hidden } = withZeros(x, weights, zero);
    const before = g.concat([g.unsqueeze(zero, 0), g.slice(hidden, 0, 0, -1)], 0);
    const joined = rows(g.concat([before, x], 2));
    const weightGradients = (loss: g.Value) =>
      g.gradients(loss, zeros).map((gate) => g.gemm(joined, rows(gate), true));
    return { hidden, weightGradients };
  },
};

async function open(form: Form, [batch, steps, inputs, units, outputs]: Sizes) {
  const scope = g.createScope();
  const random = createRandom(1);
  const inputsOf: g.Value[] = [];
  const feeds: Record<string, g.Tensor> = {};
  const feed = (name: string, shape: readonly number[], width = 1): g.Value => {
    const numbers = new Float32Array(shape.reduce((size, dim) => size * dim, 1));
    feeds[name] = g.tensor(
      'float32',
      shape,
      numbers.map(() => width * random.normal()),
    );
    const value = g.input(scope, name, 'float32', shape);
    inputsOf.push(value);
    return value;
  };
  const weight = (name: string) => feed(name, [units + inputs + 1, units], 0.1);
  const weights: Gates = [weight('input'), weight('output'), weight('forget'), weight('cell')];
  const readout = feed('readout', [units, outputs], 0.1);
  const [x, y] = [feed('x', [steps, batch, inputs]), feed('y', [steps, batch, outputs])];
  const one = g.constant(new Float32Array(steps * batch).fill(1), 'float32', [steps, batch, 1]);
  const zero = g.constant(new Float32Array(batch * units), 'float32', [batch, units]);

  const layer = form(g.concat([x, one], 2), weights, zero);
  const loss = g.reduceMean(g.square(g.sub(g.matmul(layer.hidden, readout), y)));
  const gradients = layer.weightGradients
    ? [...layer.weightGradients(loss), ...g.gradients(loss, [readout])]
    : g.gradients(loss, [...weights, readout]);
  const named = Object.fromEntries(gradients.map((gradient, i) => [`gradient${i}`, gradient]));
  const session = await g.openSession({ inputs: inputsOf, outputs: { loss, ...named } });
  return { run: () => session.run(feeds), release: () => session.release() };
}

/** The norms of the loss and of each gradient, which must not depend on the form. */
const norms = (results: Readonly<Record<string, g.Tensor>>) =>
  Object.values(results).map((result) => Math.hypot(...g.numbersOf(result)));

async function measure(size: Sizes, turns: number): Promise<ShownRow[]> {
  const names = Object.keys(forms);
  const sessions = await Promise.all(Object.values(forms).map((form) => open(form, size)));
  const [expected = [], ...others] = await Promise.all(sessions.map(async ({ run }) => norms(await run())));
  others.forEach((found, i) => {
    if (found.some((norm, k) => !(Math.abs(norm / (expected[k] ?? 0) - 1) < 1e-4)))
      throw new Error(`${names[i + 1]} must compute ${expected} as ours does, got ${found}: mend it`);
  });
  const timed = sessions.map(
    ({ run }): Timed =>
      async (times) => {
        const began = performance.now();
        for (let i = 0; i < times; i++) await run();
        return (performance.now() - began) / times;
      },
  );
  const [ours = Number.NaN, ...theirs] = await alternate(timed, { turns });
  await Promise.all(sessions.map(({ release }) => release()));
  return theirs.map((ms, i) => {
    const peer = names[i + 1] ?? '';
    const ratio = ms / ours;
    return { case: size.join('×'), metric: 'ms', ours, peer, theirs: ms, ratio, goal: null, shown: { peer } };
  });
}

const { values: options } = parseArgs({
  options: { json: { type: 'boolean', default: false }, turns: { type: 'string', default: '7' } },
});
const table: ShownRow[] = [];
for (const size of sizes) table.push(...(await measure(size, Number(options.turns))));
report('loop-forms', table, options.json);
