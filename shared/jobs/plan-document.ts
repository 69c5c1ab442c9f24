import { z } from 'zod';
import { calendarFeatureSchema } from '../calendar/index.ts';
import { configurationSchema } from '../documents/index.ts';
import { frequencySchema } from '../frequency/index.ts';

const windows = z.object({
  fit: z.int(),
  calibrate: z.array(z.int()),
  report: z.array(z.int()),
});

const statics = z.discriminatedUnion('kind', [
  z.object({
    name: z.string(),
    kind: z.literal('number'),
    mean: z.number(),
    deviation: z.number().positive(),
  }),
  z.object({ name: z.string(), kind: z.literal('category'), values: z.array(z.string()).min(1) }),
]);

/** `plan.json`: all that training and assembling need to know besides the panel. */
export const planSchema = z.object({
  formatVersion: z.literal(1),
  dataset: z.string(),
  job: z.string(),
  /** With the number of members, whoever decided it. */
  configuration: configurationSchema.extend({ members: z.int().min(1) }),
  /** The fingerprint of the data. */
  fingerprint: z.string(),
  layout: z.enum(['long', 'wide']),
  channels: z.array(z.string()),
  knownNames: z.array(z.string()),
  /** What makes known covariates that stand behind these. */
  features: z.array(calendarFeatureSchema).default([]),
  /** All past and static covariates of the panel, and of these the ones that tell items apart. */
  pastNames: z.array(z.string()),
  staticNames: z.array(z.string()),
  statics: z.array(statics),
  /** Whether the forecaster reads them. */
  reads: z.object({ past: z.boolean(), statics: z.boolean() }),
  frequency: frequencySchema,
  /** Periods per cycle for metrics and baselines; 1 for none. */
  season: z.int(),
  seasons: z.array(z.int()),
  horizon: z.int(),
  /** How series are changed before networks see them, and the mean change of the changed ones. */
  views: z
    .array(z.object({ transform: z.enum(['identity', 'log', 'asinh']), unit: z.number().positive() }))
    .min(1),
  /** Why, by the name of what was decided. */
  reasons: z.record(z.string(), z.string()),
  /** Whether all values are whole numbers from 0 on. */
  integers: z.boolean(),
  /** Whether values are missing between others. */
  gaps: z.boolean(),
  /** The most optimiser steps of a member. */
  steps: z.int().min(1),
  /** The version that was the champion when the job started. */
  parent: z.string().nullable(),
  /** Whether the members start from the parent's weights, which then lie in `parent.bin`. */
  warmStart: z.boolean(),
  /** The newest period that the fit before the origins has seen, its parents' fits included. */
  fitPeriod: z.int(),
  /** Backtest windows of each item. */
  windows: z.array(windows),
});

export type Plan = z.infer<typeof planSchema>;
