export { exportFlow } from './export.ts';
export type { Flow, State } from './state.ts';
export { eventSource, trainingFlow } from './training.ts';
