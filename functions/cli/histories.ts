import type { BundleDescription, SeriesRecord } from '../../shared/bundle/index.ts';
import {
  emptyPanel,
  itemFuture,
  itemKnown,
  itemLength,
  itemPast,
  itemStatics,
  itemTarget,
  type Panel,
  readColumns,
  readDataset,
  readFuture,
} from '../../shared/dataset/index.ts';
import type { Configuration } from '../../shared/documents/index.ts';
import { checkKnown, type ItemHistory, type ModelShape, RequestError } from '../../shared/forecast/index.ts';
import { readOptions, seriesOf } from '../../shared/jobs/index.ts';
import { historyOfRecord } from '../../shared/serve/index.ts';

export interface HistoryFiles {
  /** Newer observations, in the form of the training data; else what is stored is read. */
  readonly history?: readonly string[];
  /** Known covariates after the end; where the data had a related table, also the past ones. */
  readonly future?: readonly string[];
  /** What describes items as a whole. */
  readonly items?: readonly string[];
}

/** What the items looked like last, from files or from what is stored beside the bundle. */
export async function readHistories(
  description: BundleDescription,
  model: ModelShape,
  files: HistoryFiles,
  stored: () => Promise<readonly SeriesRecord[]>,
): Promise<readonly ItemHistory[]> {
  const items = files.history
    ? completeHistories(description, await readPanel(description, model, files.history, files))
    : await storedHistories(description, model, files.future, await stored());
  if (items.length === 0) {
    throw new RequestError({
      rule: 'there must be observations to forecast from',
      received: 'none beside the bundle',
      remedy: 'give them with --history',
    });
  }
  const known = { names: description.covariates.known, remedy: 'give them with --future' };
  for (const item of items) checkKnown(item, model, known);
  return items;
}

async function readPanel(
  description: BundleDescription,
  model: ModelShape,
  history: readonly string[],
  { future = [], items = [] }: HistoryFiles,
): Promise<Panel> {
  const { covariates, channels, configuration, frequency } = description;
  const options = readOptions({ ...(configuration as Configuration), frequency: undefined });
  const present: string[] = [];
  for (const files of [history, future, items]) {
    if (files.length > 0) present.push(...(await readColumns(files, options)));
  }
  for (const name of covariates.known) if (!present.includes(name)) throw unknownAhead(name);
  const names = covariates.static.map(({ name }) => name);
  // Covariates that the file does not have are not known, but for those that are known ahead.
  const { panel } = await readDataset(history, {
    ...options,
    known: covariates.known,
    past: covariates.past.filter((name) => present.includes(name)),
    static: names.filter((name) => present.includes(name)),
    ...(channels.length > 1 && { target: channels }),
    frequency,
    horizon: model.horizon,
    related: future,
    items,
  });
  return panel;
}

/** Items of a file with their covariates, in the order in which the bundle has them; NaN for those it lacks. */
function completeHistories({ covariates }: BundleDescription, panel: Panel): readonly ItemHistory[] {
  return historiesOf(panel).map((one, i) => ({
    ...one,
    ...(one.known && {
      known: inOrder(
        one.known,
        panel.known.names,
        covariates.known,
        itemLength(panel, i) + panel.known.horizon,
      ),
    }),
    past: inOrder(itemPast(panel, i), panel.past.names, covariates.past, itemLength(panel, i)),
    statics: itemStatics(panel, i),
  }));
}

/** Columns, `[rows, names]`, in another order; NaN for those that there are not. */
function inOrder(
  values: Float64Array,
  names: readonly string[],
  wanted: readonly string[],
  rows: number,
): Float64Array {
  const places = wanted.map((name) => names.indexOf(name));
  const ordered = new Float64Array(rows * places.length).fill(Number.NaN);
  for (let at = 0; at < ordered.length; at++) {
    const place = places[at % places.length] ?? -1;
    if (place >= 0) ordered[at] = values[Math.floor(at / places.length) * names.length + place] ?? Number.NaN;
  }
  return ordered;
}

const unknownAhead = (name: string) =>
  new RequestError({
    rule: `the known covariate ${name} must be among the columns`,
    received: 'no such column',
    remedy: 'give it with --history or --future',
  });

const historiesOf = (panel: Panel): readonly ItemHistory[] =>
  seriesOf(panel).map(({ item, start, target, known }) => ({ item, start, history: target, known }));

/** Stored items; with a future file they become a panel, so that the file is read and checked as always. */
async function storedHistories(
  description: BundleDescription,
  model: ModelShape,
  future: readonly string[] | undefined,
  records: readonly SeriesRecord[],
): Promise<readonly ItemHistory[]> {
  const items = records.map((record) => historyOfRecord(record, model));
  if (!future) return items;
  const rows = items.map(({ history }) => history.length / model.channels);
  const panel = emptyPanel({
    items: items.map(({ item }) => item),
    channels: description.channels,
    frequency: description.frequency,
    start: Float64Array.from(items, ({ start }) => start),
    lengths: rows,
    known: description.covariates.known,
    horizon: model.horizon,
    past: [],
  });
  items.forEach(({ history, known }, i) => {
    const ahead = (rows[i] ?? 0) * model.known;
    itemTarget(panel, i).set(history);
    if (!known) return;
    itemKnown(panel, i).set(known.subarray(0, ahead));
    itemFuture(panel, i).set(known.subarray(ahead));
  });
  const ahead = historiesOf(await readFuture(panel, future, { horizon: model.horizon }));
  return ahead.map((one, i) => ({ ...items[i], ...one }));
}
