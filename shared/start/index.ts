export type { StartContext, Started } from './context.ts';
export { datasetsIn, type Message, type Named } from './events.ts';
export { type Executions, stepFunctions } from './executions.ts';
export { type Settled, type SettleTask, type StepError, settle } from './settle.ts';
export { retrainDataset, startDataset } from './start.ts';
