import { checkHorizon } from '../../../forecast/index.ts';
import type { OpenModel } from '../../../serve/index.ts';
import { at, refused } from '../../problem.ts';
import type {
  NixtlaAnomalies,
  NixtlaAnomalyRequest,
  NixtlaOnlineAnomalyRequest,
} from '../../routes/nixtla/anomalies.ts';
import { checkSize, type ForecastDependencies, withModel } from '../forecast.ts';
import { scoreOf } from '../score.ts';
import { checkWindows, leastHistory } from '../windows.ts';
import { bandsOf } from './bands.ts';
import type { Layout } from './covariates.ts';
import { checkFrequency } from './frequency.ts';
import { checkOptions } from './refused.ts';
import { type Sequence, sequencesOf } from './sequences.ts';
import { forecastWindows, type Window } from './windows.ts';

type Cut = (sequence: Sequence, index: number) => Window[];

/** Every observation after the first season, by the forecast that was made one period before. */
export const answerAnomalies = (
  dependencies: ForecastDependencies,
  request: NixtlaAnomalyRequest,
): Promise<NixtlaAnomalies> =>
  judge(dependencies, request, {}, (model) => {
    const least = leastHistory(model);
    return (sequence) =>
      Array.from({ length: Math.max(0, sequence.target.length - least) }, (_, i) => ({
        sequence,
        rows: least + i,
        steps: 1,
      }));
  });

/** The last observations, by forecasts that were made every `step_size` periods. */
export const answerOnlineAnomalies = (
  dependencies: ForecastDependencies,
  request: NixtlaOnlineAnomalyRequest,
): Promise<NixtlaAnomalies> =>
  judge(dependencies, request, { historic: request.hist_exog }, (model) => {
    const { h, detection_size: size } = request;
    at('h', () => checkHorizon(model.shape, h));
    const step = request.step_size ?? h;
    if (step > h) {
      throw refused('step_size', {
        rule: `step_size must be at most h (${h}): observations between two windows would have no forecast`,
        received: String(step),
        remedy: 'ask for a smaller step_size, or leave it out',
      });
    }
    return (sequence, index) => endOf(sequence, index, size, step);
  });

function endOf(sequence: Sequence, index: number, size: number, step: number): Window[] {
  const { length } = sequence.target;
  if (length <= size) {
    throw refused(`series.sizes[${index}]`, {
      rule: `a series must have more observations than are to be judged (${size})`,
      received: String(length),
      remedy: 'ask for a smaller detection_size, or leave out the short series',
    });
  }
  return Array.from({ length: Math.ceil(size / step) }, (_, i) => ({
    sequence,
    rows: length - size + i * step,
    steps: Math.min(step, size - i * step),
  }));
}

async function judge(
  dependencies: ForecastDependencies,
  request: NixtlaAnomalyRequest | NixtlaOnlineAnomalyRequest,
  layout: Layout,
  cutOf: (model: OpenModel) => Cut,
): Promise<NixtlaAnomalies> {
  const { model: name, series, level, freq } = request;
  checkOptions(request);
  return withModel(dependencies, name, series.sizes.length, async (model) => {
    checkFrequency(model.description.frequency, freq);
    const bands = bandsOf(model.shape.levels, [level]);
    const sequences = sequencesOf(model, series, layout);
    const windows = sequences.flatMap(cutOf(model));
    checkWindows(
      windows.length,
      'series.sizes',
      'send fewer or shorter series at a time, or judge only their ends',
    );
    checkSize(windows.reduce((sum, { steps }) => sum + steps, 0) * 7, {
      largest: dependencies.largestAnswer,
    });
    const answer = await forecastWindows(model, sequences, windows, bands);
    return { ...answer, ...judged(series.y, answer, level), accumulated_anomaly_score: null };
  });
}

interface Judgeable {
  readonly idxs: readonly number[];
  readonly mean: readonly number[];
  readonly intervals: Readonly<Record<string, readonly number[]>>;
}

/** A missing observation is no anomaly and has no score. */
function judged(y: Float64Array, { idxs, mean, intervals }: Judgeable, level: number) {
  const low = intervals[`lo-${level}`] ?? [];
  const high = intervals[`hi-${level}`] ?? [];
  const scores = idxs.map((place, i) => scoreOf(y[place], { low: low[i], median: mean[i], high: high[i] }));
  return {
    anomaly: scores.map((score) => score > 1),
    anomaly_score: scores.map((score) => (Number.isFinite(score) ? score : null)),
  };
}
