import type { BundleDescription, SeriesRecord } from '../../shared/bundle/index.ts';
import {
  emptyPanel,
  itemFuture,
  itemKnown,
  itemTarget,
  type Panel,
  readDataset,
  readFuture,
} from '../../shared/dataset/index.ts';
import type { Configuration } from '../../shared/documents/index.ts';
import { readOptions, seriesOf } from '../../shared/jobs/index.ts';
import {
  checkKnown,
  historyOfRecord,
  type ItemHistory,
  type ModelShape,
  RequestError,
} from '../../shared/serve/index.ts';

export interface HistoryFiles {
  /** Newer observations, in the form of the training data; else what is stored is read. */
  readonly history?: readonly string[];
  /** Known covariates after the end. */
  readonly future?: readonly string[];
}

/** What the items looked like last, from files or from what is stored beside the bundle. */
export async function readHistories(
  description: BundleDescription,
  model: ModelShape,
  files: HistoryFiles,
  stored: () => Promise<readonly SeriesRecord[]>,
): Promise<readonly ItemHistory[]> {
  const items = files.history
    ? historiesOf(await readPanel(description, model, files.history, files.future))
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

function readPanel(
  description: BundleDescription,
  model: ModelShape,
  history: readonly string[],
  future: readonly string[] | undefined,
): Promise<Panel> {
  const { covariates, channels, configuration, frequency } = description;
  const options = readOptions({ ...(configuration as Configuration), frequency: undefined });
  return readDataset(history, {
    ...options,
    known: covariates.known,
    ...(channels.length > 1 && { target: channels }),
    frequency,
    horizon: model.horizon,
    ...(future && { future }),
  }).then(({ panel }) => panel);
}

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
  return historiesOf(await readFuture(panel, future, { horizon: model.horizon }));
}
