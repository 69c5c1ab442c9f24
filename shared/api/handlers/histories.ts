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

/** A series of a request as the model reads it. @param path of the series, for what is refused */
export function historyOfSeries(
  model: OpenModel,
  { item, start, target, known, past, static: statics }: SeriesInput,
  path: string,
): ItemHistory {
  const { channels, covariates } = model.description;
  const columns =
    target instanceof Float64Array ? { [singleChannel(channels, `${path}.target`)]: target } : target;
  const rows = Object.values(columns)[0]?.length ?? 0;
  const history = sideBySide(channels, columns, rows, {
    path: `${path}.target`,
    what: 'channels',
    length: `${rows} values, as many as the others`,
    remedy: 'write null for what is missing',
  });
  const given = {
    past: pastOf(model, past ?? {}, rows, path),
    statics: staticsOf(model, statics ?? {}, path),
  };
  const first = at(`${path}.start`, () => parsePeriod(model.description.frequency, start));
  if (covariates.known.length === 0) {
    if (Object.keys(known ?? {}).length === 0) return { item, start: first, history, ...given };
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
    remedy: 'give a number for each; null only beside the observations',
  });
  const complete = { item, start: first, history, known: beside, ...given };
  const remedy = 'give numbers for the periods after the last observation';
  at(`${path}.known`, () => checkKnown(complete, model.shape, { names: covariates.known, remedy }));
  return complete;
}

/** Past covariates beside the observations; those that are left out are not known. */
function pastOf(
  { description: { covariates } }: OpenModel,
  given: Readonly<Record<string, Float64Array>>,
  rows: number,
  path: string,
): Float64Array {
  const { past, unused = [] } = covariates;
  checkCovariates(Object.keys(given), past, unused, { path: `${path}.past`, kind: 'past' });
  const columns = past.map((name): readonly [string, Float64Array] => [
    name,
    Object.hasOwn(given, name)
      ? (given[name] ?? new Float64Array())
      : new Float64Array(rows).fill(Number.NaN),
  ]);
  return sideBySide(past, Object.fromEntries(columns), rows, {
    path: `${path}.past`,
    what: 'past covariates',
    length: `${rows} values, one beside each observation`,
    remedy: 'write null for what is missing',
  });
}

function staticsOf(
  { description: { covariates } }: OpenModel,
  given: NonNullable<SeriesInput['static']>,
  path: string,
): NonNullable<SeriesInput['static']> {
  const { static: known, unused = [] } = covariates;
  const names = known.map(({ name }) => name);
  checkCovariates(Object.keys(given), names, unused, { path: `${path}.static`, kind: 'static' });
  for (const { name, kind } of known) {
    const value = Object.hasOwn(given, name) ? given[name] : null;
    if (kind === 'category' || typeof value !== 'string') continue;
    throw refused(`${path}.static.${name}`, {
      rule: `${name} must be a number, or null where it is not known`,
      received: show(value),
      remedy: 'write a number',
    });
  }
  return given;
}

function checkCovariates(
  given: readonly string[],
  read: readonly string[],
  unused: readonly string[],
  { path, kind }: { readonly path: string; readonly kind: string },
): void {
  const unknown = given.find((name) => !read.includes(name) && !unused.includes(name));
  if (unknown === undefined) return;
  throw refused(`${path}.${unknown}`, {
    rule:
      read.length > 0
        ? `the model's ${kind} covariates are ${read.join(', ')}`
        : `${kind} covariates can be given to a model that was trained with some`,
    received: show(unknown),
    remedy: read.length > 0 ? 'name those' : `leave them out, or train with columns.${kind}`,
  });
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
  readonly remedy: string;
}

/** Columns by name as `[time, column]`, NaN where missing. */
function sideBySide(
  names: readonly string[],
  columns: Readonly<Record<string, Float64Array>>,
  rows: number,
  { path, what, length, remedy }: Wanted,
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
        remedy,
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
