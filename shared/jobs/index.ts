export { type Assembled, type AssembleTask, assemble, modelShape } from './assemble.ts';
export { type MemberTask, type Phase, phases } from './member-task.ts';
export { type PlanTask, plan, planId, readOptions } from './plan.ts';
export { loadPrepared, seriesOf } from './prepared.ts';
export { WorkerError } from './processes.ts';
export { type RunResult, type RunTask, runJob } from './run.ts';
export { trainMember } from './train-member.ts';
