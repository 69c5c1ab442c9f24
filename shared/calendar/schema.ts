import { z } from 'zod';

/** By the clock of which place days begin; UTC, or what the periods' own days are, where nothing is said. */
const timezone = z.string().optional();

/**
 * Known covariates that follow from the calendar and are no arithmetic of the period index. A bundle holds all that it
 * takes to make them: whoever serves it needs no list of holidays.
 */
export const calendarFeatureSchema = z.discriminatedUnion('generator', [
  z.strictObject({
    generator: z.literal('holidays'),
    columns: z.array(z.string()).min(1),
    /** Whose they are, as ISO 3166 has it, with a part of the country where one was told. */
    country: z.string(),
    state: z.string().optional(),
    timezone,
    /** Their dates, rising, from the data's first year on; what comes after the last year is not known. */
    dates: z.array(z.string()),
    /** The first and the last year of the list. */
    years: z.tuple([z.int(), z.int()]),
  }),
  z.strictObject({
    generator: z.literal('localTime'),
    columns: z.array(z.string()).min(1),
    timezone: z.string(),
  }),
]);

export type CalendarFeature = z.infer<typeof calendarFeatureSchema>;
