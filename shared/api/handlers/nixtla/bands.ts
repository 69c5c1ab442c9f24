import { show } from '../../../errors/index.ts';
import type { ItemForecast } from '../../../forecast/index.ts';
import { refused } from '../../problem.ts';

/** Which quantiles a request needs, and which of them are the point forecast and the ends of its intervals. */
export interface Bands {
  /** Rising. */
  readonly levels: readonly number[];
  readonly point: number;
  readonly ends: readonly { readonly name: string; readonly index: number }[];
}

/**
 * The interval of 80 % lies between the quantiles 0.1 and 0.9. The point forecast is the median: the client shows it
 * as the quantile 0.5 where that is asked for.
 *
 * @param trained rising levels
 * @throws Refusal where an interval, or the median, reaches beyond them
 */
export function bandsOf(trained: readonly number[], percentages: readonly number[], path = 'level'): Bands {
  const unique = [...new Set(percentages)].sort((a, b) => a - b);
  for (const percentage of [0, ...unique]) checkReach(trained, percentage, path);
  const ends = unique.flatMap((percentage) => [
    { name: `lo-${percentage}`, level: low(percentage) },
    { name: `hi-${percentage}`, level: high(percentage) },
  ]);
  const levels = [...new Set([0.5, ...ends.map(({ level }) => level)])].sort((a, b) => a - b);
  return {
    levels,
    point: levels.indexOf(0.5),
    ends: ends.map(({ name, level }) => ({ name, index: levels.indexOf(level) })),
  };
}

const low = (percentage: number) => (100 - percentage) / 200;
const high = (percentage: number) => (100 + percentage) / 200;

function checkReach(trained: readonly number[], percentage: number, path: string): void {
  const first = trained[0] ?? 1;
  const last = trained.at(-1) ?? 0;
  if (low(percentage) >= first && high(percentage) <= last) return;
  const widest = Number((100 * Math.min(1 - 2 * first, 2 * last - 1)).toFixed(6));
  const quantiles = `the quantiles it was trained for reach from ${first} to ${last}`;
  throw refused(path, {
    rule:
      widest < 0
        ? `the model must know the median, which is the point forecast; ${quantiles}`
        : `level must be 0..${widest} (the model's: ${quantiles})`,
    received: percentage === 0 ? 'none' : show(percentage),
    remedy:
      widest < 0
        ? 'train with quantiles around 0.5'
        : `ask for at most ${widest}, or train with wider quantiles`,
  });
}

/** Values of one column after the other, as the client puts them into its table. */
export interface Columns {
  readonly mean: number[];
  readonly intervals: Record<string, number[]>;
}

/** The first steps of each forecast, one forecast behind the other. @param steps of each forecast */
export function columnsOf(
  { levels, point, ends }: Bands,
  forecasts: readonly ItemForecast[],
  steps: (index: number) => number,
): Columns {
  const column = (level: number) =>
    forecasts.flatMap(({ quantiles }, i) =>
      Array.from({ length: steps(i) }, (_, step) => quantiles[step * levels.length + level] ?? Number.NaN),
    );
  return {
    mean: column(point),
    intervals: Object.fromEntries(ends.map(({ name, index }) => [name, column(index)])),
  };
}
