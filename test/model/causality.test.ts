import fc from 'fast-check';
import { createScope, input, openSession, tensor, transpose } from '../../shared/graph/index.ts';
import {
  asSeries,
  covariateColumns,
  type ForecasterSettings,
  featureRows,
  stepEnds,
  stepInputs,
  type Transform,
} from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { featuresOf, seriesOfRows } from '../support/examples.ts';
import { tinySettings } from '../support/forecaster.ts';

const nan = Number.NaN;
const settingsOf = (transform: Transform): ForecasterSettings =>
  tinySettings({ transform, seasons: [4, 12], context: 60, steps: 8, stride: 5, known: 1, past: 1 });
const { context, horizon } = settingsOf('identity');
const gaps = 20;

/** Positive whole numbers, so that sums of them are exact, with gaps among the first. */
function history(seed: number, length: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length }, (_, t) => {
    const value = Math.round(300 + 30 * Math.sin((2 * Math.PI * t) / 4) + 10 * random.normal());
    return t < gaps && random.uniform() < 0.2 ? nan : value;
  });
}

function noise(seed: number, length: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length }, () => random.normal());
}

describe('nothing that comes after the origin of a window reaches its features, bit for bit', () => {
  const rows = 90;
  const anything = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.constantFrom(nan, 0, 1e30, -1e30),
  );

  const changes = fc.array(fc.tuple(anything, anything), { minLength: rows, maxLength: rows });
  const cases = fc.sample(fc.record({ origin: fc.integer({ min: 3, max: rows - 2 }), changes }), {
    numRuns: 16,
    seed: 1,
  });

  test.each(['identity', 'log', 'asinh'] as const)('%s', async (transform) => {
    const settings = settingsOf(transform);
    const window = (seed: number, origin: number, later?: readonly (readonly [number, number])[]) => {
      const changed = (of: readonly number[], k: 0 | 1) =>
        of.map((value, t) => (t > origin ? (later?.[t]?.[k] ?? value) : value));
      const target = changed(history(seed, rows), 0).map((value) => [value]);
      const past = Float64Array.from(changed(noise(seed, rows), 1));
      const known = Float64Array.from(noise(9, rows + horizon));
      return { series: seriesOfRows(target, 0, { known, past }), channel: 0, end: origin + 1, scored: true };
    };
    const windows = cases.flatMap(({ origin, changes }, i) => [
      window(i, origin),
      window(i, origin, changes),
    ]);
    const all = await featuresOf(settings, windows);
    // After the context stand the targets.
    const features = all.map((one) => one.subarray(0, (one.length / (context + horizon)) * context));
    cases.forEach((_, i) => {
      expect(features[2 * i + 1]).toEqual(features[2 * i]);
    });
  });
});

/**
 * Along a training series the transform's centre and scale are those of the whole context (decision 0005). So these
 * changes leave both as they are, exactly, and what is left to see is whatever else might look ahead. The steps come after
 * two seasons: until then the Theta forecast is made with the first index that was known, as the reference has it.
 */
const unseen: Readonly<Record<Transform, (later: readonly number[], order: readonly number[]) => number[]>> =
  {
    /** The same changes in another order: the same last value, the same mean change. */
    identity(later, order) {
      let at = later[0] ?? nan;
      const changes = order.map((i) => (later[i + 1] ?? nan) - (later[i] ?? nan));
      return [at, ...changes.map((change) => (at += change))];
    },
    /** Anything positive but for the last value. */
    log: (later, order) =>
      later.map((value, i) => (i > 0 && i < later.length - 1 ? 1 + 1000 * (order[i] ?? 0) : value)),
    /** The same values in another order: the same median, the same deviation from it. */
    asinh: (later, order) => [later[0] ?? nan, ...order.map((i) => later[i + 1] ?? nan)],
  };

describe('nothing that comes after a step of a pass reaches what a member reads there, bit for bit', () => {
  test.each(['identity', 'log', 'asinh'] as const)('%s', async (transform) => {
    const settings = settingsOf(transform);
    const length = context + horizon;
    const scope = createScope();
    const ends = stepEnds(settings, context - 1 - settings.stride * (settings.steps - 1));
    const values = input(scope, 'values', 'float64', [1, length, 1]);
    const known = input(scope, 'known', 'float64', [1, length, 1]);
    const past = input(scope, 'past', 'float64', [1, context, 1]);
    const origin = input(scope, 'origin', 'int64', [1, 'series']);
    const [raw, beside, before] = [values, known, past].map((value) => transpose(value, [1, 0, 2]));
    if (!raw || !beside || !before) throw new TypeError('three were passed');
    const columns = (value: typeof raw) => covariateColumns(settings, value);
    const { rows } = featureRows(settings, asSeries(raw), columns(beside), columns(before));
    const read = settings.members.flatMap((member, k) =>
      Object.entries(stepInputs(settings, member, { rows, ends, origin })).map(([name, value]) => [
        `${name} of member ${k}`,
        value,
      ]),
    );
    const session = await openSession({
      inputs: [values, known, past, origin],
      outputs: Object.fromEntries(read),
    });
    /** What members read at the first steps, `count` of them. */
    async function firstSteps(history: readonly number[], seed: number, count: number) {
      const padded = [...history, ...Array<number>(horizon).fill(nan)];
      const all = await session.run({
        values: tensor('float64', [1, length, 1], padded),
        known: tensor('float64', [1, length, 1], noise(seed, length)),
        past: tensor('float64', [1, context, 1], noise(seed + 1, context)),
        origin: { dtype: 'int64', shape: [1, 1], data: BigInt64Array.from([3n]) },
      });
      return Object.entries(all).map(
        ([
          name,
          {
            data,
            shape: [steps = 1],
          },
        ]) => [name, (data as Float32Array).slice(0, (data.length / steps) * count)],
      );
    }
    await fc.assert(
      fc.asyncProperty(
        fc.nat(1000),
        fc.integer({ min: 1, max: settings.steps - 1 }),
        fc.array(fc.double({ noNaN: true }), { minLength: context, maxLength: context }),
        async (seed, count, keys) => {
          const origin = ends[count - 1] ?? nan;
          const whole = history(seed, context);
          const later = whole.slice(origin);
          const order = Array.from({ length: later.length - 1 }, (_, i) => i);
          order.sort((a, b) => (keys[a] ?? 0) - (keys[b] ?? 0));
          const changed = [...whole.slice(0, origin), ...unseen[transform](later, order)];
          expect(await firstSteps(changed, seed, count)).toEqual(await firstSteps(whole, seed, count));
        },
      ),
      { numRuns: 40, seed: 2 },
    );
    await session.release();
  });
});
