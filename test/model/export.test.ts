import fc from 'fast-check';
import * as g from '../../shared/graph/index.ts';
import {
  type CellName,
  exportNetwork,
  forward,
  initialParameters,
  type NetworkOptions,
  networkSettings,
  weightsOf,
} from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';

const cell = fc.constantFrom<CellName>('elman', 'dual', 'gru', 'lstm');
const options: fc.Arbitrary<NetworkOptions> = fc.record({
  cell,
  inputs: fc.integer({ min: 1, max: 3 }),
  units: fc.integer({ min: 1, max: 5 }),
  outputs: fc.integer({ min: 1, max: 3 }),
  layers: fc.integer({ min: 1, max: 2 }),
  readout: fc.constantFrom('every', 'last'),
  initialState: fc.constantFrom('zero', 'random', 'learned'),
  seed: fc.nat(1000),
});

function sequence(batch: number, time: number, inputs: number, seed: number): g.Tensor {
  const random = createRandom(seed);
  return g.tensor(
    'float32',
    [batch, time, inputs],
    Array.from({ length: batch * time * inputs }, () => random.normal()),
  );
}

/** A network with all its numbers random, learned initial states too. */
function parametersOf(settings: ReturnType<typeof networkSettings>): Float32Array {
  const random = createRandom(settings.seed + 1);
  return initialParameters(settings).map((number) => 2 * number + 0.3 * random.normal());
}

async function run(session: g.Session, input: g.Tensor): Promise<g.Tensor> {
  const { output } = await session.run({ input });
  if (!output) throw new Error('the model has an output');
  return output;
}

function expectClose(found: readonly number[], expected: readonly number[], tolerance: number): void {
  expect(found).toHaveLength(expected.length);
  found.forEach((number, i) => {
    expect(Math.abs(number - (expected[i] ?? Number.NaN))).toBeLessThanOrEqual(tolerance);
  });
}

test('export then run equals run, for any network, batch and length', async () => {
  await fc.assert(
    fc.asyncProperty(
      options,
      fc.integer({ min: 1, max: 5 }),
      fc.integer({ min: 1, max: 9 }),
      async (chosen, batch, time) => {
        const settings = networkSettings(chosen);
        const parameters = parametersOf(settings);
        const x = sequence(batch, time, settings.inputs, 5);
        const exported = await g.openSession(await exportNetwork(settings, parameters));
        const scope = g.createScope();
        const input = g.input(scope, 'input', 'float32', ['batch', 'time', settings.inputs]);
        const weights = weightsOf(settings, g.constant(parameters));
        const direct = await g.openSession({
          inputs: [input],
          outputs: { output: forward(settings, { x: input, weights }).output },
        });
        const [found, expected] = [await run(exported, x), await run(direct, x)];
        expect(found.shape).toEqual(expected.shape);
        expectClose(g.numbersOf(found), g.numbersOf(expected), 1e-5);
      },
    ),
    { numRuns: 40, seed: 11 },
  );
});

test('a series’ output depends neither on its neighbours in the batch nor on its place', async () => {
  await fc.assert(
    fc.asyncProperty(options, fc.integer({ min: 1, max: 6 }), async (chosen, neighbours) => {
      const settings = networkSettings({ ...chosen, readout: 'last' });
      const session = await g.openSession(await exportNetwork(settings, parametersOf(settings)));
      const own = sequence(1, 6, settings.inputs, 1);
      const others = sequence(neighbours, 6, settings.inputs, 2);
      const joined = [...g.numbersOf(others), ...g.numbersOf(own)];
      const alone = g.numbersOf(await run(session, own));
      const together = g.numbersOf(
        await run(session, g.tensor('float32', [neighbours + 1, 6, settings.inputs], joined)),
      );
      expectClose(together.slice(-settings.outputs), alone, 1e-6);
    }),
    { numRuns: 25, seed: 12 },
  );
});

test('steps added behind a series change nothing of its outputs before them', async () => {
  await fc.assert(
    fc.asyncProperty(options, fc.integer({ min: 1, max: 5 }), async (chosen, more) => {
      const settings = networkSettings({ ...chosen, readout: 'every' });
      const session = await g.openSession(await exportNetwork(settings, parametersOf(settings)));
      const long = sequence(1, 5 + more, settings.inputs, 3);
      const short = g.tensor(
        'float32',
        [1, 5, settings.inputs],
        g.numbersOf(long).slice(0, 5 * settings.inputs),
      );
      const outputs = g.numbersOf(await run(session, long)).slice(0, 5 * settings.outputs);
      expectClose(outputs, g.numbersOf(await run(session, short)), 1e-6);
    }),
    { numRuns: 25, seed: 13 },
  );
});

test('states are handed on: two halves one after the other give the whole', async () => {
  const settings = networkSettings({ cell: 'lstm', inputs: 2, units: 4, outputs: 1, layers: 2 });
  const session = await g.openSession(
    await exportNetwork(settings, parametersOf(settings), { states: 'required' }),
  );
  const whole = sequence(1, 8, 2, 4);
  const half = (i: number) => g.tensor('float32', [1, 4, 2], g.numbersOf(whole).slice(8 * i, 8 * i + 8));
  const zero = g.tensor('float32', [2, 1, 4], new Float32Array(8));
  const all = await session.run({ input: whole, initial_h: zero, initial_c: zero });
  const first = await session.run({ input: half(0), initial_h: zero, initial_c: zero });
  const second = await session.run({
    input: half(1),
    initial_h: first.last_h ?? zero,
    initial_c: first.last_c ?? zero,
  });
  const numbers = (result: Record<string, g.Tensor>) => (result.output ? g.numbersOf(result.output) : []);
  expectClose([...numbers(first), ...numbers(second)], numbers(all), 1e-6);
});

describe('a setting outside its range is refused with the rule, what was received and the remedy', () => {
  const base = { cell: 'lstm', inputs: 1, units: 4, outputs: 1 } as const;
  test.each<[string, Record<string, unknown>, string]>([
    [
      'an unknown cell',
      { cell: 'lstmm' },
      'cell must be one of elman, dual, gru, lstm, got "lstmm": did you mean lstm?',
    ],
    ['zero units', { units: 0 }, 'units must be a whole number of at least 1, got 0'],
    ['half a layer', { layers: 1.5 }, 'layers must be a whole number of at least 1, got 1.5'],
    ['dropping everything', { dropout: 1 }, 'dropout must be at least 0 and below 1, got 1'],
    [
      'an unknown initial state',
      { initialState: 'one' },
      'initialState must be one of zero, random, given, learned, got "one"',
    ],
    [
      'an unknown activation',
      { activations: { f: 'gelu' } },
      'activations.f must be one of tanh, sigmoid, relu, identity, got "gelu"',
    ],
  ])('%s', (_, wrong, message) => {
    const attempt = () => networkSettings({ ...base, ...wrong } as NetworkOptions);
    expect(attempt).toThrow(message);
    expect(attempt).toThrow(expect.objectContaining({ name: 'ConfigurationError', code: 'CONFIGURATION' }));
  });
});
