import {
  readCurrent,
  readDescription,
  readSeries,
  type SeriesRecord,
  searchItems,
} from '../../bundle/index.ts';
import { isoPeriod, printFrequency } from '../../frequency/index.ts';
import { historyOfRecord, shapeOf } from '../../serve/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';
import type { Item } from '../routes/items.ts';
import { unknownModel } from './forecast.ts';
import { unknownItem } from './unknown-item.ts';

interface Search {
  readonly prefix: string;
  readonly limit: number;
  readonly after?: string | undefined;
}

/** @throws Refusal where no version serves */
export async function listItems(
  store: ObjectStore,
  model: string,
  { prefix, limit, after }: Search,
): Promise<{ items: string[]; next: string | null }> {
  if (!(await readCurrent(store, model))) throw unknownModel(model);
  const { items, next } = await searchItems(store, model, {
    ...{ prefix, limit },
    ...(after !== undefined && { after }),
  });
  return { items: [...items], next };
}

/** What is stored of an item, as the columns of the version that serves. */
export async function itemHistory(store: ObjectStore, model: string, name: string): Promise<Item> {
  const current = await readCurrent(store, model);
  if (!current) throw unknownModel(model);
  const [description, record] = await Promise.all([
    readDescription(store, keys.model(model, current.version)),
    storedItem(store, model, name),
  ]);
  const shape = shapeOf(description);
  const { start, history, known, past, statics = {} } = historyOfRecord(record, shape);
  const { channels, covariates, frequency } = description;
  const rows = history.length / channels.length;
  const ahead = stepsAhead(known, rows, shape.known);
  const periods = rows + ahead;
  return {
    model,
    item: name,
    frequency: printFrequency(frequency),
    start: isoPeriod(frequency, start),
    timestamps: Array.from({ length: periods }, (_, i) => isoPeriod(frequency, start + i)),
    target: columnsOf(channels, history),
    known: columnsOf(covariates.known, known?.subarray(0, periods * shape.known)),
    past: columnsOf(covariates.past, past),
    static: { ...statics },
  };
}

/** @throws Refusal where nothing is stored of the item */
export async function storedItem(store: ObjectStore, dataset: string, item: string): Promise<SeriesRecord> {
  const record = (await readSeries(store, dataset, [item])).get(item);
  if (record) return record;
  throw unknownItem(dataset, item, 'item');
}

/** Periods after the last observation of which some covariate is known. */
function stepsAhead(known: Float64Array | undefined, rows: number, width: number): number {
  const last = known?.findLastIndex((value) => !Number.isNaN(value)) ?? -1;
  return last < 0 ? 0 : Math.max(0, Math.floor(last / width) + 1 - rows);
}

/** `[time, column]` as lists by name; JSON has null for what is missing. */
function columnsOf(
  names: readonly string[],
  data: Float64Array = new Float64Array(),
): Record<string, (number | null)[]> {
  const rows = names.length === 0 ? 0 : data.length / names.length;
  return Object.fromEntries(
    names.map((name, column) => [
      name,
      Array.from({ length: rows }, (_, row) => numberOrNull(data[row * names.length + column])),
    ]),
  );
}

export const numberOrNull = (value = Number.NaN): number | null => (Number.isFinite(value) ? value : null);
