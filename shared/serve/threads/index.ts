export { mergedSession } from './merged.ts';
export { openThread, ThreadError } from './thread.ts';
