export { type Assembled, type AssembleTask, assemble, modelShape } from './assemble.ts';
export * from './cloud/index.ts';
export { type LocalInputs, localInputs } from './inputs.ts';
export { decodeParameters, encodeParameters, type MemberParameters } from './parameters.ts';
export { type PlanTask, plan, readOptions } from './plan.ts';
export { loadPrepared, seriesOf } from './prepared.ts';
export { WorkerError } from './processes.ts';
export { type RunResult, type RunTask, runJob } from './run.ts';
export { type MemberTask, trainMember } from './train-member.ts';
