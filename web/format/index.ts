export { type Formats, formatsOf, none } from './formats.ts';
export { axisZone, hasClock, timeOf } from './times.ts';
