import type { Client } from '../../shared/client/index.ts';
import { present } from '../api/index.ts';

export type Order = 'name' | 'worst';

/** Names of items that begin so, at most `limit`, and whether there are more. */
export interface Found {
  readonly items: readonly string[];
  readonly more: boolean;
}

const shown = 50;
/** The API knows so many of the worst. */
const worst = 1000;

/** Items by name; among millions the API reads only the page of its index that it needs. */
export async function searchItems(
  client: Client,
  model: string,
  order: Order,
  prefix: string,
): Promise<Found> {
  if (order === 'name') {
    const query = { prefix, limit: shown };
    const { items, next } = present(
      await client.GET('/v1/models/{model}/items', { params: { path: { model }, query } }),
    );
    return { items, more: next !== null };
  }
  const all = (await worstItems(client, model)).filter((item) => item.startsWith(prefix));
  return { items: all.slice(0, shown), more: all.length > shown };
}

/** The items that the model forecasts worst, each once. */
async function worstItems(client: Client, model: string): Promise<readonly string[]> {
  const query = { limit: worst };
  const { items } = present(
    await client.GET('/v1/models/{model}/accuracy/items', { params: { path: { model }, query } }),
  );
  return [...new Set(items.map(({ item }) => item))];
}

/** The items beside one; null at either end. */
export interface Neighbours {
  readonly previous: string | null;
  readonly next: string | null;
}

export async function neighboursOf(
  client: Client,
  model: string,
  order: Order,
  item: string,
): Promise<Neighbours> {
  if (order === 'worst') {
    const all = await worstItems(client, model);
    const at = all.indexOf(item);
    return { previous: all[at - 1] ?? null, next: all[at + 1] ?? null };
  }
  const beside = async (query: { before: string } | { after: string }) => {
    const params = { path: { model }, query: { limit: 1, ...query } };
    return present(await client.GET('/v1/models/{model}/items', { params })).items[0] ?? null;
  };
  const [previous, next] = await Promise.all([beside({ before: item }), beside({ after: item })]);
  return { previous, next };
}

/** The first item in an order; null where no item has observations. */
export const firstItem = async (client: Client, model: string, order: Order): Promise<string | null> =>
  (await searchItems(client, model, order, '')).items[0] ?? null;
