export { datasetsIn, type Message, type Named } from './events.ts';
export { type Executions, stepFunctions } from './executions.ts';
export { type Settled, type SettleTask, type StepError, settle } from './settle.ts';
export { type StartContext, type Started, startDataset } from './start.ts';
