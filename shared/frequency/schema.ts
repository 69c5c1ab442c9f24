import { z } from 'zod';
import { type Frequency, periodLength } from './frequency.ts';
import { day, unitNames } from './units.ts';

/** A frequency in a document. It has a file of its own: a page that forecasts needs no reader of documents. */
export const frequencySchema = z
  .strictObject({
    unit: z.enum(unitNames),
    multiple: z.int().min(1),
    offset: z.number().min(0),
    day: z.int().min(1).max(31),
    time: z.number().min(0).lt(day),
  })
  .refine((frequency) => frequency.offset < periodLength(frequency), {
    error: 'must be less than a period',
    path: ['offset'],
  }) satisfies z.ZodType<Frequency>;
