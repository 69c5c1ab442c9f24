export {
  type Engine,
  type OptimiserState,
  startState,
  type Tensors,
  type Trainer,
  type TrainingGraph,
} from './engine.ts';
export { onnxruntimeEngine } from './onnxruntime.ts';
export { UnsupportedOperatorError } from './tensorflow/interpret.ts';
export { EngineUnavailableError } from './tensorflow/load.ts';
export { tensorflowEngine } from './tensorflow.ts';
