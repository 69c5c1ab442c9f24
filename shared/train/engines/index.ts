export {
  type Engine,
  type OptimiserState,
  startState,
  type Tensors,
  type Trainer,
  type TrainingGraph,
} from './engine.ts';
export { onnxruntimeEngine } from './onnxruntime.ts';
