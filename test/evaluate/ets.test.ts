import { readFileSync } from 'node:fs';
import { deviance } from '../../shared/evaluate/baselines/ets/errors.ts';
import { fitModel } from '../../shared/evaluate/baselines/ets/fit.ts';
import { ahead } from '../../shared/evaluate/baselines/ets/index.ts';
import { seasons, trends } from '../../shared/evaluate/baselines/ets/models.ts';
import { forecastBaseline } from '../../shared/evaluate/index.ts';

interface Golden {
  readonly weights: { alpha: number; beta: number; gamma: number; phi: number };
  readonly given: readonly {
    readonly series: string;
    readonly trend: keyof typeof trends;
    readonly season: keyof typeof seasons;
    readonly initial: { level: number; slope: number; season: number[] | null };
    readonly fitted: readonly number[];
    readonly logLikelihood: number;
    readonly forecast: readonly number[];
    readonly variance: readonly number[];
  }[];
  readonly fitted: readonly { series: string; trend: keyof typeof trends; logLikelihood: number }[];
  readonly chosen: readonly {
    readonly series: string;
    readonly season: number;
    readonly first: number;
    readonly horizon: number;
    readonly errors: readonly number[];
  }[];
}

// Made by scripts/golden/ets.py with statsmodels and statsforecast.
const golden: Golden = JSON.parse(readFileSync('test/golden/ets.json', 'utf8'));

/** The column of an example that stands behind a name, or of the lines of one item. */
function column(file: string, position: number, item = ''): Float64Array {
  const lines = readFileSync(`examples/${file}`, 'utf8').trimEnd().split('\n').slice(1);
  const cells = lines.map((line) => line.split(',')).filter(([first]) => item === '' || first === item);
  return Float64Array.from(cells, (row) => Number(row[position]));
}
const seriesOf = (name: string): Float64Array =>
  name === 'passengers'
    ? column('air-passengers/air-passengers.csv', 1)
    : column('electricity/electricity.csv', 2, name);

/** The largest difference as a share of the expected value. */
const off = (actual: ArrayLike<number>, expected: readonly number[]): number =>
  Math.max(...expected.map((value, i) => Math.abs((actual[i] as number) / value - 1)));

/** log L from what is left of it when the models' common constant is dropped. */
const logLikelihood = (dropped: number, n: number): number =>
  -(dropped + n * (1 + Math.log(2 * Math.PI) - Math.log(n))) / 2;

describe.each(golden.given)('$series, trend $trend, season $season, given weights', (one) => {
  const [trend, season] = [trends[one.trend], seasons[one.season]];
  const all = seriesOf(one.series);
  const values = all.slice(0, one.fitted.length);
  const { alpha, beta, gamma, phi } = golden.weights;
  const weights = {
    alpha,
    beta: trend.sloped ? beta : 0,
    gamma: season.decomposition ? gamma : 0,
    phi: trend.damped ? phi : 1,
  };
  const indices = Float64Array.from(one.initial.season ?? [0]);
  const fitted = new Float64Array(values.length);
  const states = season.filter(values, { ...one.initial, season: indices }, weights, fitted);
  const sums = season.sums(values, fitted);
  const fit = {
    ...{ model: { trend, season }, weights, states, aicc: 0 },
    variance: sums.squares / values.length,
  };
  const { mean, deviation } = ahead(fit, values.length, one.forecast.length);

  test('one-step forecasts, likelihood and forecasts are those of statsmodels or statsforecast', () => {
    expect(off(fitted, one.fitted)).toBeLessThan(1e-9);
    expect(logLikelihood(deviance(sums, values.length), values.length)).toBeCloseTo(one.logLikelihood, 8);
    expect(off(mean, one.forecast)).toBeLessThan(1e-9);
  });

  const exact = one.season !== 'multiplicative';
  test(`the variance is ${exact ? 'that of statsmodels' : 'within 2 % of simulated paths'}`, () => {
    expect(
      off(
        deviation.map((value) => value ** 2),
        one.variance,
      ),
    ).toBeLessThan(exact ? 1e-9 : 0.02);
  });
});

test.each(golden.fitted)(
  'the search comes within 0.5 of the log-likelihood of statsforecast: $series, trend $trend',
  ({ series, trend, logLikelihood: theirs }) => {
    const values = seriesOf(series).slice(0, series === 'passengers' ? 144 : 240);
    const unit = values.reduce((largest, value) => Math.max(largest, Math.abs(value)), 0);
    const n = values.length;
    const { aicc } = fitModel(
      values.map((value) => value / unit),
      1,
      { trend: trends[trend], season: seasons.none },
    );
    const k = { none: 3, additive: 5, damped: 6 }[trend];
    const found = aicc - 2 * k - (2 * k * (k + 1)) / (n - k - 1);
    // theirs leaves out the constant, too, and is of the series in its own unit
    const ours = -found / 2 - n * Math.log(unit);
    expect(ours).toBeGreaterThan(theirs - 0.5);
  },
);

test('over 17 real windows its errors are on average at most 5 % above those of statsforecast’s AutoETS', () => {
  const ratios = golden.chosen.flatMap(({ series, season, first, horizon, errors }) =>
    errors.map((theirs, k) => {
      const origin = first + k * horizon;
      const all = seriesOf(series);
      const { mean } = forecastBaseline(
        'ets',
        { item: series, history: all.slice(0, origin) },
        { horizon, season, levels: [0.5] },
      );
      const ours = mean.reduce((sum, value, i) => sum + Math.abs(value - (all[origin + i] as number)), 0);
      return ours / horizon / theirs;
    }),
  );
  const logs = ratios.reduce((sum, ratio) => sum + Math.log(ratio), 0);
  expect(Math.exp(logs / ratios.length)).toBeLessThan(1.05);
});
