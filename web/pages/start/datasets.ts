import type { Client } from '../../../shared/client/index.ts';
import { ApiError, type DatasetSummary, type Model, present } from '../../api/index.ts';

/** A page of the token's datasets; a token that may only forecast sees its models, as datasets whose jobs are hidden. */
export async function listDatasets(
  client: Client,
  after?: string,
): Promise<{ datasets: readonly DatasetSummary[]; next: string | null }> {
  const query = { limit: 24, ...(after !== undefined && { after }) };
  try {
    return present(await client.GET('/v1/datasets', { params: { query } }));
  } catch (error) {
    if (!(error instanceof ApiError && error.problem.code === 'FORBIDDEN')) throw error;
    const { models, next } = present(await client.GET('/v1/models', { params: { query } }));
    return { datasets: models.map(({ model, version }) => ({ dataset: model, version, job: null })), next };
  }
}

/** What a card shows of a model: itself, and the newest values of its first item. */
export interface Glimpse {
  readonly model: Model;
  readonly values: readonly (number | null)[];
}

export async function glimpseOf(client: Client, name: string): Promise<Glimpse> {
  const path = { model: name };
  const model = present(await client.GET('/v1/models/{model}', { params: { path } }));
  const { items } = present(
    await client.GET('/v1/models/{model}/items', { params: { path, query: { limit: 1 } } }),
  );
  const [item] = items;
  if (item === undefined) return { model, values: [] };
  const last = Math.min(Math.max(3 * model.season, 40), 200);
  const { target } = present(
    await client.GET('/v1/models/{model}/items/history', { params: { path, query: { item, last } } }),
  );
  return { model, values: Object.values(target)[0] ?? [] };
}
