import { accuracyFile, accuracyShardBytes, accuracyShardFile } from '../../shared/bundle/index.ts';
import { jsonBytes } from '../../shared/store/index.ts';

/** What a version with the levels 0.1, 0.5, 0.9 and 3 steps keeps of the backtest of one item, `item`. */
export function accuracyOfItem(item: string): Record<string, Uint8Array> {
  const scores = { mase: 0.8, wql: 0.1, baselineMase: 1 };
  const coverage = [{ interval: 0.8, share: 0.75 }];
  return {
    [accuracyFile]: jsonBytes({
      ...{ formatVersion: 1, items: 1, shards: 1, intervals: [0.8] },
      steps: [1, 2, 3].map((step) => ({ step, mae: 2, baselineMae: null, wql: 0.1, coverage })),
      calibration: [0.1, 0.5, 0.9].map((level) => ({ level, share: level })),
      residuals: {
        ...{ count: 3, mean: 0.1, deviation: 0.5, bound: 1.13 },
        autocorrelation: [{ lag: 1, value: 0.2 }],
        histogram: [{ from: -1, to: 1, count: 3 }],
      },
      worst: [{ item, channel: 'target', ...scores, windows: 1 }],
    }),
    [accuracyShardFile(0)]: accuracyShardBytes([
      {
        item,
        channels: [
          {
            ...scores,
            coverage: [0.75],
            windows: [
              {
                origin: 479_997,
                observed: [1, null, 3],
                mean: [1, 2, 3],
                quantiles: [0, 1, 2].map((by) => [by, 1 + by, 2 + by]),
              },
            ],
          },
        ],
      },
    ]),
  };
}
