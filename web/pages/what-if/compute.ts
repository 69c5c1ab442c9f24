import type { Client } from '../../../shared/client/index.ts';
import { assumed, forecastItems, seriesForecasts, shapeOf } from '../../../shared/forecast/index.ts';
import { isoPeriod } from '../../../shared/frequency/index.ts';
import type { Session } from '../../../shared/graph/index.ts';
import { type Item, type Model, present } from '../../api/index.ts';
import type { ChannelForecast } from '../../views/index.ts';
import { type Loaded, loadBundle, type Why } from './bundle.ts';
import { historyOf } from './history.ts';
import { openInWorker } from './runtime/session.ts';

export interface Answer {
  readonly forecasts: readonly ChannelForecast[];
  /** Why the page did not compute it itself; null where it did. */
  readonly why: Why | null;
}

/** An item and what is assumed of its known covariates, a value for each step ahead. */
interface Question {
  readonly item: Item;
  readonly known: Readonly<Record<string, readonly number[]>>;
}

export interface Forecaster {
  /** @throws ApiError where the server has to answer and refuses */
  readonly forecast: (question: Question) => Promise<Answer>;
  readonly close: () => void;
}

/** Forecasts in the page, and by the server where the page cannot. */
export function createForecaster(client: Client, { model, version }: Model): Forecaster {
  const ending = new AbortController();
  let here: Promise<Here | Why> = openHere(client, model, version, ending.signal);
  return {
    async forecast(question) {
      const opened = await here;
      if ('kind' in opened) return { forecasts: await askServer(client, model, question), why: opened };
      try {
        return { forecasts: await opened.forecast(question), why: null };
      } catch (error) {
        // Such as memory that ran out: it would again.
        const why = failure(error);
        opened.close();
        here = Promise.resolve(why);
        return { forecasts: await askServer(client, model, question), why };
      }
    },
    close() {
      ending.abort();
      void here.then((opened) => 'kind' in opened || opened.close());
    },
  };
}

interface Here {
  readonly forecast: (question: Question) => Promise<readonly ChannelForecast[]>;
  readonly close: () => void;
}

async function openHere(
  client: Client,
  model: string,
  version: string,
  signal: AbortSignal,
): Promise<Here | Why> {
  if (typeof WebAssembly === 'undefined' || typeof Worker === 'undefined') return { kind: 'noWasm' };
  try {
    const loaded = await loadBundle(client, model, version, signal);
    if ('kind' in loaded) return loaded;
    return forecasting(loaded, await openInWorker(loaded.forecaster));
  } catch (error) {
    return failure(error);
  }
}

/** The same steps as on the server: the history, what is assumed in its place, one run. */
function forecasting({ description }: Loaded, session: Session): Here {
  const shape = shapeOf(description);
  return {
    async forecast({ item, known }) {
      const columns = Object.entries(known).map(
        ([name, values]) => [name, Float64Array.from(values)] as const,
      );
      const history = assumed(historyOf(item, description), description.covariates.known, {
        [item.item]: Object.fromEntries(columns),
      });
      return seriesForecasts(description, await forecastItems(session, shape, [history]), isoPeriod);
    },
    close: () => void session.release(),
  };
}

async function askServer(
  client: Client,
  model: string,
  { item: { item }, known }: Question,
): Promise<readonly ChannelForecast[]> {
  const columns = Object.entries(known).map(([name, values]): [string, number[]] => [name, [...values]]);
  const answer = await client.POST('/v1/models/{model}/forecast', {
    params: { path: { model } },
    body: { series: [], items: [item], known: { [item]: Object.fromEntries(columns) } },
  });
  return present(answer).forecasts.map(({ channel, timestamps, mean, quantiles }) => ({
    ...{ channel, timestamps, mean },
    quantiles: quantiles.map(({ values }) => values),
  }));
}

const failure = (error: unknown): Why => ({
  kind: 'failed',
  message: error instanceof Error ? error.message : String(error),
});
