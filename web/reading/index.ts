export { type Theme, useLanguage, useTheme } from './preferences.ts';
export { ReadingContext, useReading } from './reading.ts';
