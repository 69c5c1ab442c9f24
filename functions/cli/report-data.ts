import { everybody, localApi } from '../../shared/api/index.ts';
import { ApiError, type Client, createClient } from '../../shared/client/index.ts';
import { createChampions } from '../../shared/serve/index.ts';
import type { Report, ReportSeries } from '../../web/report/report-data.ts';
import { bundleStore } from './bundle-store.ts';

/** How many items are shown where none are named: the first by name, and those that are forecast worst. */
const shown = { first: 6, worst: 6 };

/**
 * What a report says of the bundle in a folder, asked of the API as a page would ask it.
 *
 * @param named items; else some are chosen
 * @throws BundleError for a damaged bundle, ApiError for items that are not there
 */
export async function collectReport(folder: string, named: readonly string[] | undefined): Promise<Report> {
  const { store, description } = await bundleStore(folder);
  const champions = createChampions(store);
  const app = localApi({
    ...{ store, champions, authenticate: everybody },
    permitUpload: () => Promise.reject(new TypeError('a report uploads nothing')),
  });
  const client = createClient({ url: 'http://127.0.0.1', fetch: async (request) => app.fetch(request) });
  const path = { model: description.dataset };
  try {
    const { data: model } = await client.GET('/v1/models/{model}', { params: { path } });
    if (!model) throw new TypeError('a model that is there is described');
    const accuracy = await unless(client.GET('/v1/models/{model}/accuracy', { params: { path } }));
    const items = named ?? (await chosenItems(client, path.model));
    const series: ReportSeries[] = [];
    for (const item of items) series.push(...(await seriesOf(client, path.model, item)));
    return { model, accuracy, series };
  } finally {
    champions.close();
  }
}

/** The answer; null where the API says that there is none, for one of these reasons. */
async function unless<T>(
  asking: Promise<{ readonly data?: T }>,
  codes: readonly string[] = ['UNKNOWN_ACCURACY', 'NOT_SCORED', 'UNKNOWN_ITEM'],
): Promise<T | null> {
  try {
    return (await asking).data ?? null;
  } catch (error) {
    if (error instanceof ApiError && codes.includes(error.problem.code)) return null;
    throw error;
  }
}

async function chosenItems(client: Client, model: string): Promise<readonly string[]> {
  const [stored, worst] = await Promise.all([
    client.GET('/v1/models/{model}/items', { params: { path: { model }, query: { limit: shown.first } } }),
    unless(
      client.GET('/v1/models/{model}/accuracy/items', {
        params: { path: { model }, query: { limit: shown.worst } },
      }),
    ),
  ]);
  const names = [...(stored.data?.items ?? []), ...(worst?.items.map(({ item }) => item) ?? [])];
  return [...new Set(names)];
}

/** The channels of one item. */
async function seriesOf(client: Client, model: string, item: string): Promise<readonly ReportSeries[]> {
  const path = { model };
  const asked = { params: { path, query: { item } } };
  const [history, scores] = await Promise.all([
    unless(client.GET('/v1/models/{model}/items/history', asked)),
    unless(client.GET('/v1/models/{model}/accuracy/item', asked)),
  ]);
  // Refused where what is known ahead is not stored.
  const forecast =
    history &&
    (await unless(client.POST('/v1/models/{model}/forecast', { params: { path }, body: { items: [item] } }), [
      'REQUEST',
    ]));
  const channels = history
    ? Object.keys(history.target)
    : (scores?.channels ?? []).map(({ channel }) => channel);
  return channels.map((channel) => {
    const values = history?.target[channel] ?? [];
    return {
      ...{ item, channel, scores },
      history: history && { timestamps: history.timestamps.slice(0, values.length), values },
      forecast: forecast?.forecasts.find((one) => one.channel === channel) ?? null,
      windows: scores?.channels.find((one) => one.channel === channel)?.windows ?? [],
    };
  });
}
