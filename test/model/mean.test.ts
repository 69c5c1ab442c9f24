import type { MemberSettings } from '../../shared/model/index.ts';
import { createRandom } from '../../shared/random/index.ts';
import { seriesOfRows, trainOn } from '../support/examples.ts';
import { ask, column, openForecaster, tinySettings } from '../support/forecaster.ts';

const members = (['local', 'global'] as const).map(
  (scale, k): MemberSettings => ({
    cell: 'gru',
    units: 8,
    window: 14,
    scale,
    theta: false,
    weighting: 0,
    seed: k + 1,
  }),
);

/** The noise's median is 1, its mean exp(σ²/2), 1.38. */
const sigma = 0.8;
const season = (t: number): number => 10 + 5 * Math.sin((2 * Math.PI * t) / 7);
const expected = (t: number): number => season(t) * Math.exp(sigma ** 2 / 2);

function skewed(length: number, seed: number): number[] {
  const random = createRandom(seed);
  return Array.from({ length }, (_, t) => season(t) * Math.exp(sigma * random.normal()));
}

const sum = (numbers: Iterable<number>): number => [...numbers].reduce((total, number) => total + number, 0);

test.each([
  ['identity', 1],
  ['log', 0.9],
] as const)(
  'on skewed data the mean differs from the median, and is right on average over windows not trained on: %s',
  async (transform, unit) => {
    const settings = tinySettings({
      horizon: 4,
      stride: 1,
      steps: 20,
      context: 60,
      gaps: false,
      transform,
      unit,
      members,
    });
    const { context } = settings;
    const learned = Array.from({ length: 8 }, (_, i) => seriesOfRows(column(skewed(600, i))));
    const trained = await Promise.all(members.map((member) => trainOn(settings, member, learned, 400)));
    const parameters = trained.map((member) => member.parameters);
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
  },
  30_000,
);
