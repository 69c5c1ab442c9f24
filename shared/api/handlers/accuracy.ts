import { readAccuracy, readCurrent, readItemAccuracy, type StoredItemAccuracy } from '../../bundle/index.ts';
import { show } from '../../errors/index.ts';
import { type Frequency, isoPeriod, printFrequency } from '../../frequency/index.ts';
import { keys, type ObjectStore } from '../../store/index.ts';
import { Refusal } from '../problem.ts';
import type { Accuracy, ItemAccuracies, ItemAccuracy } from '../routes/accuracy.ts';
import { unknownModel } from './forecast.ts';
import { checkFile } from './model-changes.ts';

interface Asked {
  readonly model: string;
  readonly version?: string | undefined;
}

/** How good a version was in its backtest. @throws Refusal where there is no such version, or it does not say */
export async function accuracyOf(store: ObjectStore, asked: Asked): Promise<Accuracy> {
  const { version, description, accuracy } = await found(store, asked);
  const { items, steps, calibration, residuals } = accuracy;
  return {
    ...{ model: asked.model, version },
    ...{ frequency: printFrequency(description.frequency), season: description.season },
    ...{ items, steps, calibration, residuals },
  };
}

/** A page of the items that are forecast worst. @throws Refusal as `accuracyOf`, and for a cursor that is none */
export async function listItemAccuracies(
  store: ObjectStore,
  asked: Asked,
  { limit, after }: { readonly limit: number; readonly after?: string | undefined },
): Promise<ItemAccuracies> {
  const { version, accuracy } = await found(store, asked);
  const { worst } = accuracy;
  const from = after === undefined ? 0 : fromCursor(after, worst.length);
  const next = from + limit < worst.length ? String(from + limit) : null;
  return { model: asked.model, version, items: worst.slice(from, from + limit), next };
}

/** One item in a version's backtest. @throws Refusal as `accuracyOf`, and where it was not scored */
export async function itemAccuracyOf(store: ObjectStore, asked: Asked, item: string): Promise<ItemAccuracy> {
  const { version, description, accuracy } = await found(store, asked);
  const { shards, intervals } = accuracy;
  const stored = await readItemAccuracy(store, keys.model(asked.model, version), { item, shards });
  if (!stored) throw notScored(asked.model, version, item);
  const { frequency, channels, levels } = description;
  return {
    ...{ model: asked.model, version, frequency: printFrequency(frequency), item },
    channels: stored.channels.map(({ coverage, windows, ...scores }, c) => ({
      channel: channels[c] ?? '',
      ...scores,
      coverage: intervals.map((interval, i) => ({ interval, share: coverage[i] ?? null })),
      windows: windows.map((window) => shownWindow(window, frequency, levels)),
    })),
  };
}

async function found(store: ObjectStore, { model, version: wanted }: Asked) {
  const version = wanted ?? (await readCurrent(store, model))?.version;
  if (version === undefined) throw unknownModel(model);
  if (wanted !== undefined) await checkFile(store, model, version, 'bundle.json');
  const { description, accuracy } = await readAccuracy(store, keys.model(model, version));
  if (!accuracy) throw notKept();
  return { version, description, accuracy };
}

type StoredWindow = StoredItemAccuracy['channels'][number]['windows'][number];

const shownWindow = (
  { origin, observed, mean, quantiles }: StoredWindow,
  frequency: Frequency,
  levels: readonly number[],
) => ({
  origin: isoPeriod(frequency, origin),
  timestamps: observed.map((_, step) => isoPeriod(frequency, origin + 1 + step)),
  observed,
  mean,
  quantiles: levels.map((level, i) => ({ level, values: quantiles[i] ?? [] })),
});

/** A position in the list, which is as immutable as its version. */
function fromCursor(after: string, length: number): number {
  const position = /^\d+$/.test(after) ? Number(after) : Number.NaN;
  if (position > 0 && position < length) return position;
  throw new Refusal(
    'REQUEST',
    {
      rule: 'after must be what next said',
      received: after,
      remedy: 'leave it out to begin at the start',
    },
    { path: 'after' },
  );
}

const notKept = () =>
  new Refusal(
    'UNKNOWN_ACCURACY',
    {
      rule: 'the version must have been made by a Tidecast that keeps its accuracy',
      received: 'one of before',
      remedy: 'train again; its metrics are in GET /v1/models/{model}/versions',
    },
    { path: 'version' },
  );

const notScored = (model: string, version: string, item: string) =>
  new Refusal(
    'NOT_SCORED',
    {
      rule: `item must be one that the backtest of ${model}, version ${version}, has scored`,
      received: show(item),
      remedy: 'name an item that was long enough to hold a window out when the version was made',
    },
    { path: 'item' },
  );
