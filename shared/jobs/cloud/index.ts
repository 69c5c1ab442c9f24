export { assembleStep, type Finished } from './assemble.ts';
export { InputsChangedError } from './frozen.ts';
export { type Planned, planStep } from './plan.ts';
export { type Slice, sliceLength, timedSlice } from './slice.ts';
export type { StepContext, StepTask } from './step.ts';
export { type Sliced, type TrainTask, trainStep } from './train.ts';
