export {
  type Best,
  type Checkpoint,
  CheckpointError,
  decodeCheckpoint,
  encodeCheckpoint,
} from './checkpoint.ts';
export { type Curve, type CurvePoint, emptyCurve } from './curve.ts';
export * from './engines/index.ts';
export {
  DivergenceError,
  type FitResult,
  type FitSettings,
  type FitTask,
  fit,
  type Progress,
} from './fit.ts';
export { checkLoss, type LossSettings, lossOf, outputsPerTarget } from './loss.ts';
export { channelsTogether, exampleRows, featureGraph, memberTraining } from './member.ts';
export { dropoutMasks, networkTraining, stateName } from './network.ts';
export { adam, checkOptimiser, type OptimiserSettings } from './optimiser.ts';
export { createSampler, type Sampler, type SamplerState } from './sampler.ts';
export { checkSchedule, learningRate, type Schedule } from './schedule.ts';
export { stepLoss } from './step-loss.ts';
