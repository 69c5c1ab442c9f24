import { type App, everybody, forecastApi } from '../../shared/api/index.ts';
import { promote, readCurrent, updateSeries, writeBundle } from '../../shared/bundle/index.ts';
import { createExport, type Export, newExport, type Quality } from '../../shared/documents/index.ts';
import { exportForecaster, type ForecasterSettings } from '../../shared/model/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import { keys, type ObjectStore } from '../../shared/store/index.ts';
import { parts } from '../bundle/support.ts';
import { movedParameters, seasonal, tinySettings } from '../support/forecaster.ts';

export type Body = Readonly<Record<string, unknown>>;

/** Sends JSON, or asks without a body. */
export async function ask(
  app: App,
  method: string,
  path: string,
  { body, token, headers = {} }: { body?: unknown; token?: string; headers?: Record<string, string> } = {},
) {
  const response = await app.request(path, {
    method,
    headers: {
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...headers,
    },
    ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = /json/.test(response.headers.get('content-type') ?? '');
  const read = isJson && text !== '' ? JSON.parse(text) : text || null;
  return { status: response.status, headers: response.headers, body: read };
}

export interface Published {
  readonly version: string;
  readonly context: number;
}

/** A version of a tiny forecaster with moved parameters, hourly at a quarter past; it becomes the champion. */
export async function publish(
  store: ObjectStore,
  dataset: string,
  {
    channels = ['target'],
    known = [] as string[],
    past = [] as string[],
    unused,
    seed = 1,
    files = {},
    ...more
  }: Options = {},
): Promise<Published> {
  const settings = tinySettings({
    channels: channels.length,
    known: known.length,
    past: past.length,
    ...more,
  });
  const { description } = parts(seed);
  const { context } = settings;
  const version = await writeBundle(store, keys.models(dataset), {
    files,
    forecaster: await exportForecaster([{ settings, parameters: movedParameters(settings) }], [1, 1, 1], {}),
    description: {
      ...description,
      dataset,
      features: [],
      frequency: { unit: 'hour', multiple: 1, offset: 900_000, day: 1, time: 0 },
      horizon: settings.horizon,
      context,
      channels,
      layout: channels.length > 1 ? 'wide' : 'long',
      covariates: {
        known,
        past,
        static: settings.statics.map((one) =>
          one.kind === 'number' ? { name: one.name, kind: one.kind } : { ...one, values: [...one.values] },
        ),
        ...(unused && { unused }),
      },
    },
  });
  const from = await readCurrent(store, dataset);
  await promote(store, dataset, { version, reason: `seed ${seed}`, from });
  return { version, context };
}

interface Options extends Partial<Omit<ForecasterSettings, 'channels' | 'known' | 'past'>> {
  readonly channels?: string[];
  readonly known?: string[];
  readonly past?: string[];
  readonly unused?: string[];
  readonly seed?: number;
  /** Further files of the bundle. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
}

/** Stored observations of an item: 20 hours up to period `last`. */
export async function observe(
  store: ObjectStore,
  dataset: string,
  item: string,
  { last = 480_000, known }: { last?: number; known?: readonly number[] } = {},
): Promise<readonly number[]> {
  const values = seasonal(20, item.length);
  const nothing = { last: 0, width: 0, data: new Float64Array(0) };
  await updateSeries(
    store,
    dataset,
    [
      {
        item,
        target: { last, width: 1, data: Float64Array.from(values) },
        past: nothing,
        known: known ? { last: last - 20 + known.length, width: 1, data: Float64Array.from(known) } : nothing,
        statics: {},
      },
    ],
    { context: 100 },
  );
  return values;
}

export const forecasting = (store: ObjectStore, more = {}): App =>
  forecastApi({ store, champions: createChampions(store, { refresh: 0 }), authenticate: everybody, ...more });

/** What a job found in its data. */
export const quality: Quality = {
  ...{ items: 2, channels: ['target'], rows: 10, periods: 11, gaps: 1, missingShare: 0.1 },
  ...{ first: '2024-01-01 00:00:00', last: '2024-01-01 05:00:00', frequency: '1h', confidence: 0.9 },
  ...{ season: 24, suggestedHorizon: 24, duplicatesMerged: 0, constantItems: 0, negative: 0, zero: 3 },
  ...{ aggregated: 0, filled: 0, intermittentItems: 0, shortItems: 0, endedItems: 0 },
  ...{ mostMissing: [], outliers: null, levelShifts: null, leaks: [] },
  shortest: { item: 'a', periods: 5 },
  longest: { item: 'b', periods: 6 },
  roles: {
    item: { column: 'item', because: 'its name' },
    time: { column: 'time', because: 'its name' },
    target: { column: ['target'], because: 'its name' },
    ...{ known: [], past: [], static: [], ignored: [] },
  },
  future: { periods: 0, missing: 0 },
};

/** An export that has ended, with one file. */
export async function putExport(
  store: ObjectStore,
  model: string,
  more: Partial<Export> = {},
): Promise<Export> {
  const asked = { model, version: 'v', format: 'csv' as const, horizon: 3, quantiles: [0.5] };
  const document: Export = {
    ...newExport(asked, new Date('2026-05-01T12:00:00Z')),
    ...{ export: `export-of-${model}`, status: 'done', progress: 1, items: 1 },
    files: [{ file: 'part-00000.csv', size: 5, items: 1 }],
    ...more,
  };
  await createExport(store, document);
  await store.put(keys.exportFile(model, document.export, 'part-00000.csv'), Buffer.from('item\n'));
  return document;
}
