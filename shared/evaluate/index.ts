export {
  type AccuracyPass,
  accuracyPass,
  type OverallAccuracy,
  type SeriesAccuracy,
} from './accuracy/accuracy.ts';
export type { Pair } from './accuracy/pooled.ts';
export { type BacktestSettings, planBacktest, type SeriesWindows } from './backtest.ts';
export {
  type Baseline,
  type BaselineName,
  type BaselineTask,
  baselines,
  forecastBaseline,
} from './baselines/index.ts';
export { applyCalibration, type Calibration, fitCalibration, identityCalibration } from './calibration.ts';
export { EvaluationError } from './errors.ts';
export type { Forecast, SeriesForecast, SeriesOutcome } from './forecast.ts';
export { intervalsOf, type Metrics, owa, type ScoreSettings, type Scores, score } from './metrics/index.ts';
