import { z } from 'zod';
import { frequencySchema } from '../frequency/index.ts';
import { configurationSchema } from './configuration.ts';

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
  /** The most optimiser steps of a member. */
  steps: z.int().min(1),
  /** Backtest windows of each item. */
  windows: z.array(windows),
});

export type Plan = z.infer<typeof planSchema>;
