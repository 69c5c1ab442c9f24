import { z } from 'zod';

const number = z.number().nullable();
const share = number.describe('0..1; null where nothing was observed.');

const scores = {
  mase: number.describe('The mean over its windows.'),
  wql: number,
  baselineMase: number.describe('Of `seasonalNaive` on the same windows.'),
};

export const coverageSchema = z
  .array(z.strictObject({ interval: z.number(), share }))
  .describe('By central interval: the share of observations within it, bounds included.');

const residuals = z
  .strictObject({
    count: z.int(),
    mean: number,
    deviation: number.describe('The standard deviation.'),
    autocorrelation: z
      .array(z.strictObject({ lag: z.int(), value: number }))
      .describe(
        'Of pairs of steps within one window, all windows together, up to two seasons, the horizon less one, or 48. Errors of one forecast resemble each other also where it could not be better: what it shows is a season that was not learned.',
      ),
    bound: number.describe('1.96/√count: what white noise would stay within 95 times of 100.'),
    histogram: z
      .array(z.strictObject({ from: z.number(), to: z.number(), count: z.int() }))
      .describe(
        'Four deviations around the mean at most; its ends count what lies beyond. The counts add up.',
      ),
  })
  .describe(
    'The observation minus the forecast median, divided by the scale of the series: the mean absolute error of the seasonal naive within its history up to the origin, as in MASE. Series without a scale are left out, such as constant ones.',
  );

/** How good a version was in its backtest, all items together. */
export const overallAccuracySchema = z.strictObject({
  items: z.int().describe('Items that were scored: those long enough to hold a window out.'),
  steps: z.array(
    z.strictObject({
      step: z.int().describe('Steps ahead, from 1.'),
      mae: number.describe('The mean absolute error of the median, in the units of the data.'),
      baselineMae: number.describe('Of `seasonalNaive` on the same observations.'),
      wql: number,
      coverage: coverageSchema,
    }),
  ),
  calibration: z
    .array(z.strictObject({ level: z.number(), share }))
    .describe('By quantile level: the share of observations at or below it.'),
  residuals,
});

/** One series among the worst. */
export const seriesScoresSchema = z.strictObject({
  item: z.string(),
  channel: z.string(),
  ...scores,
  windows: z.int().describe('Windows that it was scored on.'),
});

/** `accuracy.json` */
export const accuracySchema = z.strictObject({
  formatVersion: z.literal(1),
  ...overallAccuracySchema.shape,
  /** How many files `accuracy-<k>.json` the items are spread over, by a hash of their names. */
  shards: z.int().nonnegative(),
  /** The central intervals that items state their coverage of. */
  intervals: z.array(z.number()),
  /** By MASE, then by name; those without a MASE come last. */
  worst: z.array(seriesScoresSchema),
});

const storedWindow = z.strictObject({
  /** The period index of the last observation that the forecast knew. */
  origin: z.int(),
  observed: z.array(number),
  mean: z.array(number),
  /** By level. */
  quantiles: z.array(z.array(number)),
});

/** One item of a shard. */
export const storedItemSchema = z.strictObject({
  item: z.string(),
  /** In the order of the bundle's channels. */
  channels: z.array(
    z.strictObject({
      ...scores,
      /** By interval. */
      coverage: z.array(share),
      /** The oldest first; the newest are kept where there is room. */
      windows: z.array(storedWindow),
    }),
  ),
});

export const seriesScores = scores;
export type StoredAccuracy = z.infer<typeof accuracySchema>;
export type StoredItemAccuracy = z.infer<typeof storedItemSchema>;
export type SeriesScores = z.infer<typeof seriesScoresSchema>;
