import type { Client } from '../../../shared/client/index.ts';
import { type Anomalies, ApiError, type Forecast, type Item, type Model, present } from '../../api/index.ts';

/** An item as the page shows it; without a forecast where the covariates that are known ahead are not stored. */
export interface ItemParts {
  readonly history: Item;
  readonly forecasts: readonly Forecast[] | null;
}

export async function askItem(
  client: Client,
  { model, covariates }: Model,
  item: string,
  quantiles: number[],
): Promise<ItemParts> {
  const path = { model };
  const forecast = async () => {
    try {
      const answer = await client.POST('/v1/models/{model}/forecast', {
        params: { path },
        body: { items: [item], quantiles },
      });
      return present(answer).forecasts;
    } catch (error) {
      const lacksFuture = covariates.known.length > 0 && error instanceof ApiError;
      if (lacksFuture && error.problem.code === 'REQUEST') return null;
      throw error;
    }
  };
  const history = client.GET('/v1/models/{model}/items/history', { params: { path, query: { item } } });
  const [stored, forecasts] = await Promise.all([history, forecast()]);
  return { history: present(stored), forecasts };
}

/** A forecast of an earlier origin. */
interface BacktestWindow {
  readonly origin: string;
  readonly timestamps: readonly string[];
  readonly quantiles: readonly { readonly level: number; readonly values: readonly (number | null)[] }[];
}

export interface Backtests {
  /** By channel. */
  readonly windows: Readonly<Record<string, readonly BacktestWindow[]>>;
  /** Whether the networks had not seen what they forecast. */
  readonly honest: boolean;
}

/** How many earlier origins are asked of the model that serves, where the version kept none. */
const servedWindows = 8;

/** The version's own backtest of an item where it kept it; else what the served model says of earlier origins. */
export async function askBacktests(
  client: Client,
  { model, version }: Model,
  item: string,
): Promise<Backtests> {
  const path = { model };
  const kept = await client
    .GET('/v1/models/{model}/accuracy/item', { params: { path, query: { version, item } } })
    .then(present)
    .catch((error: unknown) => {
      const { code = '' } = error instanceof ApiError ? error.problem : {};
      if (code === 'NOT_SCORED' || code === 'UNKNOWN_ACCURACY') return null;
      throw error;
    });
  if (kept?.channels.some(({ windows }) => windows.length > 0)) {
    const windows = Object.fromEntries(kept.channels.map((one) => [one.channel, one.windows]));
    return { windows, honest: true };
  }
  const query = { item, windows: servedWindows };
  const served = present(await client.GET('/v1/models/{model}/items/backtest', { params: { path, query } }));
  const windows: Record<string, BacktestWindow[]> = {};
  for (const { origin, forecasts } of served.windows) {
    for (const { channel, timestamps, quantiles } of forecasts) {
      windows[channel] = [...(windows[channel] ?? []), { origin, timestamps, quantiles }];
    }
  }
  return { windows, honest: served.windows.every(({ inTraining }) => !inTraining) };
}

/** Observations outside the widest interval of the forecast made just before them. */
export async function askAnomalies(
  client: Client,
  { model }: Model,
  item: string,
): Promise<Anomalies['series']> {
  const answer = await client.POST('/v1/models/{model}/anomalies', {
    params: { path: { model } },
    body: { items: [item] },
  });
  return present(answer).series;
}
