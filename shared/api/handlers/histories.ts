import { readSeries } from '../../bundle/index.ts';
import { show } from '../../errors/index.ts';
import { parsePeriod } from '../../frequency/index.ts';
import { checkKnown, historyOfRecord, type ItemHistory, type OpenModel } from '../../serve/index.ts';
import type { ObjectStore } from '../../store/index.ts';
import { at, Refusal } from '../problem.ts';
import type { ForecastRequest, SeriesInput } from '../routes/forecast.ts';

/** What a request wants forecast: its own series first, then the items that it names. */
export async function historiesOf(
  store: ObjectStore,
  model: OpenModel,
  { series, items }: ForecastRequest,
): Promise<readonly ItemHistory[]> {
  if (series.length + items.length === 0) {
    throw refused('series', {
      rule: 'a request must have series or items',
      received: 'none',
      remedy: 'add series with their observations, or items of the dataset by name',
    });
  }
  checkNames([
    ...series.map(({ item }, i) => ({ item, path: `series[${i}].item` })),
    ...items.map((item, i) => ({ item, path: `items[${i}]` })),
  ]);
  const given = series.map((one, i) => historyOfSeries(model, one, `series[${i}]`));
  return [...given, ...(await storedHistories(store, model, items))];
}

function checkNames(names: readonly { readonly item: string; readonly path: string }[]): void {
  const before = new Map<string, string>();
  for (const { item, path } of names) {
    const first = before.get(item);
    if (first) {
      throw refused(path, {
        rule: 'each item must be asked for once, so that the answer can be told apart',
        received: `${show(item)}, as ${first} has it`,
        remedy: 'leave one out, or give the series another name',
      });
    }
    before.set(item, path);
  }
}

function historyOfSeries(
  model: OpenModel,
  { item, start, target, known }: SeriesInput,
  path: string,
): ItemHistory {
  const { channels, covariates } = model.description;
  const columns =
    target instanceof Float64Array ? { [singleChannel(channels, `${path}.target`)]: target } : target;
  const rows = Object.values(columns)[0]?.length ?? 0;
  const history = sideBySide(channels, columns, rows, {
    path: `${path}.target`,
    what: 'channels',
    length: 'the same number of values',
  });
  const first = at(`${path}.start`, () => parsePeriod(model.description.frequency, start));
  if (covariates.known.length === 0) {
    if (Object.keys(known ?? {}).length === 0) return { item, start: first, history };
    throw refused(`${path}.known`, {
      rule: 'known covariates can be given to a model that was trained with some',
      received: Object.keys(known ?? {}).join(', '),
      remedy: 'leave them out, or train with columns.known',
    });
  }
  const beside = sideBySide(covariates.known, known ?? {}, rows + model.shape.horizon, {
    path: `${path}.known`,
    what: 'known covariates',
    length: `${rows + model.shape.horizon} values: ${rows} beside the observations, ${model.shape.horizon} after them (the model's horizon)`,
  });
  const complete = { item, start: first, history, known: beside };
  const remedy = 'give numbers for the periods after the last observation';
  at(`${path}.known`, () => checkKnown(complete, model.shape, { names: covariates.known, remedy }));
  return complete;
}

function singleChannel(channels: readonly string[], path: string): string {
  const [channel = ''] = channels;
  if (channels.length === 1) return channel;
  throw refused(path, {
    rule: `target must have a list for each of the model's channels: ${channels.join(', ')}`,
    received: 'one list',
    remedy: `write {${channels.map((name) => `${show(name)}: […]`).join(', ')}}`,
  });
}

interface Wanted {
  readonly path: string;
  readonly what: string;
  readonly length: string;
}

/** Columns by name as `[time, column]`, NaN where missing. */
function sideBySide(
  names: readonly string[],
  columns: Readonly<Record<string, Float64Array>>,
  rows: number,
  { path, what, length }: Wanted,
): Float64Array {
  const unknown = Object.keys(columns).find((name) => !names.includes(name));
  if (unknown !== undefined) {
    throw refused(`${path}.${unknown}`, {
      rule: `the model's ${what} are ${names.join(', ')}`,
      received: show(unknown),
      remedy: 'name those',
    });
  }
  const data = new Float64Array(rows * names.length);
  names.forEach((name, column) => {
    const values = Object.hasOwn(columns, name) ? columns[name] : undefined;
    if (values?.length !== rows) {
      throw refused(`${path}.${name}`, {
        rule: `${name} must have ${length}`,
        received: values ? `${values.length}` : 'none',
        remedy: 'write null for what is missing',
      });
    }
    values.forEach((value, row) => {
      data[row * names.length + column] = value;
    });
  });
  return data;
}

async function storedHistories(
  store: ObjectStore,
  { dataset, description, shape }: OpenModel,
  items: readonly string[],
): Promise<readonly ItemHistory[]> {
  if (items.length === 0) return [];
  const records = await readSeries(store, dataset, items);
  const remedy = 'send the item as series, with its known covariates, or upload rows that have them';
  return items.map((item, i) => {
    const record = records.get(item);
    if (!record) {
      throw new Refusal(
        'UNKNOWN_ITEM',
        {
          rule: `items must be items of ${dataset}`,
          received: show(item),
          remedy: 'mend the name, or send its observations as series',
        },
        { path: `items[${i}]` },
      );
    }
    const history = historyOfRecord(record, shape);
    at(`items[${i}]`, () => checkKnown(history, shape, { names: description.covariates.known, remedy }));
    return history;
  });
}

const refused = (path: string, complaint: ConstructorParameters<typeof Refusal>[1]) =>
  new Refusal('REQUEST', complaint, { path });
