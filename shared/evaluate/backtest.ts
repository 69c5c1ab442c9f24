import { show } from '../errors/index.ts';
import { EvaluationError } from './errors.ts';
import { checkHorizon, checkSeason } from './forecast.ts';

/**
 * The backtest windows of one series. An origin is the position of the last value that a forecast may see; its
 * window is the `horizon` values after it. Origins rise; windows do not overlap and end with the series.
 */
export interface SeriesWindows {
  /** The values 0..fit − 1 are what a member may be fitted on: all before the first window. */
  readonly fit: number;
  /** Windows to calibrate on, and to choose by (the number of steps, a mixture). */
  readonly calibrate: readonly number[];
  /** Windows for the reported metrics: newer than the calibration's, never chosen by. */
  readonly report: readonly number[];
}

export interface BacktestSettings {
  /** Values per series, missing ones included. */
  readonly lengths: ArrayLike<number>;
  readonly horizon: number;
  /** Periods per cycle, 1 for none. */
  readonly season: number;
  /** At most so many windows per series; by default at most 8, and together at most a quarter of the series. */
  readonly windows?: number;
}

const most = 8;
const share = 4;
/** So many series of one window each are worth splitting; fewer could not calibrate anything and are all reported. */
const worthSplitting = 20;

/**
 * Plans rolling origins (DESIGN, decision 6). Every series gets one window where at least `max(2·season, horizon, 3)`
 * values remain to fit on, and as many more as the settings and that remainder allow; a shorter one gets none and is
 * fitted whole. Of several windows the newer half is reported, the odd one too, and the older half calibrates. Of
 * the series that have a single window, every second one calibrates and the others are reported.
 *
 * @returns one entry per series, in the given order
 * @throws EvaluationError for a horizon, season or number of windows outside its range
 */
export function planBacktest(settings: BacktestSettings): readonly SeriesWindows[] {
  const { lengths, horizon } = settings;
  checkSettings(settings);
  const counts = Array.from(lengths, (length) => windowsOf(length, settings));
  const singles = counts.filter((count) => count === 1).length;
  let single = 0;
  return counts.map((count, i) => {
    const length = lengths[i] as number;
    const origins = Array.from({ length: count }, (_, k) => length - (count - k) * horizon - 1);
    const alone = count === 1 && singles >= worthSplitting ? single++ % 2 : 0;
    const older = count === 1 ? alone : Math.floor(count / 2);
    return {
      fit: length - count * horizon,
      calibrate: origins.slice(0, older),
      report: origins.slice(older),
    };
  });
}

function windowsOf(length: number, { horizon, season, windows }: BacktestSettings): number {
  const possible = Math.floor((length - Math.max(2 * season, horizon, 3)) / horizon);
  const wanted = windows ?? Math.min(most, Math.max(1, Math.floor(length / share / horizon)));
  return Math.max(0, Math.min(wanted, possible));
}

function checkSettings({ horizon, season, windows = 1 }: BacktestSettings): void {
  checkHorizon(horizon);
  checkSeason(season);
  if (Number.isInteger(windows) && windows >= 1) return;
  throw new EvaluationError({
    rule: 'the number of backtest windows is whole and at least 1',
    received: show(windows),
    remedy: 'leave it out to have it follow from the lengths of the series',
  });
}
