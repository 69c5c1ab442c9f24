export { type CalendarFeature, calendarFeatureSchema, columnsOf, generate } from './feature.ts';
