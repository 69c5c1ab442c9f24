import { type SeriesForecast, type SeriesOutcome, score } from '../../shared/evaluate/index.ts';

// All numbers: `python test/evaluate/golden.py` with gluonts 0.17.0 and utilsforecast 0.2.17, on the same series.
const gluonts = {
  wql: 0.9028603714698943,
  levels: [0.9162970769582097, 1.115208951815483, 0.6770750856359897],
  ND: 1.115208951815483,
  RMSE: 4.105568548136576,
  sMAPE: 1.1754060327685352,
};
const utilsforecast = {
  smape: [0.6339483327504872, 0.7042800666909094, 0.6248563835906858, 0.3861072507747804, 0.6087525564989154],
  mase: [0.9810675461096859, 0.911053036126057, 1.083068783068783, 0.7959283274070975, 1.3096487686717804],
  wape: [1.4414931801866475, 1.2521974306964165, 0.8392783927839278, 0.8003365114974761, 1.462139423076923],
  rmse: [4.498840591382035, 4.437602956552107, 3.860882886940067, 3.1779684286243834, 4.451230167043713],
  coverage: [0.6666666666666666, 0.4, 0.5, 0.8333333333333334, 0.5],
  mean: { smape: 0.5915889180611557, mase: 1.0161532922766807 },
};

const value = (k: number): number => ((k * k * 7919 + k * 104729) % 1009) / 100 - 2;
const values = (from: number, count: number) =>
  Float64Array.from({ length: count }, (_, t) => value(from + t));
const items = [0, 1, 2, 3, 4];
const levels = [0.1, 0.5, 0.9];

const outcomes = items.map((i): SeriesOutcome => {
  const target = values(100 * i + 50, 6);
  if (i === 1) target[2] = Number.NaN;
  return { item: `${i}`, target, training: values(100 * i, 20) };
});
const forecasts = items.map((i): SeriesForecast => {
  const median = values(100 * i + 70, 6);
  const width = values(100 * i + 90, 6).map((x) => 1 + x ** 2 / 10);
  const rows = Array.from(median, (m, t) => [m - (width[t] as number), m, m + 2 * (width[t] as number)]);
  return { item: `${i}`, mean: median.map((m) => m + 0.3), quantiles: Float64Array.from(rows.flat()) };
});
const { overall, series } = score(forecasts, outcomes, { levels, season: 4 });

test('over all points wQL, WAPE, RMSE and sMAPE are those of gluonts', () => {
  expect(overall.wql).toBeCloseTo(gluonts.wql, 12);
  overall.levels.forEach(({ wql }, j) => {
    expect(wql).toBeCloseTo(gluonts.levels[j] as number, 12);
  });
  expect(overall.wape).toBeCloseTo(gluonts.ND, 12);
  expect(overall.rmse).toBeCloseTo(gluonts.RMSE, 12);
  expect(overall.smapeOverPoints).toBeCloseTo(100 * gluonts.sMAPE, 10);
});

test.each(items)(
  'per series sMAPE, MASE, WAPE, RMSE and coverage are those of utilsforecast: series %i',
  (i) => {
    const metrics = series[i]?.metrics;
    expect(metrics?.smape).toBeCloseTo(200 * (utilsforecast.smape[i] as number), 10);
    expect(metrics?.mase).toBeCloseTo(utilsforecast.mase[i] as number, 12);
    expect(metrics?.wape).toBeCloseTo(utilsforecast.wape[i] as number, 12);
    expect(metrics?.rmse).toBeCloseTo(utilsforecast.rmse[i] as number, 12);
    expect(metrics?.intervals[0]?.coverage).toBeCloseTo(utilsforecast.coverage[i] as number, 12);
  },
);

test('sMAPE and MASE of all are the means over series of utilsforecast', () => {
  expect(overall.smape).toBeCloseTo(200 * utilsforecast.mean.smape, 10);
  expect(overall.mase).toBeCloseTo(utilsforecast.mean.mase, 12);
});
