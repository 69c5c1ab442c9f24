import { add, constant, log, mul, reshape, sub, type Value } from '../../graph/index.ts';
import type { FeatureRows } from './features/index.ts';
import { rowsAt, seasonAt, span, thetaAt } from './inputs.ts';
import type { ForecasterSettings, MixtureBaseline } from './settings.ts';

/**
 * What a baseline expects over the horizon after the last row of the context, as z, computed from the same causal rows
 * as the network's inputs.
 *
 * - `naive` the last value; `seasonalNaive` the value of the same phase in the last season
 * - `naive2` the last value without its season, and the coming season; `smoothing` the same of the exponentially
 *   smoothed level; `theta` of the Theta forecast
 *
 * @param rows `[context + horizon, series]` each
 * @returns `[horizon, series]`
 */
export function baselineAhead(settings: ForecasterSettings, name: MixtureBaseline, rows: FeatureRows): Value {
  const { context, horizon, seasons, transform } = settings;
  const ends = [context - 1];
  const ahead = span(1, horizon);
  const [season = 1] = seasons;
  const at = (row: string, positions: readonly number[]): Value => {
    const values = rows[row];
    if (!values) throw new TypeError(`the mixture needs the row ${row}`);
    return rowsAt(values, ends, positions);
  };
  const stepped = { rows, ends, origin: constant([0], 'int64', [1, 1]) };
  const index = (positions: readonly number[]) =>
    seasons.length > 0 ? seasonAt(settings, stepped, positions) : constant([0], 'float32', [1, 1, 1]);
  const forecasts: Readonly<Record<MixtureBaseline, () => Value>> = {
    naive: () => add(at('value', [0]), constant(Array(horizon).fill(0), 'float32', [1, horizon, 1])),
    seasonalNaive: () =>
      at(
        'value',
        ahead.map((step) => step - season * Math.ceil(step / season)),
      ),
    naive2: () => add(sub(at('value', [0]), index([0])), index(ahead)),
    smoothing: () => {
      const level = at('thetaLevel', [0]);
      return add(add(transform === 'log' ? log(level) : level, at('thetaBase', [0])), index(ahead));
    },
    theta: () => add(thetaAt(settings, at), index(ahead)),
  };
  const all = forecasts[name](); // [1, horizon, series], or without a season [1, 1, series]
  const wide = add(all, constant(Array(horizon).fill(0), 'float32', [1, horizon, 1]));
  return reshape(wide, [horizon, 'series']);
}

/**
 * Moves quantiles towards a baseline, their spread as it was: z + weight · (baseline − median).
 *
 * @param z `[horizon, knot, series]`
 * @param median `[horizon, 1, series]`
 * @param baseline `[horizon, 1, series]`
 */
export const mixedWith = (z: Value, median: Value, baseline: Value, weight: number): Value =>
  add(z, mul(sub(baseline, median), weight));
