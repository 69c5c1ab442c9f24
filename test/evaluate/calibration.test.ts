import {
  applyCalibration,
  fitCalibration,
  type SeriesForecast,
  type SeriesOutcome,
  score,
} from '../../shared/evaluate/index.ts';
import { createRandom, normalQuantile } from '../../shared/random/index.ts';

const levels = [0.1, 0.5, 0.9];
const horizon = 10;

/** Windows of standard normal noise about a level, forecast with normal quantiles of another spread. */
function windows(count: number, spread: number, seed: number) {
  const random = createRandom(seed);
  const forecasts: SeriesForecast[] = [];
  const outcomes: SeriesOutcome[] = [];
  for (let i = 0; i < count; i++) {
    const rows = Array.from({ length: horizon }, () =>
      levels.map((level) => 50 + spread * normalQuantile(level)),
    );
    const target = Float64Array.from({ length: horizon }, () => 50 + normalQuantile(random.uniform()));
    forecasts.push({
      item: `${i}`,
      mean: new Float64Array(horizon).fill(50),
      quantiles: Float64Array.from(rows.flat()),
    });
    outcomes.push({ item: `${i}`, target, training: Float64Array.of(49, 50, 51) });
  }
  return { forecasts, outcomes };
}

const shared = windows(40, 0.7, 1);
const narrow = fitCalibration(shared.forecasts, shared.outcomes, levels);

test('quantiles that are too narrow by 0.7 are widened by about 1 / 0.7, the median stays', () => {
  const [low, median, high] = narrow.factors;
  expect(low).toBeGreaterThan(1.25);
  expect(low).toBeLessThan(1.65);
  expect(high).toBeGreaterThan(1.25);
  expect(high).toBeLessThan(1.65);
  expect(median).toBe(1);
});

test('quantiles that are too wide are left as they are', () => {
  const { forecasts, outcomes } = windows(40, 1.7, 2);
  expect(fitCalibration(forecasts, outcomes, levels).factors).toEqual([1, 1, 1]);
});

test('the factors improve wQL and coverage on windows that were not calibrated on', () => {
  const { forecasts, outcomes } = windows(400, 0.7, 3);
  const calibrated = forecasts.map((f) => ({ ...f, quantiles: applyCalibration(f.quantiles, narrow) }));
  const before = score(forecasts, outcomes, { levels, season: 1 }).overall;
  const after = score(calibrated, outcomes, { levels, season: 1 }).overall;
  expect(after.wql).toBeLessThan(before.wql);
  expect(before.intervals[0]?.coverage).toBeLessThan(0.65);
  expect(after.intervals[0]?.coverage).toBeGreaterThan(0.75);
});

test('a level holds its share of the points it was calibrated on', () => {
  const calibrated = shared.forecasts.map((f) => ({
    ...f,
    quantiles: applyCalibration(f.quantiles, narrow),
  }));
  const { intervals } = score(calibrated, shared.outcomes, { levels, season: 1 }).overall;
  expect(intervals[0]?.coverage).toBeCloseTo(0.8, 1);
});

test('quantiles that are right already are left alone', () => {
  const { forecasts, outcomes } = windows(100, 1, 4);
  expect(fitCalibration(forecasts, outcomes, levels).factors).toEqual([1, 1, 1]);
});

test('fewer than eight windows, or fewer than ten points expected beyond a level, calibrate nothing', () => {
  const { forecasts, outcomes } = windows(7, 0.4, 5);
  expect(fitCalibration(forecasts, outcomes, levels).factors).toEqual([1, 1, 1]);
  const few = windows(9, 0.4, 5); // 90 points, 9 beyond the level 0.1
  expect(fitCalibration(few.forecasts, few.outcomes, levels).factors).toEqual([1, 1, 1]);
  expect(fitCalibration([], [], levels).factors).toEqual([1, 1, 1]);
});

test('missing actual values are left out', () => {
  const outcomes = shared.outcomes.map(({ target }, i) => ({
    target: i < 36 ? target : new Float64Array(horizon).fill(Number.NaN),
  }));
  const without = fitCalibration(shared.forecasts, outcomes, levels);
  expect(without).toEqual(
    fitCalibration(shared.forecasts.slice(0, 36), shared.outcomes.slice(0, 36), levels),
  );
});

test('a factor is at most 2', () => {
  const { forecasts, outcomes } = windows(40, 0.1, 6);
  expect(fitCalibration(forecasts, outcomes, levels).factors).toEqual([2, 1, 2]);
});

test('factors scale the distance to the median, and to the middle of its neighbours where 0.5 is no level', () => {
  const apply = (row: number[], of: number[], factors: number[]) => [
    ...applyCalibration(Float64Array.from(row), { levels: of, factors }),
  ];
  expect(apply([8, 10, 14], levels, [1.5, 1, 0.5])).toEqual([7, 10, 12]);
  expect(apply([8, 9, 11, 16], [0.1, 0.4, 0.6, 0.9], [2, 1, 1, 0.5])).toEqual([6, 9, 11, 13]);
});

test('factors that would make quantiles cross leave them sorted, step by step', () => {
  const calibration = { levels: [0.1, 0.2, 0.5], factors: [0.5, 2, 1] };
  const quantiles = Float64Array.of(6, 8, 10, 0, 0, 0);
  expect([...applyCalibration(quantiles, calibration)]).toEqual([6, 8, 10, 0, 0, 0]);
  expect([...quantiles]).toEqual([6, 8, 10, 0, 0, 0]);
});

test('forecasts without spread calibrate to nothing', () => {
  const { forecasts, outcomes } = windows(40, 0, 7);
  expect(fitCalibration(forecasts, outcomes, levels).factors).toEqual([1, 1, 1]);
});

test('windows without their outcome are refused', () => {
  expect(() => fitCalibration(shared.forecasts, shared.outcomes.slice(1), levels)).toThrow(
    'every calibration window has one quantile per step and level',
  );
});
