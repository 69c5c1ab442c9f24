export { columnsOf, generate } from './feature.ts';
export { type CalendarFeature, calendarFeatureSchema } from './schema.ts';
