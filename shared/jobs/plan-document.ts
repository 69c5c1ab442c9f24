import { z } from 'zod';
import { configurationSchema } from '../documents/index.ts';
import { frequencySchema } from '../frequency/index.ts';

const windows = z.object({
  fit: z.int(),
  calibrate: z.array(z.int()),
  report: z.array(z.int()),
});

/** `plan.json`: all that training and assembling need to know besides the panel. */
export const planSchema = z.object({
  formatVersion: z.literal(1),
  dataset: z.string(),
  job: z.string(),
  configuration: configurationSchema,
  /** The fingerprint of the data. */
  fingerprint: z.string(),
  layout: z.enum(['long', 'wide']),
  channels: z.array(z.string()),
  knownNames: z.array(z.string()),
  frequency: frequencySchema,
  /** Periods per cycle for metrics and baselines; 1 for none. */
  season: z.int(),
  seasons: z.array(z.int()),
  horizon: z.int(),
  /** How series are changed before a network sees them, and the mean change of the changed ones. */
  transform: z.enum(['identity', 'log', 'asinh']),
  unit: z.number().positive(),
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
