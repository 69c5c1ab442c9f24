import { readBundle } from '../../shared/bundle/index.ts';
import { type ConfigurationInput, parseConfiguration, phases } from '../../shared/documents/index.ts';
import { forecastItems, type ItemForecast } from '../../shared/forecast/index.ts';
import { openSession } from '../../shared/graph/index.ts';
import {
  assemble,
  loadPrepared,
  modelShape,
  openMember,
  plan,
  trainMember,
} from '../../shared/jobs/index.ts';
import type { ForecasterSettings } from '../../shared/model/index.ts';
import { fileStore, keys } from '../../shared/store/index.ts';
import type { scratch } from './job.ts';

/** Daily series by name; an empty cell is a missing value. */
export type Daily = Readonly<Record<string, readonly (number | string)[]>>;

export interface Forecasts {
  of(item: string): ItemForecast;
  readonly settings: ForecasterSettings;
}

/** Trains on daily series in this process, and forecasts all of them from their ends with the bundle. */
export async function forecastsOf(
  folder: ReturnType<typeof scratch>,
  panel: Daily,
  configuration: ConfigurationInput,
): Promise<Forecasts> {
  const rows = Object.entries(panel).flatMap(([item, values]) =>
    values.map((y, t) => `${item},${new Date(Date.UTC(2000, 0, 1 + t)).toISOString().slice(0, 10)},${y}`),
  );
  const root = folder.root();
  const file = folder.table(`${['item_id,timestamp,target', ...rows].join('\n')}\n`);
  const store = fileStore(root);
  const names = { dataset: 'daily', job: 'j' };
  await plan({
    store,
    ...names,
    files: [file],
    configuration: parseConfiguration(configuration),
    parent: null,
  });
  const prepared = await loadPrepared(store, 'daily', 'j');
  const members = prepared.views.flatMap((view) => view.members);
  for (const phase of phases)
    for (const index of members.keys())
      await trainMember(await openMember(store, { ...names, index }), phase);
  const { version } = await assemble({ store, ...prepared });
  const { forecaster } = await readBundle(store, keys.model('daily', version));
  const { series, settings } = prepared;
  const session = await openSession(forecaster);
  const histories = series.map(({ item, start, target }) => ({ item, start, history: target }));
  const forecasts = await forecastItems(session, modelShape(settings), histories);
  await session.release();
  const of = (name: string): ItemForecast => {
    const found = forecasts.find(({ item }) => item === name);
    if (!found) throw new RangeError(`there is no forecast of ${name}`);
    return found;
  };
  return { of, settings };
}
