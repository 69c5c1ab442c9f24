import {
  accuracyFile,
  accuracyShardBytes,
  accuracyShardFile,
  accuracyShardOf,
  accuracyShards,
  type StoredItemAccuracy,
} from '../../bundle/index.ts';
import { accuracyPass, intervalsOf } from '../../evaluate/index.ts';
import type { ModelShape } from '../../forecast/index.ts';
import type { Series } from '../chunks.ts';
import type { CrossFitted } from '../cross-fitted.ts';
import type { Plan } from '../plan-document.ts';
import { windowsKept } from './kept.ts';
import { overallBytes } from './overall.ts';
import { byShard, pairAt, pairsOf, windowPlaces } from './places.ts';
import { numberOrNull, storedWindow } from './stored.ts';
import { worstSeries } from './worst.ts';

interface Task {
  readonly plan: Plan;
  readonly series: readonly Series[];
  readonly model: ModelShape;
  readonly fitted: CrossFitted;
}

/**
 * The files of a bundle that tell how good it was in its backtest: `accuracy.json`, and its items in shards. Items are
 * gone through shard by shard, so that beside the backtest and the files one shard at a time is in memory.
 *
 * @returns bytes by the file's name
 */
export function accuracyFiles({ plan, series, model, fitted }: Task): Record<string, Uint8Array> {
  const { channels, horizon, levels } = model;
  const { report } = fitted;
  const counts = plan.windows.map(({ calibrate, report: newer }) => calibrate.length + newer.length);
  const items = [...counts.keys()].filter((i) => (counts[i] ?? 0) > 0);
  const kept = windowsKept(counts, channels * horizon * (levels.length + 2));
  const shards = accuracyShards(items.length, kept.numbers);
  const places = windowPlaces(plan.windows);
  const pass = accuracyPass({ levels, horizon, season: plan.season });
  const worst = worstSeries();
  let scored = 0;

  /** One item, counted; null where nothing was observed in its windows. */
  function itemOf({ item, start }: Series, own: readonly number[]): StoredItemAccuracy | null {
    let observed = false;
    const stored = plan.channels.map((channel, c) => {
      const pairs = own.map((at) => pairAt(report, at * channels + c));
      const { mase, wql, baselineMase, coverage, windows } = pass.add(pairs);
      const scores = {
        ...{ mase: numberOrNull(mase), wql: numberOrNull(wql) },
        baselineMase: numberOrNull(baselineMase),
      };
      if (windows > 0) worst.add({ item, channel, ...scores, windows });
      observed ||= windows > 0;
      const first = Math.max(0, pairs.length - kept.windows);
      return {
        ...scores,
        coverage: coverage.map(({ share }) => numberOrNull(share)),
        windows: pairs
          .slice(first)
          .map((pair, w) => storedWindow(pair, start + (fitted.windows[own[first + w] ?? 0]?.origin ?? 0))),
      };
    });
    if (!observed) return null;
    scored++;
    return { item, channels: stored };
  }

  const files: Record<string, Uint8Array> = {};
  const shardOf = (i: number) => accuracyShardOf(series[i]?.item ?? '', shards);
  byShard(items, shards, shardOf).forEach((members, k) => {
    const entries = members.flatMap((i) => {
      const one = series[i];
      return one ? (itemOf(one, places(i)) ?? []) : [];
    });
    files[accuracyShardFile(k)] = accuracyShardBytes(entries);
  });
  files[accuracyFile] = overallBytes(pass.result(pairsOf(report)), {
    ...{ items: scored, shards, worst: worst.result() },
    intervals: intervalsOf(levels).map(({ interval }) => interval),
  });
  return files;
}
