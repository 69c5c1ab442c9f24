import {
  readCurrent,
  readDescription,
  readSeries,
  type SeriesRecord,
  searchItems,
} from '../../bundle/index.ts';
import { shapeOf } from '../../forecast/index.ts';
import { isoPeriod, printFrequency } from '../../frequency/index.ts';
import { historyOfRecord } from '../../serve/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';
import type { Item } from '../routes/items.ts';
import { checkSize, unknownModel } from './forecast.ts';
import { notStored } from './unknown-item.ts';

interface Search {
  readonly prefix: string;
  readonly limit: number;
  readonly after?: string | undefined;
  readonly before?: string | undefined;
}

/** @throws Refusal where no version serves */
export async function listItems(
  store: ObjectStore,
  model: string,
  { prefix, limit, after, before }: Search,
): Promise<{ items: string[]; next: string | null }> {
  if (!(await readCurrent(store, model))) throw unknownModel(model);
  const { items, next } = await searchItems(store, model, {
    ...{ prefix, limit },
    ...(after !== undefined && { after }),
    ...(before !== undefined && { before }),
  });
  return { items: [...items], next };
}

/** What is stored of an item, as the columns of the version that serves. */
export async function itemHistory(
  store: ObjectStore,
  model: string,
  { item, last }: { readonly item: string; readonly last?: number | undefined },
): Promise<Item> {
  const current = await readCurrent(store, model);
  if (!current) throw unknownModel(model);
  const [description, record] = await Promise.all([
    readDescription(store, keys.model(model, current.version)),
    storedItem(store, model, item),
  ]);
  const shape = shapeOf(description);
  const { start, history, known, past, statics = {} } = historyOfRecord(record, shape);
  const { channels, covariates, frequency } = description;
  const rows = history.length / channels.length;
  const from = Math.max(0, rows - (last ?? rows));
  const to = rows + stepsAhead(known, rows, shape.known);
  const columns = 1 + channels.length + shape.known + shape.past;
  checkSize((to - from) * columns, {
    what: 'timestamps and values',
    remedy: 'ask for fewer periods by `last`',
  });
  const timestamps = Array.from({ length: to - from }, (_, i) => isoPeriod(frequency, start + from + i));
  return {
    ...{ model, item, frequency: printFrequency(frequency) },
    start: isoPeriod(frequency, start + from),
    timestamps,
    target: columnsOf(channels, history, from, rows),
    known: columnsOf(covariates.known, known, from, to),
    past: columnsOf(covariates.past, past, from, rows),
    static: { ...statics },
  };
}

/** @throws Refusal where nothing is stored of the item */
export async function storedItem(store: ObjectStore, dataset: string, item: string): Promise<SeriesRecord> {
  const record = (await readSeries(store, dataset, [item])).get(item);
  if (record) return record;
  throw notStored(dataset, item);
}

/** Periods after the last observation of which some covariate is known. */
function stepsAhead(known: Float64Array | undefined, rows: number, width: number): number {
  const last = known?.findLastIndex((value) => !Number.isNaN(value)) ?? -1;
  return last < 0 ? 0 : Math.max(0, Math.floor(last / width) + 1 - rows);
}

/** Rows of `[time, column]` as lists by name; JSON has null for what is missing. */
function columnsOf(
  names: readonly string[],
  data: Float64Array | undefined,
  from: number,
  to: number,
): Record<string, (number | null)[]> {
  const column = (c: number) =>
    Array.from({ length: to - from }, (_, i) => numberOrNull(data?.[(from + i) * names.length + c]));
  return Object.fromEntries(names.map((name, c) => [name, column(c)]));
}

export const numberOrNull = (value = Number.NaN): number | null => (Number.isFinite(value) ? value : null);
