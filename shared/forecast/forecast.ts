import { show } from '../errors/index.ts';
import type { Session, Tensor } from '../graph/index.ts';
import { calendarRows, generatedColumns, setColumns } from './calendar.ts';
import { RequestError } from './errors.ts';
import { levelReader } from './quantiles.ts';
import type { ModelShape } from './shape.ts';
import { type StaticValues, staticTensors } from './statics.ts';

/** One item's newest observations. */
export interface ItemHistory {
  readonly item: string;
  /** The period index of the first row. */
  readonly start: number;
  /** `[time, channel]`, NaN where missing. */
  readonly history: Float64Array;
  /** `[time + horizon, known]`, NaN where not known; needed where the model has known covariates. */
  readonly known?: Float64Array;
  /** `[time, past]`, NaN where missing; not known at all where left out. */
  readonly past?: Float64Array;
  readonly statics?: StaticValues;
}

export interface ItemForecast {
  readonly item: string;
  /** The period index of the first step. */
  readonly start: number;
  /** `[horizon, channel, level]`, rising over the levels. */
  readonly quantiles: Float64Array;
  /** `[horizon, channel]` */
  readonly mean: Float64Array;
}

export interface ForecastOptions {
  /** Steps ahead, up to the model's. */
  readonly horizon?: number;
  readonly levels?: readonly number[];
}

/** Items in one run: enough to keep the matrix kernels busy, few enough to fit the cache. */
const batchSize = 128;

/**
 * Forecasts items with an opened model.
 *
 * @throws RequestError for a horizon or levels the model does not have
 */
export async function forecastItems(
  session: Session,
  model: ModelShape,
  items: readonly ItemHistory[],
  { horizon = model.horizon, levels = model.levels }: ForecastOptions = {},
): Promise<readonly ItemForecast[]> {
  checkHorizon(model, horizon);
  // Trained levels are what the graph gives: there is nothing to read between.
  const read = levels === model.levels ? null : levelReader(model.levels, levels);
  const forecasts: ItemForecast[] = [];
  for (let from = 0; from < items.length; from += batchSize) {
    const batch = items.slice(from, from + batchSize);
    const { quantiles, mean } = await session.run(feeds(model, batch));
    if (!quantiles || !mean) throw new TypeError('a forecaster has quantiles and a mean');
    batch.forEach((item, i) => {
      forecasts.push(pick(model, item, i, { quantiles, mean }, horizon, read));
    });
  }
  return forecasts;
}

/** @throws RequestError for steps that the model does not have */
export function checkHorizon(model: ModelShape, horizon: number): void {
  if (Number.isInteger(horizon) && horizon >= 1 && horizon <= model.horizon) return;
  throw new RequestError({
    rule: `horizon must be 1..${model.horizon} (the model's)`,
    received: show(horizon),
    remedy: mended(horizon, model),
  });
}

function mended(horizon: number, model: ModelShape): string {
  if (!Number.isInteger(horizon)) return 'ask for whole steps';
  return horizon < 1
    ? 'ask for at least 1'
    : `train with a longer horizon or ask for at most ${model.horizon}`;
}

const rowsOf = (model: ModelShape, { history }: ItemHistory): number => history.length / model.channels;

/** Puts the newest `context` periods of each item at the end of its row, NaN before its start. */
function feeds(model: ModelShape, batch: readonly ItemHistory[]): Record<string, Tensor> {
  const { channels, known, past, horizon } = model;
  const time = model.context;
  const width = known + generatedColumns(model.calendar);
  const history = new Float64Array(batch.length * time * channels).fill(Number.NaN);
  const covariates = new Float64Array(batch.length * (time + horizon) * width).fill(Number.NaN);
  const pasts = new Float64Array(batch.length * time * past).fill(Number.NaN);
  const start = new BigInt64Array(batch.length);
  const calendar = model.calendar && calendarRows(model.calendar, time + horizon);
  batch.forEach((item, i) => {
    const rows = rowsOf(model, item);
    const skipped = Math.max(rows - time, 0);
    const lead = time - (rows - skipped);
    history.set(item.history.subarray(skipped * channels), (i * time + lead) * channels);
    if (known > 0 && item.known) {
      const given = item.known.subarray(skipped * known, (rows + horizon) * known);
      setColumns(covariates, given, { width, columns: known, row: i * (time + horizon) + lead, column: 0 });
    }
    if (calendar) {
      const made = calendar(item.start + skipped - lead);
      const columns = width - known;
      setColumns(covariates, made, { width, columns, row: i * (time + horizon), column: known });
    }
    if (past > 0 && item.past) {
      pasts.set(item.past.subarray(skipped * past, rows * past), (i * time + lead) * past);
    }
    start[i] = BigInt(item.start + skipped - lead);
  });
  return {
    history: { dtype: 'float64', shape: [batch.length, time, channels], data: history },
    start: { dtype: 'int64', shape: [batch.length], data: start },
    ...(width > 0 && {
      known: { dtype: 'float64' as const, shape: [batch.length, time + horizon, width], data: covariates },
    }),
    ...(past > 0 && {
      past: { dtype: 'float64' as const, shape: [batch.length, time, past], data: pasts },
    }),
    ...staticTensors(
      model.statics,
      batch.map(({ statics = {} }) => statics),
    ),
  };
}

function pick(
  model: ModelShape,
  item: ItemHistory,
  place: number,
  { quantiles, mean }: { readonly quantiles: Tensor; readonly mean: Tensor },
  horizon: number,
  read: ReturnType<typeof levelReader> | null,
): ItemForecast {
  const { channels, levels } = model;
  const trained = quantiles.data as Float64Array;
  const means = mean.data as Float64Array;
  const first = place * model.horizon * channels;
  const last = first + horizon * channels;
  const own = trained.subarray(first * levels.length, last * levels.length);
  const wanted = read ? readRows(own, levels.length, read) : own.slice();
  return {
    item: item.item,
    start: item.start + rowsOf(model, item),
    quantiles: wanted,
    mean: means.slice(first, last),
  };
}

/** The wanted levels of each row of trained ones, without a list of lists: exports read millions. */
function readRows(trained: Float64Array, levels: number, read: ReturnType<typeof levelReader>): Float64Array {
  const rows = trained.length / levels;
  let wanted: Float64Array | null = null;
  for (let row = 0; row < rows; row++) {
    const found = read(trained.subarray(row * levels, (row + 1) * levels));
    wanted ??= new Float64Array(rows * found.length);
    wanted.set(found, row * found.length);
  }
  return wanted ?? new Float64Array();
}
