import {
  checkHorizon,
  forecastItems,
  type ItemHistory,
  levelReader,
  seriesForecasts,
} from '../../forecast/index.ts';
import { isoPeriod, printFrequency } from '../../frequency/index.ts';
import type { Champions, OpenModel } from '../../serve/index.ts';
import type { ObjectStore } from '../../store/index.ts';
import { at, Refusal } from '../problem.ts';
import type { ForecastAnswer, ForecastRequest } from '../routes/forecast.ts';
import { historiesOf } from './histories.ts';

/** What is known of an answered forecast, for metrics. */
export interface ForecastEvent {
  readonly model: string;
  readonly version: string;
  readonly items: number;
  readonly milliseconds: number;
  /** Whether the session was open already. */
  readonly cached: boolean;
  /** When the version became the champion, in ISO 8601, where that is known. */
  readonly since: string | null;
}

export interface ForecastDependencies {
  readonly store: ObjectStore;
  readonly champions: Champions;
  /** Numbers in one answer at most: what can be sent is limited. Default: 200,000, about 4 MB. */
  readonly largestAnswer?: number;
  readonly onForecast?: (event: ForecastEvent) => void;
}

const defaultLargest = 200_000;

export async function answerForecast(
  dependencies: ForecastDependencies,
  name: string,
  request: ForecastRequest,
): Promise<ForecastAnswer> {
  const { store, largestAnswer } = dependencies;
  const items = request.series.length + request.items.length;
  return withModel(dependencies, name, items, (model) => forecastWith(store, model, request, largestAnswer));
}

/**
 * Does `work` with the model that serves under a name, and tells of it when it is done.
 *
 * @param items how many series are forecast, for metrics
 * @throws Refusal where no version serves
 */
export async function withModel<T>(
  { champions, onForecast }: Omit<ForecastDependencies, 'store'>,
  name: string,
  items: number,
  work: (model: OpenModel) => Promise<T>,
): Promise<T> {
  const began = performance.now();
  const done = await champions.use(name, async (model, lent) => {
    const answer = await work(model);
    const { version } = model;
    onForecast?.({ model: name, version, items, milliseconds: performance.now() - began, ...lent });
    return { answer };
  });
  if (done) return done.answer;
  throw unknownModel(name);
}

async function forecastWith(
  store: ObjectStore,
  model: OpenModel,
  request: ForecastRequest,
  largest: number | undefined,
): Promise<ForecastAnswer> {
  const items = request.series.length + request.items.length;
  const options = optionsOf(model, request, { items, largest });
  return shownForecasts(model, await historiesOf(store, model, request), options);
}

interface Wanted {
  readonly horizon?: number | undefined;
  readonly quantiles?: readonly number[] | undefined;
}

interface Options {
  readonly horizon: number;
  readonly levels: readonly number[];
}

/** What a request wants forecast of each item, with the model's defaults. @throws Refusal for what it cannot have */
export function optionsOf(
  { shape }: OpenModel,
  { horizon = shape.horizon, quantiles: levels = shape.levels }: Wanted,
  { items, largest }: { readonly items: number; readonly largest: number | undefined },
): Options {
  at('horizon', () => checkHorizon(shape, horizon));
  at('quantiles', () => levelReader(shape.levels, levels));
  checkSize(items * shape.channels * horizon * (levels.length + 2), { largest });
  return { horizon, levels };
}

/** Forecasts as an answer shows them. */
export async function shownForecasts(
  { description, shape, session, version, dataset }: OpenModel,
  histories: readonly ItemHistory[],
  { horizon, levels }: Options,
): Promise<ForecastAnswer> {
  const forecasts = await forecastItems(session, shape, histories, { horizon, levels });
  return {
    model: dataset,
    version,
    frequency: printFrequency(description.frequency),
    forecasts: seriesForecasts(description, forecasts, isoPeriod).map(({ quantiles, ...forecast }) => ({
      ...forecast,
      quantiles: levels.map((level, i) => ({ level, values: quantiles[i] ?? [] })),
    })),
  };
}

interface Answer {
  readonly largest?: number | undefined;
  readonly what?: string;
  /** How it gets smaller. */
  readonly remedy?: string;
}

/** @param size numbers and timestamps in an answer */
export function checkSize(
  size: number,
  {
    largest = defaultLargest,
    what = 'timestamps, means and quantiles',
    remedy = 'ask for fewer items at a time, fewer steps or fewer quantiles',
  }: Answer = {},
): void {
  if (size <= largest) return;
  throw new Refusal('ANSWER_TOO_LARGE', {
    rule: `an answer may have at most ${largest} ${what}`,
    received: String(size),
    remedy,
  });
}

export const unknownModel = (name: string) =>
  new Refusal(
    'UNKNOWN_MODEL',
    {
      rule: 'a model must have a version that serves',
      received: name,
      remedy: 'GET /v1/models lists those that have; uploading data to the dataset of this name makes one',
    },
    { path: 'model' },
  );
