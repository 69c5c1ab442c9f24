export { type OnAxis, onAxis } from './axis.ts';
export { isTime } from './forms.ts';
export { type TimeOptions, timeFormOf } from './resolve.ts';
export type { TimeForm } from './time-form.ts';
