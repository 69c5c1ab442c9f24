export { ReadingContext, useReading } from './reading.ts';
export { type ReadingChoice, ReadingTools } from './reading-tools.tsx';
export { useReadingChoice } from './use-reading-choice.ts';
