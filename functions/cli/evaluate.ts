import {
  itemLength,
  itemStart,
  itemTarget,
  type Panel,
  readColumns,
  readDataset,
} from '../../shared/dataset/index.ts';
import { ConfigurationError } from '../../shared/errors/index.ts';
import { type Metrics, type SeriesForecast, type SeriesOutcome, score } from '../../shared/evaluate/index.ts';
import { unharmed } from '../../shared/forecast/index.ts';
import { seasonality } from '../../shared/frequency/index.ts';
import { titleOf } from './backtest-table.ts';
import { type Asked, baselineMetrics } from './baselines.ts';
import { figure, print, printJson, table, wholeNumber } from './output.ts';
import { seriesName } from './rows.ts';

interface EvaluateOptions {
  readonly train: string;
  readonly season?: string;
  readonly json?: boolean;
}

/** `tidecast evaluate`: scores a forecast file against actual values. */
export async function evaluate(
  forecastFile: string,
  actualFile: string,
  options: EvaluateOptions,
): Promise<void> {
  const columns = (await readColumns(forecastFile)).filter((name) => /^p\d+(\.\d+)?$/.test(name));
  const levels = columns.map((name) => Number(name.slice(1)) / 100);
  const training = (await readDataset(options.train)).panel;
  const { frequency } = training;
  const actual = (await readDataset(actualFile, { frequency })).panel;
  const target = ['mean', ...columns];
  const forecast = (
    await readDataset(forecastFile, { item: 'item_id', time: 'timestamp', target, frequency })
  ).panel;
  const season = wholeNumber('season', options.season) ?? seasonality(frequency).metricSeason;
  const [before, after] = [seriesByName(training), seriesByName(actual)];
  const forecasts: SeriesForecast[] = [];
  const outcomes: SeriesOutcome[] = [];
  const asked: Asked[] = [];
  forecast.items.forEach((written, i) => {
    const item = after.has(written) ? written : unharmed(written);
    const rows = itemLength(forecast, i);
    const values = itemTarget(forecast, i);
    const take = (width: number, from: number) =>
      Float64Array.from(
        { length: rows * width },
        (_, k) => values[Math.floor(k / width) * target.length + from + (k % width)] ?? Number.NaN,
      );
    const [came, history] = [after.get(item), before.get(item)];
    if (!came || !history) throw unknownItem(item, came ? options.train : actualFile);
    const offset = itemStart(forecast, i) - came.start;
    const outcome = Float64Array.from({ length: rows }, (_, k) => came.values[offset + k] ?? Number.NaN);
    forecasts.push({ item, mean: take(1, 0), quantiles: take(columns.length, 1) });
    outcomes.push({ item, target: outcome, training: history.values });
    asked.push({ history: history.values, first: itemStart(forecast, i) - history.start });
  });
  checkOverlap(outcomes, forecastFile, actualFile);
  const scores = score(forecasts, outcomes, { levels, season });
  const baselines = baselineMetrics(asked, outcomes, { levels, season });
  if (options.json) {
    const named = Object.fromEntries(scores.series.map(({ item, metrics }) => [item, metrics]));
    printJson({ season, levels, overall: scores.overall, groups: named, baselines });
    return;
  }
  const shown = scores.series.slice(0, 20);
  const rows = [
    ...shown.map(({ item, metrics }) => [item, ...cells(metrics)]),
    ['all', ...cells(scores.overall)],
    ...Object.entries(baselines).map(([name, metrics]) => [titleOf(name), ...cells(metrics)]),
  ];
  print(table([['item', 'sMAPE', 'MASE', 'RMSE', 'WAPE', 'wQL', 'coverage'], ...rows]));
}

const cells = ({ smape, mase, rmse, wape, wql, intervals }: Metrics): string[] => {
  const usual = intervals.find(({ interval }) => interval === 0.8) ?? intervals[0];
  return [
    ...[smape, mase, rmse, wape, wql].map(figure),
    usual ? `${figure(usual.coverage)} of ${usual.interval}` : '–',
  ];
};

interface NamedSeries {
  readonly start: number;
  readonly values: Float64Array;
}

/** Every channel of every item under the name that a forecast file gives it. */
function seriesByName(panel: Panel): ReadonlyMap<string, NamedSeries> {
  const { channels, items } = panel;
  const series = new Map<string, NamedSeries>();
  items.forEach((item, i) => {
    const target = itemTarget(panel, i);
    channels.forEach((channel, c) => {
      const values = Float64Array.from(
        { length: itemLength(panel, i) },
        (_, row) => target[row * channels.length + c] ?? Number.NaN,
      );
      series.set(seriesName(item, channel, channels.length, items.length), {
        start: itemStart(panel, i),
        values,
      });
    });
  });
  return series;
}

const unknownItem = (item: string, file: string) =>
  new ConfigurationError({
    rule: 'every item of the forecast must be in the actual values and in the training data',
    received: `${item}, which is not in ${file}`,
    remedy: 'give the files that belong together',
  });

function checkOverlap(outcomes: readonly SeriesOutcome[], forecastFile: string, actualFile: string): void {
  if (outcomes.some(({ target }) => target.some((value) => !Number.isNaN(value)))) return;
  throw new ConfigurationError({
    rule: 'the actual values must be of periods that were forecast',
    received: `no period of ${forecastFile} in ${actualFile}`,
    remedy: 'give the values that came after the training data',
  });
}
