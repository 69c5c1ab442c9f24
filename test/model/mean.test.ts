import { tensor } from '../../shared/graph/index.ts';
import {
  contextLength,
  drawParameters,
  type ForecasterSettings,
  type MemberSettings,
  memberLayout,
} from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import * as train from '../../shared/train/index.ts';
import { adam, memberTraining, onnxruntimeEngine } from '../../shared/train/index.ts';
import { ask, column, openForecaster, tinySettings } from '../support/forecaster.ts';

const members = (['local', 'global'] as const).map(
  (scale, k): MemberSettings => ({ cell: 'gru', units: 8, window: 14, scale, seed: k + 1 }),
);
const settings = tinySettings({ horizon: 4, stride: 1, steps: 20, members });
const context = contextLength(settings);

/** The noise's median is 1, its mean exp(σ²/2), 1.38. */
const sigma = 0.8;
const season = (t: number): number => 10 + 5 * Math.sin((2 * Math.PI * t) / 7);
const expected = (t: number): number => season(t) * Math.exp(sigma ** 2 / 2);

function skewed(length: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length }, (_, t) => season(t) * Math.exp(sigma * random.normal()));
}

/** Trains as a job does, on cuttings of a few long series. */
async function trained(member: MemberSettings, shape: ForecasterSettings): Promise<Float32Array> {
  const series = Array.from({ length: 8 }, (_, i) => skewed(600, i));
  const rows = context + shape.horizon;
  const { checkpoint } = await train.fit({
    engine: onnxruntimeEngine(),
    graph: memberTraining(shape, member),
    parameters: drawParameters(memberLayout(shape, member), member.seed),
    examples: 16,
    settings: {
      steps: 400,
      batchSize: 16,
      seed: member.seed,
      optimiser: { ...adam, secondDecay: 0.99, weightDecay: 1e-4, clipNorm: 1, averageDecay: 0.99 },
      schedule: { kind: 'constant', rate: 4e-3, warmup: 0.05 },
    },
    batch(examples, random) {
      const cuts = Array.from(examples, (example) => ({ i: example % 8, from: random.below(600 - rows) }));
      return {
        values: tensor(
          'float64',
          [cuts.length, rows, 1],
          cuts.flatMap(({ i, from }) => (series[i] ?? []).slice(from, from + rows)),
        ),
        start: tensor(
          'int64',
          [cuts.length],
          cuts.map(({ from }) => from),
        ),
      };
    },
  });
  return checkpoint.state.average;
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

test('on skewed data the mean differs from the median, and is right on average over windows not trained on', async () => {
  const parameters = await Promise.all(members.map((member) => trained(member, settings)));
  const session = await openForecaster(settings, parameters, [1, 1, 1]);
  const series = skewed(1000, 99);
  const origins = Array.from({ length: 200 }, (_, i) => context + 4 * i);
  const { quantiles, mean } = await ask(
    session,
    origins.map((origin) => column(series.slice(origin - context, origin))),
    { starts: origins.map((origin) => origin - context) },
  );
  await session.release();
  const right = sum(origins.flatMap((origin) => [0, 1, 2, 3].map((step) => expected(origin + step))));
  const middle = right / Math.exp(sigma ** 2 / 2);
  const median = sum(quantiles.filter((_, i) => i % 3 === 1));
  const bias = { mean: sum(mean) / right - 1, median: median / right - 1 };
  expect(Math.abs(bias.mean)).toBeLessThan(0.05);
  expect(bias.median).toBeLessThan(-0.15);
  expect(Math.abs(median / middle - 1)).toBeLessThan(0.1);
}, 30_000);
