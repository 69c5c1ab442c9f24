export { anchorFrequency } from './anchor.ts';
export { FrequencyError } from './errors.ts';
export {
  type Frequency,
  isCalendar,
  type Measure,
  measureOf,
  parseFrequency,
  periodLength,
  printFrequency,
} from './frequency.ts';
export { type InferredFrequency, inferFrequency } from './infer.ts';
export { parsePeriod, parseTime } from './parse.ts';
export { type Periods, periodIndex, periodsOf, timestampOf } from './period.ts';
export { isoPeriod, printPeriod, printTime } from './print.ts';
export { frequencySchema } from './schema.ts';
export { type Seasonality, seasonality } from './season.ts';
export type { Unit } from './units.ts';
export { type Zone, zoneOf } from './zone.ts';
