import { show } from '../../errors/index.ts';
import { EvaluationError } from '../errors.ts';
import { checkLevels, checkSeason, type SeriesForecast, type SeriesOutcome } from '../forecast.ts';
import { intervalsOf } from './intervals.ts';
import { aggregate, type Metrics } from './metrics.ts';
import { type Tally, tally } from './tally.ts';

export interface ScoreSettings {
  /** The levels of the forecasts' quantiles, rising. */
  readonly levels: readonly number[];
  /** Periods per cycle, for the scale of MASE; 1 for none. */
  readonly season: number;
  /** What stands for ŷ in sMAPE, MASE and WAPE: by default the median, or the mean where 0.5 is no level. */
  readonly point?: 'median' | 'mean';
}

export interface Scores {
  readonly overall: Metrics;
  /** In the order in which the groups first appear. */
  readonly groups: readonly { readonly group: string; readonly metrics: Metrics }[];
  /** In the order of the forecasts. */
  readonly series: readonly {
    readonly item: string;
    readonly group?: string | undefined;
    readonly metrics: Metrics;
  }[];
}

/**
 * Scores forecasts against outcomes, which stand in the same order. An item with several origins stands there
 * several times; each time counts as one series.
 *
 * @throws EvaluationError where the two lists do not match
 */
export function score(
  forecasts: readonly SeriesForecast[],
  outcomes: readonly SeriesOutcome[],
  settings: ScoreSettings,
): Scores {
  const { levels, season } = settings;
  checkLevels(levels);
  checkSeason(season);
  checkPairs(forecasts, outcomes);
  const median = medianOf(settings);
  const intervals = intervalsOf(levels);
  const metrics = (tallies: readonly Tally[]): Metrics => aggregate(tallies, levels, intervals);
  const tallies: Tally[] = [];
  const groups = new Map<string, Tally[]>();
  outcomes.forEach((outcome, i) => {
    const sums = tally(forecasts[i] as SeriesForecast, outcome, { levels, season, median });
    tallies.push(sums);
    if (outcome.group === undefined) return;
    const members = groups.get(outcome.group);
    if (members) members.push(sums);
    else groups.set(outcome.group, [sums]);
  });
  return {
    overall: metrics(tallies),
    groups: [...groups].map(([group, members]) => ({ group, metrics: metrics(members) })),
    series: outcomes.map(({ item, group }, i) => ({ item, group, metrics: metrics([tallies[i] as Tally]) })),
  };
}

/** ½·(sMAPE / sMAPE of Naive2 + MASE / MASE of Naive2), from the averages over series (M4 competition). */
export function owa(
  metrics: Pick<Metrics, 'smape' | 'mase'>,
  naive2: Pick<Metrics, 'smape' | 'mase'>,
): number {
  return (metrics.smape / naive2.smape + metrics.mase / naive2.mase) / 2;
}

/** The position of what stands for ŷ among the levels; null: the mean. @throws EvaluationError where it is not there */
export function medianOf({ levels, point }: Pick<ScoreSettings, 'levels' | 'point'>): number | null {
  const position = levels.indexOf(0.5);
  if (point === 'mean') return null;
  if (position >= 0) return position;
  if (point === undefined) return null;
  throw new EvaluationError({
    rule: 'scoring the median needs the level 0.5',
    received: show(levels),
    remedy: 'forecast the level 0.5 too, or score the mean',
  });
}

function checkPairs(forecasts: readonly SeriesForecast[], outcomes: readonly SeriesOutcome[]): void {
  const wrong = outcomes.findIndex(({ item }, i) => forecasts[i]?.item !== item);
  if (wrong < 0 && forecasts.length === outcomes.length) return;
  const at = wrong < 0 ? outcomes.length : wrong;
  throw new EvaluationError({
    rule: 'forecasts and outcomes name the same items in the same order',
    received: `${show(forecasts[at]?.item)} and ${show(outcomes[at]?.item)} at position ${at + 1}`,
    remedy: 'match them by item and origin first',
  });
}
