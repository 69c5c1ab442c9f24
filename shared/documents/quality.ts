import { z } from 'zod';
import { type Json, jsonBytes, keys, type ObjectStore, parseJson } from '../store/index.ts';

const because = z.string().describe('Why it was chosen.');
const names = z.array(z.string()).readonly();
const size = z.object({ item: z.string(), periods: z.int() });

const finding = z
  .object({ count: z.int(), item: z.string(), channel: z.string(), period: z.string() })
  .nullable()
  .default(null);

/** How a dataset looked when a job read it. Counts are of the regular panel's cells unless they say otherwise. */
export const qualitySchema = z.object({
  items: z.int(),
  channels: names.describe('What is forecast.'),
  rows: z.int().describe('Rows of the files.'),
  periods: z.int().describe('Periods of all items from each one’s first to its last.'),
  first: z.string(),
  last: z.string(),
  frequency: z.string(),
  confidence: z
    .number()
    .nullable()
    .describe('The share of steps that are exactly one period; null where the frequency was given.'),
  season: z.int().describe('Periods per cycle; 1 where there is none.'),
  suggestedHorizon: z.int(),
  gaps: z.int().describe('Periods without a row.'),
  missingShare: z.number().describe('The share of target values that are missing, gaps included.'),
  duplicatesMerged: z.int().describe('Rows that repeated another one.'),
  aggregated: z
    .int()
    .default(0)
    .describe('Rows that became one with another of the same item and period, as told.'),
  filled: z.int().default(0).describe('Missing values that were filled in as told, of covariates too.'),
  constantItems: z.int().describe('Items none of whose channels ever changes.'),
  intermittentItems: z
    .int()
    .default(0)
    .describe('Items more than half of whose values are zero, and not all.'),
  shortItems: z.int().default(0).describe('Items too short to be trained on with the suggested horizon.'),
  endedItems: z
    .int()
    .default(0)
    .describe('Items that ended more than the suggested horizon before the table did.'),
  mostMissing: z
    .array(z.object({ item: z.string(), missing: z.int() }))
    .readonly()
    .default([])
    .describe('Items with the most missing values.'),
  outliers: finding.describe('Values far from all others of their item, and the farthest; null: none.'),
  levelShifts: finding.describe('Items whose level has moved for good, and the clearest; null: none.'),
  leaks: z
    .array(z.object({ column: z.string(), channel: z.string(), ahead: z.int(), correlation: z.number() }))
    .readonly()
    .default([])
    .describe('Covariates that are the target, or the target so many periods later.'),
  shortest: size,
  longest: size,
  negative: z.int(),
  zero: z.int(),
  roles: z
    .object({
      item: z.object({
        column: z.union([z.string(), names]).nullable().describe('Several name an item together.'),
        because,
      }),
      time: z.object({ column: z.string(), because }),
      target: z.object({ column: names, because }),
      known: names,
      past: names,
      static: names,
      ignored: z.array(z.object({ column: z.string(), because })).readonly(),
    })
    .describe('What the columns are, and why.'),
  future: z
    .object({ periods: z.int(), missing: z.int() })
    .describe('Periods after the end for which known covariates are there, and how many values are missing.'),
});

export type Quality = z.output<typeof qualitySchema>;

/** What the job found in its data; null where it has not read them, or refused them. */
export async function readQuality(store: ObjectStore, dataset: string, job: string): Promise<Quality | null> {
  const found = await store.get(keys.quality(dataset, job));
  return found && qualitySchema.parse(parseJson(found.bytes));
}

/** Keeps what the job found; more than the schema names is left out. */
export async function writeQuality(
  store: ObjectStore,
  dataset: string,
  job: string,
  quality: z.input<typeof qualitySchema>,
): Promise<void> {
  await store.put(keys.quality(dataset, job), jsonBytes(qualitySchema.parse(quality) as Json));
}
