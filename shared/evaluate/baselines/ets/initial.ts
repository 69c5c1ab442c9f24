import { seasonalIndices } from '../seasonality.ts';
import type { States } from './filter.ts';
import type { Model, SeasonKind, TrendKind } from './models.ts';

/** An index that multiplies is at least so large, as in R's `ets`: the filter divides by it. */
const leastIndex = 0.01;

/** So many of the first values, or two seasons, give level and slope. */
const first = 10;

/**
 * The states before the first value: indices by classical decomposition, then the mean of the first values without
 * their season, or the line through them (as in R's `ets`; FPP3, 3.4).
 *
 * @param values [time], at least two seasons where there is one
 * @param season periods per cycle
 */
export function firstStates(values: Float64Array, season: number, model: Model): States {
  const { decomposition } = model.season;
  const indices = firstIndices(values, season, model.season);
  const some = values.slice(0, Math.max(first, 2 * indices.length));
  const adjusted = some.map(
    (value, t) => decomposition?.remove(value, indices[t % season] as number) ?? value,
  );
  return { ...line(adjusted, model.trend), season: indices };
}

function firstIndices(
  values: Float64Array,
  season: number,
  { decomposition, neutral }: SeasonKind,
): Float64Array {
  if (decomposition === null) return Float64Array.of(neutral);
  const least = neutral > 0 ? leastIndex : Number.NEGATIVE_INFINITY;
  return seasonalIndices(values, season, decomposition).map((index) => Math.max(index, least));
}

/** The least-squares line through values, at the step before the first; flat where the level has no slope. */
function line(values: Float64Array, { sloped }: TrendKind): Pick<States, 'level' | 'slope'> {
  const n = values.length;
  const mean = values.reduce((sum, value) => sum + value, 0) / n;
  if (!sloped) return { level: mean, slope: 0 };
  const middle = (n - 1) / 2;
  const covariance = values.reduce((sum, value, t) => sum + (t - middle) * (value - mean), 0);
  const slope = covariance / ((n * (n * n - 1)) / 12);
  return { level: mean - slope * (middle + 1), slope };
}
