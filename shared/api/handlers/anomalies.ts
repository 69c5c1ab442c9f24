import { checkHorizon, type ItemForecast, type ItemHistory, levelReader } from '../../forecast/index.ts';
import { isoPeriod, printFrequency } from '../../frequency/index.ts';
import type { OpenModel } from '../../serve/index.ts';
import { at, refused } from '../problem.ts';
import type { Anomalies, AnomaliesRequest } from '../routes/anomalies.ts';
import { checkSize, type ForecastDependencies, withModel } from './forecast.ts';
import { historiesOf } from './histories.ts';
import { numberOrNull } from './items.ts';
import { scoreOf } from './score.ts';
import { checkWindows, forecastWindows, inTraining, leastHistory, type Window } from './windows.ts';

/** Observations by the forecasts that were made before them. */
export async function answerAnomalies(
  dependencies: ForecastDependencies,
  name: string,
  request: AnomaliesRequest,
): Promise<Anomalies> {
  const { horizon, last = Number.POSITIVE_INFINITY } = request;
  return withModel(dependencies, name, request.series.length + request.items.length, async (model) => {
    const { description, shape } = model;
    at('horizon', () => checkHorizon(shape, horizon));
    const level = levelOf(shape.levels, request.level);
    const levels = intervalOf(level);
    at('level', () => levelReader(shape.levels, levels));
    const histories = await historiesOf(dependencies.store, model, request, { ahead: false });
    const windows = histories.map((history, i) => {
      const { series } = request;
      const path = i < series.length ? `series[${i}]` : `items[${i - series.length}]`;
      return windowsOf(model, { history, path }, { horizon, last });
    });
    const all = windows.flat();
    checkWindows(
      all.length,
      'last',
      'judge fewer items at a time, only the last observations, or longer horizons',
    );
    const observations = all.reduce((sum, { steps }) => sum + steps, 0);
    checkSize(observations * shape.channels * 8, {
      largest: dependencies.largestAnswer,
      what: 'numbers and timestamps',
      remedy: 'judge fewer items at a time, or only the last observations',
    });
    const remedy = `give known covariates for every period and for ${shape.horizon} after the last one, or judge as many at least with horizon ${shape.horizon}`;
    const forecasts = (await forecastWindows(model, all, { levels, remedy })).values();
    return {
      model: model.dataset,
      version: model.version,
      frequency: printFrequency(description.frequency),
      level,
      series: histories.flatMap((history, i) =>
        judged(model, history, [...take(forecasts, windows[i] ?? [])]),
      ),
    };
  });
}

/** Where no interval is asked for, the widest around the median. @throws Refusal for one that is wider */
function levelOf(trained: readonly number[], wanted: number | undefined): number {
  const widest = rounded(Math.min(1 - 2 * (trained[0] ?? 1), 2 * (trained.at(-1) ?? 0) - 1));
  if (widest > 0) {
    if (wanted === undefined || wanted <= widest) return wanted ?? widest;
    throw refused('level', {
      rule: `level must be at most ${widest} (the model's widest interval)`,
      received: String(wanted),
      remedy: `ask for at most ${widest}, or train with wider quantiles`,
    });
  }
  throw refused('level', {
    rule: 'the model must know the median and quantiles around it',
    received: `one whose quantiles reach from ${trained[0]} to ${trained.at(-1)}`,
    remedy: 'train with quantiles around 0.5',
  });
}

const intervalOf = (level: number) => [rounded((1 - level) / 2), 0.5, rounded((1 + level) / 2)];

/** 1 − 0.9 is a little less than 0.1, and a quantile that is a little beyond the trained ones would be refused. */
const rounded = (share: number): number => Number(share.toFixed(12));

interface Blocks {
  readonly horizon: number;
  readonly last: number;
}

/**
 * Forecasts every `horizon` periods, none in the first season. The last of them ends with the series, so that it needs
 * no known covariates beyond; the first one may be short.
 */
function windowsOf(
  model: OpenModel,
  { history, path }: Pick<Window, 'history' | 'path'>,
  { horizon, last }: Blocks,
): readonly Window[] {
  const rows = history.history.length / model.shape.channels;
  const count = Math.min(last, Math.max(0, rows - leastHistory(model)));
  const blocks = Math.ceil(count / horizon);
  return Array.from({ length: blocks }, (_, i) => {
    const end = rows - (blocks - 1 - i) * horizon;
    const begin = Math.max(rows - count, end - horizon);
    return { history, path, rows: begin, steps: end - begin };
  });
}

interface Forecast {
  readonly window: Window;
  readonly forecast: ItemForecast;
}

/** The next forecasts, one for each of the windows. */
function* take(forecasts: Iterator<ItemForecast>, windows: readonly Window[]): Iterable<Forecast> {
  for (const window of windows) {
    const { done, value } = forecasts.next();
    if (!done) yield { window, forecast: value };
  }
}

function judged(
  model: OpenModel,
  { item, start, history }: ItemHistory,
  forecasts: readonly Forecast[],
): Anomalies['series'] {
  const { channels, frequency } = model.description;
  return channels.map((channel, c) => {
    const steps = forecasts.flatMap(({ window, forecast }) =>
      Array.from({ length: window.steps }, (_, step) => {
        const row = window.rows + step;
        const [low, median, high] = forecast.quantiles.subarray((step * channels.length + c) * 3);
        const value = history[row * channels.length + c];
        const score = scoreOf(value, { low, median, high });
        return { row, value, low, median, high, score, seen: inTraining(model, window) };
      }),
    );
    return {
      ...{ item, channel },
      timestamps: steps.map(({ row }) => isoPeriod(frequency, start + row)),
      observed: steps.map(({ value }) => numberOrNull(value)),
      median: steps.map(({ median }) => numberOrNull(median)),
      low: steps.map(({ low }) => numberOrNull(low)),
      high: steps.map(({ high }) => numberOrNull(high)),
      score: steps.map(({ score }) => numberOrNull(score)),
      anomaly: steps.map(({ score }) => score > 1),
      inTraining: steps.map(({ seen }) => seen),
    };
  });
}
