import {
  type BaselineName,
  baselines,
  forecastBaseline,
  type Metrics,
  type Scores,
  type SeriesForecast,
  type SeriesOutcome,
  score,
} from '../evaluate/index.ts';
import { forecastItems, type ItemForecast, type ItemHistory, type ModelShape } from '../forecast/index.ts';
import type { Session } from '../graph/index.ts';
import type { Series } from './chunks.ts';

/** A window of the backtest: the horizon after a row of an item. */
export interface Window {
  readonly series: Series;
  /** The last row that may be seen. */
  readonly origin: number;
}

/** Forecasts and what came of them, channel by channel, in the same order. */
export interface Backtest {
  readonly forecasts: readonly SeriesForecast[];
  readonly outcomes: readonly SeriesOutcome[];
}

/** Windows that are forecast at once: the histories of so many are in memory. */
const atOnce = 128;

/** Forecasts windows with a model and sets the actual values beside. */
export async function backtest(
  session: Session,
  model: ModelShape,
  windows: readonly Window[],
): Promise<Backtest> {
  const forecasts: SeriesForecast[] = [];
  for (let from = 0; from < windows.length; from += atOnce) {
    const part = windows.slice(from, from + atOnce);
    const answers = await forecastItems(
      session,
      model,
      part.map((window) => historyOf(window, model)),
    );
    forecasts.push(...answers.flatMap((answer) => byChannel(answer, model)));
  }
  return { forecasts, outcomes: windows.flatMap((window) => outcomesOf(window, model)) };
}

/** What an item looked like at the origin. */
function historyOf(
  { series, origin }: Window,
  { context, channels, known, past, horizon }: ModelShape,
): ItemHistory {
  const first = Math.max(0, origin + 1 - context);
  const ahead = (origin + 1 + horizon) * known;
  return {
    item: series.item,
    start: series.start + first,
    history: series.target.subarray(first * channels, (origin + 1) * channels),
    ...(known > 0 && { known: series.known.subarray(first * known, Math.min(ahead, series.known.length)) }),
    ...(past > 0 && { past: series.past.subarray(first * past, (origin + 1) * past) }),
    statics: series.statics,
  };
}

/** One channel of several: `[…, channel, width]` → `[…, width]`. */
function channelOf(data: Float64Array, channels: number, channel: number, width: number): Float64Array {
  const rows = data.length / (channels * width);
  const result = new Float64Array(rows * width);
  for (let row = 0; row < rows; row++) {
    const at = (row * channels + channel) * width;
    result.set(data.subarray(at, at + width), row * width);
  }
  return result;
}

const byChannel = (
  { item, quantiles, mean }: ItemForecast,
  { channels, levels }: ModelShape,
): SeriesForecast[] =>
  Array.from({ length: channels }, (_, channel) => ({
    item,
    quantiles: channelOf(quantiles, channels, channel, levels.length),
    mean: channelOf(mean, channels, channel, 1),
  }));

/** What came of a window, one for each channel. */
export function outcomesOf({ series, origin }: Window, { channels, horizon }: ModelShape): SeriesOutcome[] {
  return Array.from({ length: channels }, (_, channel) => {
    const all = channelOf(series.target, channels, channel, 1);
    const target = new Float64Array(horizon).fill(Number.NaN);
    target.set(all.subarray(origin + 1, origin + 1 + horizon));
    return { item: series.item, target, training: all.subarray(0, origin + 1) };
  });
}

/** The baselines that stand beside every model: all there are, in the order of the table. */
const compared = Object.keys(baselines) as readonly BaselineName[];

/** Scores of the baselines on the same windows, by name. */
export function baselineScores(
  outcomes: readonly SeriesOutcome[],
  { horizon, levels }: ModelShape,
  season: number,
): Readonly<Record<string, Metrics>> {
  const scoreOf = (name: BaselineName): Scores =>
    score(
      outcomes.map(({ item, training }) =>
        forecastBaseline(name, { item, history: training }, { horizon, season, levels }),
      ),
      outcomes,
      { levels, season },
    );
  return Object.fromEntries(compared.map((name) => [name, scoreOf(name).overall]));
}
