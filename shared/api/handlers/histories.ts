import { readSeries } from '../../bundle/index.ts';
import { type Complaint, show } from '../../errors/index.ts';
import { type Assumed, assumed, checkKnown, type ItemHistory } from '../../forecast/index.ts';
import { parsePeriod } from '../../frequency/index.ts';
import { historyOfRecord, type OpenModel } from '../../serve/index.ts';
import type { ObjectStore } from '../../store/index.ts';
import { at, refused } from '../problem.ts';
import type { ForecastRequest, SeriesInput } from '../routes/forecast.ts';
import { pastOf, refuseKnown, sideBySide, staticsOf, targetOf } from './columns.ts';
import { unknownItem } from './unknown-item.ts';
import { checkAssumed } from './what-if.ts';

interface Needs {
  /** Whether known covariates must be there after the last observation. Default: they must. */
  readonly ahead?: boolean;
}

/** What a request is about: its own series first, then the items that it names. */
export async function historiesOf(
  store: ObjectStore,
  model: OpenModel,
  { series, items, known = {} }: Pick<ForecastRequest, 'series' | 'items' | 'known'>,
  needs: Needs = {},
): Promise<readonly ItemHistory[]> {
  if (series.length + items.length === 0) {
    throw refused('series', {
      rule: 'a request must have series or items',
      received: 'none',
      remedy: 'add series with their observations, or items of the dataset by name',
    });
  }
  checkNames(
    [
      ...series.map(({ item }, i) => ({ item, path: `series[${i}].item` })),
      ...items.map((item, i) => ({ item, path: `items[${i}]` })),
    ],
    {
      rule: 'each item must be asked for once, so that the answer can be told apart',
      remedy: 'leave one out, or give the series another name',
    },
  );
  const given = series.map((one, i) => historyOfSeries(model, one, `series[${i}]`, needs));
  checkAssumed(model, known, items);
  return [...given, ...(await storedHistories(store, model, { items, known }, needs))];
}

/** @throws Refusal, in these words, where an item is named twice */
export function checkNames(
  names: readonly { readonly item: string; readonly path: string }[],
  words: Pick<Complaint, 'rule' | 'remedy'>,
): void {
  const before = new Map<string, string>();
  for (const { item, path } of names) {
    const first = before.get(item);
    if (first) {
      throw refused(path, { ...words, received: `${show(item)}, as ${first} has it` });
    }
    before.set(item, path);
  }
}

/** A series of a request as the model reads it. @param path of the series, for what is refused */
export function historyOfSeries(
  model: OpenModel,
  { item, start, target, known, past, static: statics }: SeriesInput,
  path: string,
  { ahead = true }: Needs = {},
): ItemHistory {
  const { covariates } = model.description;
  const { rows, history } = targetOf(model, target, path);
  const given = {
    past: pastOf(model, past ?? {}, rows, path),
    statics: staticsOf(model, statics ?? {}, path),
  };
  const first = at(`${path}.start`, () => parsePeriod(model.description.frequency, start));
  if (covariates.known.length === 0) {
    refuseKnown(known ?? {}, `${path}.known`);
    return { item, start: first, history, ...given };
  }
  const beside = sideBySide(covariates.known, known ?? {}, rows + model.shape.horizon, {
    path: `${path}.known`,
    what: 'known covariates',
    length: `${rows + model.shape.horizon} values: ${rows} beside the observations, ${model.shape.horizon} after them (the model's horizon)`,
    remedy: 'give a number for each; null only beside the observations',
  });
  const complete = { item, start: first, history, known: beside, ...given };
  const remedy = 'give numbers for the periods after the last observation';
  if (ahead)
    at(`${path}.known`, () => checkKnown(complete, model.shape, { names: covariates.known, remedy }));
  return complete;
}

async function storedHistories(
  store: ObjectStore,
  { dataset, description, shape }: OpenModel,
  { items, known }: { readonly items: readonly string[]; readonly known: Assumed },
  { ahead = true }: Needs,
): Promise<readonly ItemHistory[]> {
  if (items.length === 0) return [];
  const records = await readSeries(store, dataset, items);
  const remedy = 'give them in `known`, or upload rows that have them';
  return items.map((item, i) => {
    const record = records.get(item);
    if (!record) throw unknownItem(dataset, item, `items[${i}]`);
    const history = assumed(historyOfRecord(record, shape), description.covariates.known, known);
    if (ahead)
      at(`items[${i}]`, () => checkKnown(history, shape, { names: description.covariates.known, remedy }));
    return history;
  });
}
