import type { Pair } from '../../evaluate/index.ts';
import type { Backtest } from '../backtest.ts';
import { parts } from '../choose/index.ts';
import type { Plan } from '../plan-document.ts';

/**
 * Where an item's windows stand in what `crossFitted` reports, the oldest first. There the older half of every item's
 * windows comes before all newer halves.
 *
 * @returns positions of windows, for an item's position among the series
 */
export function windowPlaces(planned: Plan['windows']): (item: number) => readonly number[] {
  let next = 0;
  const starts = parts.map((part) =>
    Int32Array.from(planned, (windows) => {
      const first = next;
      next += windows[part].length;
      return first;
    }),
  );
  return (item) =>
    parts.flatMap((part, p) =>
      Array.from({ length: planned[item]?.[part].length ?? 0 }, (_, i) => (starts[p]?.[item] ?? 0) + i),
    );
}

/** The items that have windows, by shard, and within a shard in their own order. @param shardOf for their positions */
export function byShard(
  items: readonly number[],
  shards: number,
  shardOf: (item: number) => number,
): readonly (readonly number[])[] {
  const lists = Array.from({ length: shards }, (): number[] => []);
  for (const item of items) lists[shardOf(item)]?.push(item);
  return lists;
}

/** One forecast of a backtest and what came of it. @param at its position: window after window, channel by channel */
export function pairAt({ forecasts, outcomes }: Backtest, at: number): Pair {
  const [forecast, outcome] = [forecasts[at], outcomes[at]];
  if (forecast && outcome) return { forecast, outcome };
  throw new RangeError(`the backtest has no forecast ${at}`);
}

/** All of them. */
export function* pairsOf(report: Backtest): Generator<Pair> {
  for (let at = 0; at < report.forecasts.length; at++) yield pairAt(report, at);
}
