import type { Frequency } from './frequency.ts';
import { units } from './units.ts';

/** What a frequency suggests where nothing is said. All in periods. */
export interface Seasonality {
  /** The most telling cycle: 24 hours, 7 days, 52 weeks, 12 months, 4 quarters; 1 where there is none. */
  readonly season: number;
  /** All natural cycles of a whole number of periods: an hourly series has a day and a week. */
  readonly seasons: readonly number[];
  /** What MASE is scaled by: as `season`, but 1 for days, weeks and years, as in the M competitions. */
  readonly metricSeason: number;
  readonly horizon: number;
}

const longestHorizon = 96;

export function seasonality({ unit, multiple }: Frequency): Seasonality {
  const { cycles, horizon, seasonalMetric } = units[unit];
  const seasons = cycles.map((cycle) => cycle / multiple).filter((n) => Number.isInteger(n) && n > 1);
  const [season = 1] = seasons;
  return {
    season,
    seasons,
    metricSeason: seasonalMetric ? season : 1,
    horizon: Math.min(longestHorizon, Math.max(1, Math.round(horizon / multiple))),
  };
}
