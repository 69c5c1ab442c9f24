import * as g from '../../shared/graph/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { lossOf, stepLoss } from '../../shared/train/index.ts';
import { checkGradient } from '../support/gradient.ts';

const [steps, series, horizon] = [2, 3, 4];
const levels = [0.1, 0.5, 0.9];
const unit = 0.25;
const random = createRandom(5);
const numbers = (count: number) => Array.from({ length: count }, () => random.normal());
const value = (data: readonly number[], shape: readonly number[]) =>
  g.constant([...data], 'float64', [...shape]);

const targets = numbers(steps * series * horizon).map((y, i) => (i % 5 === 0 ? Number.NaN : y));
const target = value(targets, [steps, series, horizon]);
const base = value(numbers(steps * series * horizon), [steps, series, horizon]);
const scale = value(numbers(steps * series).map(Math.abs), [steps, series, 1]);
const weights = value([1, 0.5, 2], [1, series, 1]);
/** `[step, series, knot·horizon]` */
const outputs = numbers(steps * series * levels.length * horizon);

const lossAt = (output: g.Value): g.Value =>
  stepLoss({ levels, horizon, unit }, { output, base, scale }, target, weights);

test('it is the pinball loss of z in units, as computed element by element', async () => {
  const output = value(outputs, [steps, series, levels.length * horizon]);
  const byKnot = g.reshape(output, [steps, series, levels.length, horizon]);
  const z = g.add(g.mul(byKnot, g.unsqueeze(scale, 3)), g.unsqueeze(base, 2));
  const apart = g.reshape(g.transpose(z, [0, 1, 3, 2]), [steps, series, horizon * levels.length]);
  const expected = lossOf({ kind: 'pinball', levels }, g.div(apart, unit), g.div(target, unit), weights);
  const session = await g.openSession({ inputs: [], outputs: { loss: lossAt(output), expected } });
  const found = await session.run({});
  await session.release();
  expect(found.loss?.data[0]).toBeCloseTo(Number(found.expected?.data[0]), 12);
});

test('a forecast one unit too low costs twice its level, whatever the unit and the scale', async () => {
  const low = g.sub(target, unit);
  const zero = value(Array(outputs.length).fill(0), [steps, series, levels.length * horizon]);
  const loss = stepLoss({ levels, horizon, unit }, { output: zero, base: low, scale }, target, weights);
  const session = await g.openSession({ inputs: [], outputs: { loss } });
  expect((await session.run({})).loss?.data[0]).toBeCloseTo(2 * 0.5, 12);
  await session.release();
});

test('its gradient is that of central differences, with missing targets', async () => {
  const shape = [steps, series, levels.length * horizon];
  const { worst } = await checkGradient([{ shape, actual: shape, numbers: outputs }], lossAt);
  expect(worst).toBeLessThan(1e-7);
});
