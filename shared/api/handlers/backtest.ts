import { type ItemForecast, seriesForecasts } from '../../forecast/index.ts';
import { isoPeriod, printFrequency } from '../../frequency/index.ts';
import { historyOfRecord, type OpenModel } from '../../serve/index.ts';
import type { ObjectStore } from '../../store/index.ts';
import type { ItemBacktest } from '../routes/items.ts';
import { checkSize, type ForecastDependencies, withModel } from './forecast.ts';
import { numberOrNull, storedItem } from './items.ts';
import { forecastWindows, inTraining, type Window } from './windows.ts';

/** An item's forecasts in windows of the model's horizon, the last of which ends with its last observation. */
export async function answerBacktest(
  dependencies: ForecastDependencies,
  name: string,
  query: { readonly item: string; readonly windows: number },
): Promise<ItemBacktest> {
  return withModel(dependencies, name, 1, async (model) => {
    const windows = await windowsOf(dependencies.store, model, query);
    const { levels, channels, horizon } = model.shape;
    checkSize(windows.length * horizon * channels * (levels.length + 3), {
      largest: dependencies.largestAnswer,
      remedy: 'ask for fewer windows',
    });
    const remedy = 'upload rows of the item that have its known covariates';
    const forecasts = await forecastWindows(model, windows, { levels, remedy });
    return {
      model: model.dataset,
      version: model.version,
      frequency: printFrequency(model.description.frequency),
      item: query.item,
      windows: windows.map((window, i) => described(model, window, forecasts.slice(i, i + 1))),
    };
  });
}

async function windowsOf(
  store: ObjectStore,
  { dataset, shape }: OpenModel,
  { item, windows: most }: { readonly item: string; readonly windows: number },
): Promise<readonly Window[]> {
  const history = historyOfRecord(await storedItem(store, dataset, item), shape);
  const rows = history.history.length / shape.channels;
  const count = Math.min(most, Math.max(0, Math.floor((rows - 1) / shape.horizon)));
  return Array.from({ length: count }, (_, i) => ({
    history,
    rows: rows - (count - i) * shape.horizon,
    steps: shape.horizon,
    path: 'item',
  }));
}

function described(
  model: OpenModel,
  window: Window,
  forecast: readonly ItemForecast[],
): ItemBacktest['windows'][number] {
  const { description, shape } = model;
  const { history, rows, steps } = window;
  return {
    origin: isoPeriod(description.frequency, history.start + rows - 1),
    inTraining: inTraining(model, window),
    forecasts: seriesForecasts(description, forecast, isoPeriod).map(
      ({ channel, timestamps, mean, quantiles }, c) => ({
        channel,
        timestamps: [...timestamps],
        mean: [...mean],
        quantiles: shape.levels.map((level, i) => ({ level, values: [...(quantiles[i] ?? [])] })),
        observed: Array.from({ length: steps }, (_, step) =>
          numberOrNull(history.history[(rows + step) * shape.channels + c]),
        ),
      }),
    ),
  };
}
