import type { StoredItemAccuracy } from '../../bundle/index.ts';
import type { Pair } from '../../evaluate/index.ts';

type StoredWindow = StoredItemAccuracy['channels'][number]['windows'][number];

/** A forecast of one channel beside what came, as the bundle keeps it. @param origin a period index */
export function storedWindow({ forecast, outcome }: Pair, origin: number): StoredWindow {
  const horizon = outcome.target.length;
  const levels = forecast.quantiles.length / horizon;
  return {
    origin,
    observed: Array.from(outcome.target, numberOrNull),
    mean: Array.from(forecast.mean, numberOrNull),
    quantiles: Array.from({ length: levels }, (_, level) =>
      Array.from({ length: horizon }, (_step, step) =>
        numberOrNull(forecast.quantiles[step * levels + level] ?? Number.NaN),
      ),
    ),
  };
}

/** JSON has null for what is not defined. */
export const numberOrNull = (value: number): number | null => (Number.isFinite(value) ? value : null);
